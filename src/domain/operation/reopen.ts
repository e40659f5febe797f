// Opens an ended operation's failed items again, each with the row it is about. An item whose row has gone, or has been put
// right by other means, stays as it ended.

import { z } from 'zod';
import { Prisma } from '../../database/generated/client.ts';
import type { OperationStep, ProvisioningOperation } from '../../database/generated/client.ts';
import type { OperationStepKind } from '../../database/generated/enums.ts';
import type { Transaction } from '../../database/transaction.ts';
import { changeLocationStatus } from '../location/change-status.ts';
import { changeUsersStatus } from '../user/change-status.ts';
import type { OperationEvent } from './lease.ts';
import { moveStep } from './move.ts';
import { isBarred } from './status.ts';

export interface ReopenedStep {
  readonly id: string;
  readonly kind: OperationStepKind;
  /** What its open items are about. */
  readonly subjects: readonly string[];
}

/** Which rows, known by "subjectKey", can be tried again. "customer" is the operation's customer. */
const failedCustomer = Prisma.sql`customer."status" = 'ERROR'`;
const user = Prisma.sql`EXISTS (SELECT 1 FROM "User" WHERE "id" = item."subjectKey"::uuid)`;
const failedUser = Prisma.sql`EXISTS (SELECT 1 FROM "User" WHERE "id" = item."subjectKey"::uuid AND "status" = 'ERROR')`;
const retryable: Record<OperationStepKind, Prisma.Sql> = {
  OBTAIN_CONSENT: failedCustomer,
  CREATE_ORGANIZATION: failedCustomer,
  ATTACH_SUBSCRIPTION: failedCustomer,
  DETACH_SUBSCRIPTION: failedCustomer,
  PROVISION_PACKAGES: Prisma.sql`EXISTS (SELECT 1 FROM "CustomerPackage" package WHERE package."customerId" = customer."id"
    AND package."code"::text = item."subjectKey" AND package."status" = 'ERROR')`,
  UPDATE_PACKAGES: Prisma.sql`EXISTS (SELECT 1 FROM "CustomerPackage" package WHERE package."customerId" = customer."id"
    AND package."code"::text = item."subjectKey")`,
  CREATE_LOCATIONS: Prisma.sql`EXISTS (SELECT 1 FROM "Location" WHERE "id" = item."subjectKey"::uuid AND "status" = 'ERROR')`,
  ADD_PHONE_NUMBERS: Prisma.sql`EXISTS (SELECT 1 FROM "PhoneNumber" WHERE "id" = item."subjectKey"::uuid AND "status" = 'ERROR')`,
  CREATE_USERS: failedUser,
  UPDATE_USERS: user,
  REMOVE_USERS: failedUser,
  ASSIGN_PHONE_NUMBERS: user,
  ASSIGN_ROLES: user,
  // An import is not tried again but begun anew: what is there already is only compared.
  LIST_CUSTOMERS: Prisma.sql`false`,
  IMPORT_CUSTOMERS: Prisma.sql`false`,
};

const keys = z.array(z.object({ subjectKey: z.string() }));

/** Null: nothing of it can be tried again; then nothing was written. */
export async function reopenSteps(
  transaction: Transaction,
  { id: operationId, customerId }: ProvisioningOperation,
): Promise<ReopenedStep[] | null> {
  const steps = await transaction.operationStep.findMany({ where: { operationId }, orderBy: { position: 'asc' } });
  const failed = steps.filter(({ failedItems }) => failedItems > 0);
  const reopenable = new Map<string, string[]>();
  for (const { id, kind } of failed) {
    const found = await transaction.$queryRaw`
      SELECT item."subjectKey" FROM "OperationItem" item JOIN "Customer" customer ON customer."id" = ${customerId}::uuid
      WHERE item."stepId" = ${id}::uuid AND item."status" = 'FAILED' AND ${retryable[kind]}`;
    const subjects = keys.parse(found).map(({ subjectKey }) => subjectKey);
    if (subjects.length > 0) reopenable.set(id, subjects);
  }
  // A gate that stays shut would end the operation at once.
  if (reopenable.size === 0 || isBarred(steps.filter(({ id }) => !reopenable.has(id)))) return null;
  const reopened: ReopenedStep[] = [];
  for (const step of steps) {
    const subjects = reopenable.get(step.id);
    if (subjects) await reopenStep(transaction, step, subjects);
    else if (step.status === 'SKIPPED') await moveStep(transaction, step, 'PENDING', {});
    else continue;
    reopened.push({ id: step.id, kind: step.kind, subjects: subjects ?? [] });
  }
  return reopened;
}

async function reopenStep(transaction: Transaction, step: OperationStep, subjects: readonly string[]): Promise<void> {
  // That an item was tried is remembered, how often is not: its patience begins anew.
  await transaction.$executeRaw`
    UPDATE "OperationItem" SET "status" = 'PENDING', "error" = NULL, "attempts" = LEAST("attempts", 1)
    WHERE "stepId" = ${step.id}::uuid AND "status" = 'FAILED' AND "subjectKey" = ANY (${[...subjects]}::text[])`;
  await moveStep(transaction, step, 'PENDING', {
    failedItems: { decrement: subjects.length },
    errors: [],
    startedAt: null,
    finishedAt: null,
  });
}

/** Locations, numbers and users; the customer itself and its packages are reopenCustomer's. */
export async function reopenRows(
  transaction: Transaction,
  { kind, subjects }: ReopenedStep,
  now: Date,
): Promise<OperationEvent[]> {
  switch (kind) {
    case 'CREATE_LOCATIONS': {
      const events: OperationEvent[] = [];
      for (const id of subjects) events.push(...(await changeLocationStatus(transaction, id, 'PENDING')));
      return events;
    }
    case 'ADD_PHONE_NUMBERS':
      await transaction.phoneNumber.updateMany({
        where: { id: { in: [...subjects] } },
        data: { status: 'PENDING', errors: [] },
      });
      return [];
    case 'CREATE_USERS':
      return changeUsersStatus(transaction, subjects, 'PENDING', now);
    case 'REMOVE_USERS':
      return changeUsersStatus(transaction, subjects, 'DELETING', now);
    case 'OBTAIN_CONSENT':
    case 'CREATE_ORGANIZATION':
    case 'ATTACH_SUBSCRIPTION':
    case 'PROVISION_PACKAGES':
    case 'UPDATE_PACKAGES':
    case 'DETACH_SUBSCRIPTION':
    case 'ASSIGN_PHONE_NUMBERS':
    case 'UPDATE_USERS': // claims what it changes when it begins
    case 'ASSIGN_ROLES':
    case 'LIST_CUSTOMERS':
    case 'IMPORT_CUSTOMERS':
      return [];
  }
}
