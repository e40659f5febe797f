// Calls an operation off where it stands: steps that have not ended are cancelled. What it has made stays. What was never
// tried at the platform is removed, so that its e-mail addresses, numbers and names are free again. What may be at the
// platform stays too, as an error that says so: it can be tried again or removed.

import type { ProvisioningOperation } from '../../database/generated/client.ts';
import { Prisma } from '../../database/generated/client.ts';
import type { OperationStepKind } from '../../database/generated/enums.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { DomainContext } from '../context.ts';
import { changeConsentStatus } from '../customer/change-consent.ts';
import { changeCustomerStatus } from '../customer/change-status.ts';
import { changeLocationStatus } from '../location/change-status.ts';
import { changeUsersStatus } from '../user/change-status.ts';
import { isCreation } from './cancellable.ts';
import { withLease } from './lease.ts';
import type { Lease, OperationEvent } from './lease.ts';
import { moveOperation, moveStep } from './move.ts';
import type { ProvisioningError } from './provisioning-error.ts';
import { stepHasEnded } from './status.ts';

export async function callOffHeld(context: DomainContext, lease: Lease): Promise<void> {
  await withLease(context, lease, (transaction, operation) => callOff(transaction, operation, context.now()));
}

/** The caller holds the operation's lease or its row lock, and has made sure that it can be called off. */
export async function callOff(
  transaction: Transaction,
  operation: ProvisioningOperation,
  now: Date,
): Promise<OperationEvent[]> {
  const steps = await transaction.operationStep.findMany({
    where: { operationId: operation.id },
    orderBy: { position: 'asc' },
  });
  const open = steps.filter(({ status }) => !stepHasEnded(status));
  const events = isCreation(operation.kind)
    ? await undoCustomer(transaction, operation, now)
    : await undoItems(transaction, operation, open, now);
  for (const step of open) await moveStep(transaction, step, 'CANCELLED', { finishedAt: now });
  await moveOperation(transaction, operation, 'CANCELLED', {
    nextAction: 'NONE',
    finishedAt: now,
    leaseToken: null,
    leaseUntil: null,
    cancelledAt: operation.cancelledAt ?? now,
  });
  return [
    ...events,
    {
      type: 'OPERATION_CANCELLED',
      message: 'The work was called off.',
      fromStatus: operation.status,
      toStatus: 'CANCELLED',
    },
  ];
}

/** A customer that the platform never saw. Its row stays, for those who look for it; its external id is free again. */
async function undoCustomer(
  transaction: Transaction,
  { id: operationId, customerId }: ProvisioningOperation,
  now: Date,
): Promise<OperationEvent[]> {
  if (customerId === null) throw new Error(`operation ${operationId} creates no customer`);
  const events: OperationEvent[] = [];
  const pending = await transaction.attachConsent.findMany({ where: { operationId, status: 'PENDING' } });
  for (const { id } of pending) events.push(...(await changeConsentStatus(transaction, id, 'EXPIRED', now)));
  await transaction.customerPackage.deleteMany({ where: { customerId } });
  await transaction.location.deleteMany({ where: { customerId } });
  return [...events, ...(await changeCustomerStatus(transaction, customerId, 'DELETED'))];
}

interface OpenStep {
  readonly id: string;
  readonly kind: OperationStepKind;
  readonly status: string;
}

/** Users first: nothing that is removed after them is in use by one that is removed. */
const undoOrder = ['CREATE_USERS', 'ADD_PHONE_NUMBERS', 'CREATE_LOCATIONS'] as const satisfies OperationStepKind[];

async function undoItems(
  transaction: Transaction,
  operation: ProvisioningOperation,
  open: readonly OpenStep[],
  now: Date,
): Promise<OperationEvent[]> {
  const error: ProvisioningError = {
    code: 'OPERATION_CANCELLED',
    platformCode: null,
    message: 'The work was called off while this was being done: it may be at the platform already.',
    isRetryable: false,
    trackingId: null,
    at: now.toISOString(),
  };
  const events: OperationEvent[] = [];
  for (const kind of undoOrder) {
    for (const step of open.filter((entry) => entry.kind === kind)) {
      const isUntouched = step.status === 'PENDING' || !operation.isInDoubt;
      const awaited = kind === 'ADD_PHONE_NUMBERS' ? await awaitedByOthers(transaction, operation, step.id) : [];
      if (isUntouched) await removeUntried(transaction, kind, step.id, awaited);
      events.push(...(await failRest(transaction, kind, step.id, awaited, error, now)));
    }
  }
  return events;
}

const removals: Record<(typeof undoOrder)[number], Prisma.Sql> = {
  CREATE_USERS: Prisma.sql`DELETE FROM "User" AS row USING "OperationItem" item WHERE row."status" = 'PENDING'`,
  ADD_PHONE_NUMBERS: Prisma.sql`DELETE FROM "PhoneNumber" AS row USING "OperationItem" item WHERE row."status" = 'PENDING'`,
  CREATE_LOCATIONS: Prisma.sql`DELETE FROM "Location" AS row USING "OperationItem" item WHERE row."status" = 'PENDING'
    AND NOT EXISTS (SELECT 1 FROM "User" WHERE "locationId" = row."id")
    AND NOT EXISTS (SELECT 1 FROM "PhoneNumber" WHERE "locationId" = row."id")`,
};

/** Numbers that another operation has yet to add as well: a number on its way may be given to a user, whose plan adds it too. */
async function awaitedByOthers(
  transaction: Transaction,
  { id, customerId }: ProvisioningOperation,
  stepId: string,
): Promise<string[]> {
  const own = await transaction.operationItem.findMany({ where: { stepId }, select: { subjectKey: true } });
  const theirs = await transaction.operationItem.findMany({
    where: {
      subjectKey: { in: own.map(({ subjectKey }) => subjectKey) },
      status: { in: ['PENDING', 'WAITING'] },
      step: { kind: 'ADD_PHONE_NUMBERS', operation: { customerId, finishedAt: null, id: { not: id } } },
    },
    select: { subjectKey: true },
  });
  return theirs.map(({ subjectKey }) => subjectKey);
}

async function removeUntried(
  transaction: Transaction,
  kind: keyof typeof removals,
  stepId: string,
  kept: readonly string[],
): Promise<void> {
  await transaction.$executeRaw`${removals[kind]}
    AND item."stepId" = ${stepId}::uuid AND item."status" = 'PENDING' AND item."attempts" = 0
    AND row."id" = item."subjectKey"::uuid AND row."id" <> ALL(${kept}::uuid[])`;
}

async function failRest(
  transaction: Transaction,
  kind: keyof typeof removals,
  stepId: string,
  kept: readonly string[],
  error: ProvisioningError,
  now: Date,
): Promise<OperationEvent[]> {
  const items = await transaction.operationItem.findMany({
    where: { stepId, status: { in: ['PENDING', 'WAITING'] }, subjectKey: { notIn: [...kept] } },
    select: { subjectKey: true },
  });
  const ids = items.map(({ subjectKey }) => subjectKey);
  if (kind === 'CREATE_USERS') {
    // Who is being removed is another operation's business.
    const users = await transaction.user.findMany({
      where: { id: { in: ids }, status: { not: 'DELETING' } },
      select: { id: true },
    });
    const left = users.map(({ id }) => id);
    return changeUsersStatus(transaction, left, 'ERROR', now, [error]);
  }
  if (kind === 'ADD_PHONE_NUMBERS') {
    await transaction.phoneNumber.updateMany({
      where: { id: { in: ids }, status: 'PENDING' },
      data: { status: 'ERROR', errors: [{ ...error }] },
    });
    return [];
  }
  const events: OperationEvent[] = [];
  const locations = await transaction.location.findMany({
    where: { id: { in: ids }, status: { not: 'PROVISIONED' } },
    select: { id: true },
  });
  for (const { id } of locations) {
    events.push(...(await changeLocationStatus(transaction, id, 'ERROR', { errors: [error] })));
  }
  return events;
}
