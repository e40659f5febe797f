// Calls that carry an idempotency key: the same key with the same input gets the same answer, and the work is done once.
// Only answers of calls that succeeded are kept, so that a refused call may be corrected under its key. How long they are
// kept is forget-answers.ts's business.

import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Prisma } from '../database/generated/client.ts';
import type { Reader, Transaction } from '../database/transaction.ts';
import { checkText } from './checks.ts';
import type { Problems } from './checks.ts';
import { done, refused } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import { problem } from './problem.ts';
import type { Viewer } from './viewer.ts';

export interface IdempotentCall<T> {
  /** Name of the mutation: keys are the partner's, not the mutation's. */
  readonly mutation: string;
  readonly key: string;
  /** The input as it is understood: without the key, defaults applied, texts normalised. Missing and undefined are the same. */
  readonly input: unknown;
  readonly now: Date;
  /** Reads a kept answer: ids and what else the first caller was told. */
  readonly answer: z.ZodType<T>;
}

const maxKeyLength = 255;

export function checkIdempotencyKey(problems: Problems, key: string): string | null {
  return checkText(problems, ['idempotencyKey'], key, maxKeyLength);
}

/** The answer kept under the key, or the refusal of its use for another input; null: nothing is kept. */
export async function recallAnswer<T>(
  reader: Reader,
  viewer: Viewer,
  call: IdempotentCall<T>,
): Promise<Outcome<T> | null> {
  const record = await reader.idempotencyRecord.findUnique({
    where: { partnerId_key: { partnerId: viewer.partnerId, key: call.key } },
  });
  if (!record) return null;
  if (record.mutation === call.mutation && record.inputHash === hashInput(call.input)) {
    return done(call.answer.parse(record.result));
  }
  return refused(
    problem(
      'IDEMPOTENCY_MISMATCH',
      ['idempotencyKey'],
      `This key was used for another ${record.mutation === call.mutation ? 'input' : 'mutation'}; choose a new one for each request, and the same one only to repeat it.`,
    ),
  );
}

/**
 * Call it first in the transaction: a second call with the key waits here until the first one has ended.
 * @param run Does the work in the same transaction. With problems it must have written nothing.
 */
export async function withIdempotency<T>(
  transaction: Transaction,
  viewer: Viewer,
  call: IdempotentCall<T>,
  run: () => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const { partnerId } = viewer;
  const { mutation, key, now } = call;
  const record = {
    partnerId,
    key,
    mutation,
    inputHash: hashInput(call.input),
    result: Prisma.JsonNull,
    createdAt: now,
  };
  // ON CONFLICT DO NOTHING waits for another transaction that is inserting the same key.
  while ((await transaction.idempotencyRecord.createMany({ data: [record], skipDuplicates: true })).count === 0) {
    const kept = await recallAnswer(transaction, viewer, call);
    if (kept) return kept;
    // It was as old as to be forgotten, and was, between the two looks: the key is free.
  }
  const where = { partnerId_key: { partnerId, key } };
  const outcome = await run();
  if (outcome.problems.length > 0) {
    await transaction.idempotencyRecord.delete({ where });
    return outcome;
  }
  await transaction.idempotencyRecord.update({ where, data: { result: storedAnswer.parse(outcome.value) } });
  return outcome;
}

const storedAnswer = z.record(z.string(), z.json());

function hashInput(input: unknown): string {
  return createHash('sha256').update(canonicalJson(input)).digest('hex');
}

/** JSON with sorted keys and without what is undefined: one text for one meaning. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item: unknown) => canonicalJson(item ?? null)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries<unknown>({ ...value })
    .filter(([, entry]) => entry !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, entry]) => `${JSON.stringify(name)}:${canonicalJson(entry)}`);
  return `{${entries.join(',')}}`;
}
