// Calls an operation off. At once where nobody works on it; otherwise its worker ends the items under way and begins no other.

import { appendEvents } from '../../database/event-log.ts';
import { lockRow } from '../../database/locks.ts';
import { inTransaction } from '../../database/transaction.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { DomainContext } from '../context.ts';
import { done, refused } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { problem } from '../problem.ts';
import type { Viewer } from '../viewer.ts';
import { callOff } from './call-off.ts';
import { isCreation, uncancellableBecause } from './cancellable.ts';
import { hasEnded } from './status.ts';

export interface OperationReference {
  readonly operationId: string;
}

export async function cancelOperation(
  context: DomainContext,
  viewer: Viewer,
  { operationId }: OperationReference,
): Promise<Outcome<OperationReference>> {
  const outcome = await inTransaction(context.database, (transaction) =>
    cancel(context, viewer, operationId, transaction),
  );
  if (outcome.problems.length === 0) await withdrawConsents(context, viewer, operationId);
  return outcome;
}

/** A mail that nobody can take back any more still asks. Where the platform is away, its answer is refused when it comes. */
async function withdrawConsents(context: DomainContext, viewer: Viewer, operationId: string): Promise<void> {
  if (!context.directory.facts.carriesConsentAnswers) return;
  const where = { operationId, partnerId: viewer.partnerId, status: 'EXPIRED' as const };
  const consents = await context.database.attachConsent.findMany({ where, select: { id: true } });
  for (const { id } of consents) {
    await context.directory.withdrawAttachConsent(viewer.partnerSlug, id).catch(() => undefined);
  }
}

async function cancel(
  context: DomainContext,
  viewer: Viewer,
  operationId: string,
  transaction: Transaction,
): Promise<Outcome<OperationReference>> {
  const path = ['operationId'];
  const where = { id: operationId, partnerId: viewer.partnerId };
  if ((await transaction.provisioningOperation.count({ where })) === 0) {
    return refused(problem('NOT_FOUND', path, 'There is no such operation.'));
  }
  // The worker writes under this lock only: what is read here stays so until the commit.
  await lockRow(transaction, 'ProvisioningOperation', operationId);
  const operation = await transaction.provisioningOperation.findUniqueOrThrow({ where });
  const self = { operationId };
  if (hasEnded(operation.status)) {
    const message = `The operation has ended already: it is ${operation.status}.`;
    return refused(problem('OPERATION_NOT_CANCELLABLE', path, message), self);
  }
  const reason = uncancellableBecause(operation.kind, await isAsked(transaction, operation));
  if (reason !== null) return refused(problem('OPERATION_NOT_CANCELLABLE', path, reason), self);

  // A creation needs no cooperation: before it asks the platform its worker has to write down that it will, and cannot any more.
  if (operation.leaseToken !== null && !isCreation(operation.kind)) {
    await transaction.provisioningOperation.update({
      where: { id: operationId },
      data: { cancelledAt: operation.cancelledAt ?? context.now() },
    });
    await context.jobs.enqueue(transaction, 'advance-operation', { operationId });
    return done(self);
  }
  const events = await callOff(transaction, operation, context.now());
  const { customerId, correlationId } = operation;
  await appendEvents(
    transaction,
    viewer.partnerId,
    context.now(),
    events.map((event) => ({ ...event, customerId, operationId, correlationId })),
  );
  return done(self);
}

async function isAsked(
  transaction: Transaction,
  { id, customerId }: { readonly id: string; readonly customerId: string | null },
): Promise<boolean> {
  const tried = await transaction.operationItem.count({
    where: {
      step: { operationId: id, kind: { in: ['CREATE_ORGANIZATION', 'ATTACH_SUBSCRIPTION'] } },
      isAsked: true,
    },
  });
  if (tried > 0 || customerId === null) return tried > 0;
  const customer = await transaction.customer.findUniqueOrThrow({
    where: { id: customerId },
    select: { platformId: true },
  });
  return customer.platformId !== null;
}
