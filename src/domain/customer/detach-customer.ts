// Takes the wholesale services away from a customer. The organisation itself lives on; the customer's row stays as DELETED,
// and its external id may be used again.

import { z } from 'zod';
import type { NewEvent } from '../../database/event-log.ts';
import { inTransaction } from '../../database/transaction.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { Problems } from '../checks.ts';
import type { DomainContext } from '../context.ts';
import { checkIdempotencyKey, withIdempotency } from '../idempotency.ts';
import { acceptOperation } from '../operation/accept.ts';
import { done, refused } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import type { Viewer } from '../viewer.ts';
import { changeCustomerStatus, changePackageStatus } from './change-status.ts';
import { judgeChangeable, lockCustomer, noSuchCustomer } from './changeable.ts';
import type { CustomerChangeOutcome } from './update-customer.ts';

export interface DetachCustomerInput {
  readonly idempotencyKey: string;
  readonly customerId: string;
}

const keptAnswer = z.object({ customerId: z.string(), operationId: z.string() });

export async function detachCustomer(
  context: DomainContext,
  viewer: Viewer,
  { idempotencyKey, customerId }: DetachCustomerInput,
): Promise<Outcome<CustomerChangeOutcome>> {
  const problems: Problems = [];
  const key = checkIdempotencyKey(problems, idempotencyKey);
  if (key === null) return refused(problems);
  const call = { mutation: 'detachCustomer', key, input: { customerId }, now: context.now(), answer: keptAnswer };
  return inTransaction(context.database, (transaction) =>
    withIdempotency<CustomerChangeOutcome>(transaction, viewer, call, () =>
      detach(context, viewer, customerId, transaction),
    ),
  );
}

async function detach(
  context: DomainContext,
  viewer: Viewer,
  customerId: string,
  transaction: Transaction,
): Promise<Outcome<CustomerChangeOutcome>> {
  const customer = await lockCustomer(transaction, viewer, customerId);
  if (!customer) return refused(noSuchCustomer());
  const problems = await judgeChangeable(transaction, customer, ['PROVISIONED', 'PROVISIONED_WITH_ERRORS', 'ERROR']);
  if (problems.length > 0) return refused(problems, { customerId, operationId: null });
  const events: NewEvent[] = await changeCustomerStatus(transaction, customerId, 'DELETING', { errors: [] });
  for (const { code } of customer.packages) {
    const cleared = { errors: [], warnings: [] };
    events.push(...(await changePackageStatus(transaction, customerId, code, 'DELETING', cleared)));
  }
  const operationId = await acceptOperation(
    context,
    transaction,
    viewer,
    {
      kind: 'DETACH_CUSTOMER',
      customerId,
      message: `Detaching "${customer.companyName}" was accepted.`,
      steps: [{ kind: 'DETACH_SUBSCRIPTION', items: [customerId] }],
    },
    events,
  );
  return done({ customerId, operationId });
}
