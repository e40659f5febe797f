// The transaction of a command that carries an idempotency key and asks nobody outside: idempotency.ts, put round it.

import type { z } from 'zod';
import { inTransaction } from '../database/transaction.ts';
import type { Transaction } from '../database/transaction.ts';
import { isUniqueViolation } from '../database/unique-violation.ts';
import type { DomainContext } from './context.ts';
import { withIdempotency } from './idempotency.ts';
import type { Outcome } from './outcome.ts';
import type { Viewer } from './viewer.ts';

export interface KeyedCall<T> {
  readonly mutation: string;
  /** Null: it was noted as a problem, or nothing will be changed; then no answer is kept. */
  readonly key: string | null;
  /** As IdempotentCall.input. */
  readonly input: unknown;
  readonly answer: z.ZodType<T>;
}

/** @param run May run twice: it touches nothing but its transaction. With problems it has written nothing. */
export async function inIdempotentTransaction<T>(
  context: DomainContext,
  viewer: Viewer,
  { key, ...call }: KeyedCall<T>,
  run: (transaction: Transaction) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const attempt = () =>
    inTransaction(context.database, (transaction) =>
      key === null
        ? run(transaction)
        : withIdempotency(transaction, viewer, { ...call, key, now: context.now() }, () => run(transaction)),
    );
  try {
    return await attempt();
  } catch (error) {
    // Another customer's commit took a number after it was judged: judged again, that is a problem of the form.
    if (!isUniqueViolation(error)) throw error;
    return attempt();
  }
}
