// Tries what failed of an ended operation once more: the same operation goes on, what it had done stays done.

import { appendEvents } from '../../database/event-log.ts';
import type { ProvisioningOperation } from '../../database/generated/client.ts';
import { lockRow } from '../../database/locks.ts';
import { inTransaction } from '../../database/transaction.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { DomainContext } from '../context.ts';
import { isBusy } from '../customer/changeable.ts';
import { reopenCustomer } from '../customer/reopen-customer.ts';
import { done, refused } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { problem } from '../problem.ts';
import { judgeStanding, standingColumns } from '../sub-partner/rules.ts';
import type { Problem } from '../problem.ts';
import type { Viewer } from '../viewer.ts';
import type { OperationReference } from './cancel-operation.ts';
import type { OperationEvent } from './lease.ts';
import { moveOperation } from './move.ts';
import { reopenRows, reopenSteps } from './reopen.ts';
import { operationTransitions } from './status.ts';

export async function retryOperation(
  context: DomainContext,
  viewer: Viewer,
  { operationId }: OperationReference,
): Promise<Outcome<OperationReference>> {
  return inTransaction(context.database, (transaction) => retry(context, viewer, operationId, transaction));
}

const path = ['operationId'];

async function retry(
  context: DomainContext,
  viewer: Viewer,
  operationId: string,
  transaction: Transaction,
): Promise<Outcome<OperationReference>> {
  const where = { id: operationId, partnerId: viewer.partnerId };
  if ((await transaction.provisioningOperation.count({ where })) === 0) {
    return refused(problem('NOT_FOUND', path, 'There is no such operation.'));
  }
  await lockRow(transaction, 'ProvisioningOperation', operationId);
  const operation = await transaction.provisioningOperation.findUniqueOrThrow({ where });
  const { customerId, correlationId } = operation;
  if (customerId !== null) await lockRow(transaction, 'Customer', customerId);
  const obstacle = await obstacleTo(transaction, operation);
  if (obstacle) return refused(obstacle, { operationId });
  const steps = await reopenSteps(transaction, operation);
  if (customerId === null || steps === null) {
    const message = 'Nothing of it can be tried again: what failed is gone, or has been put right since.';
    return refused(problem('OPERATION_NOT_RETRYABLE', path, message), { operationId });
  }

  const now = context.now();
  const events: OperationEvent[] = await reopenCustomer(transaction, operation, customerId, steps, now);
  for (const step of steps) events.push(...(await reopenRows(transaction, step, now)));
  await moveOperation(transaction, operation, 'ACCEPTED', { nextAction: 'WAIT', finishedAt: null, errors: [] });
  await context.jobs.enqueue(transaction, 'advance-operation', { operationId });
  const failures = steps.reduce((sum, { subjects }) => sum + subjects.length, 0);
  const common = { customerId, operationId, correlationId };
  await appendEvents(transaction, viewer.partnerId, now, [
    {
      type: 'OPERATION_ACCEPTED',
      message: `It is tried again: ${failures} of its items had failed.`,
      fromStatus: operation.status,
      toStatus: 'ACCEPTED',
      ...common,
    },
    ...events.map((event) => ({ ...event, ...common })),
  ]);
  return done({ operationId });
}

async function obstacleTo(
  transaction: Transaction,
  { kind, status, customerId }: ProvisioningOperation,
): Promise<Problem | null> {
  if (!operationTransitions[status].includes('ACCEPTED')) {
    const message = `Only an operation that is FAILED or PARTIALLY_SUCCEEDED can be tried again; this one is ${status}.`;
    return problem('OPERATION_NOT_RETRYABLE', path, message);
  }
  if (customerId === null) {
    const message = 'An import is not tried again: begin another with importCustomers. What has come in stays.';
    return problem('OPERATION_NOT_RETRYABLE', path, message);
  }
  const customer = await transaction.customer.findUniqueOrThrow({
    where: { id: customerId },
    select: { status: true, subPartner: { select: standingColumns } },
  });
  if (customer.status === 'DELETED') {
    return problem('OPERATION_NOT_RETRYABLE', path, 'The customer has been detached since.');
  }
  const takesAway = kind === 'DETACH_CUSTOMER' || kind === 'REMOVE_USER';
  const [suspended] = takesAway ? [] : judgeStanding(customer.subPartner, path);
  if (suspended) return suspended;
  if (!(await isBusy(transaction, customerId))) return null;
  return problem('CUSTOMER_BUSY', path, 'Another operation of this customer has not ended; wait for it or cancel it.');
}
