// Moves a user to another status: the row and the event that tells of it.

import type { UserStatus } from '../../database/generated/enums.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { OperationEvent } from '../operation/lease.ts';
import type { ProvisioningError } from '../operation/provisioning-error.ts';

/**
 * Which may follow which (domain.md 7.4). The platform creates a user within one call, so nobody becomes PROVISIONING: clients
 * know the status, and whoever should stand there can be removed.
 */
export const userTransitions: Record<UserStatus, readonly UserStatus[]> = {
  PENDING: ['PROVISIONED', 'AWAITING_USER_CONSENT', 'ERROR', 'DELETING'],
  PROVISIONING: ['DELETING'],
  AWAITING_USER_CONSENT: ['PROVISIONED', 'ERROR', 'DELETING'],
  PROVISIONED: ['UPDATING', 'DELETING'],
  UPDATING: ['PROVISIONED', 'ERROR', 'DELETING'],
  DELETING: ['ERROR'],
  ERROR: ['PENDING', 'PROVISIONED', 'UPDATING', 'DELETING'],
};

export async function changeUserStatus(
  transaction: Transaction,
  userId: string,
  to: UserStatus,
  now: Date,
  data: {
    readonly platformId?: string;
    readonly personId?: string | null;
    readonly errors?: readonly ProvisioningError[];
  } = {},
): Promise<OperationEvent[]> {
  const user = await transaction.user.findUniqueOrThrow({
    where: { id: userId },
    select: { status: true, email: true },
  });
  const from = user.status;
  if (from === to) return [];
  if (!userTransitions[from].includes(to)) throw new Error(`user ${userId} cannot go from ${from} to ${to}`);
  const errors = (data.errors ?? []).map((error) => ({ ...error }));
  await transaction.user.update({
    where: { id: userId },
    data: {
      status: to,
      errors,
      lastStatusChangeAt: now,
      ...(data.platformId ? { platformId: data.platformId } : {}),
      ...(data.personId ? { personId: data.personId } : {}),
    },
  });
  return [
    {
      type: 'USER_STATUS_CHANGED',
      message: `The user ${user.email} is ${to}.`,
      subject: { type: 'User', id: userId },
      fromStatus: from,
      toStatus: to,
      errors,
    },
  ];
}

export interface UserStatusChange {
  readonly userId: string;
  readonly to: UserStatus;
  /** Null: as it was. */
  readonly platformId: string | null;
  readonly personId: string | null;
  readonly errors: readonly ProvisioningError[];
}

/** Many at a time, each to a status of its own. Users who are gone or being removed are left alone. */
export async function changeEachUserStatus(
  transaction: Transaction,
  changes: readonly UserStatusChange[],
  now: Date,
): Promise<OperationEvent[]> {
  const ids = changes.map(({ userId }) => userId);
  const rows = await transaction.$queryRaw<{ id: string; status: UserStatus; email: string }[]>`
    SELECT "id", "status"::text AS "status", "email" FROM "User" WHERE "id" = ANY (${ids}::uuid[])
    ORDER BY "id" FOR NO KEY UPDATE`;
  const userById = new Map(rows.map((row) => [row.id, row]));
  const moving = changes.flatMap((change) => {
    const user = userById.get(change.userId);
    if (!user || user.status === 'DELETING' || user.status === change.to) return [];
    if (!userTransitions[user.status].includes(change.to)) {
      throw new Error(`user ${user.id} cannot go from ${user.status} to ${change.to}`);
    }
    return [{ ...change, from: user.status, email: user.email }];
  });
  await transaction.$executeRaw`
    UPDATE "User" AS row SET "status" = given."to", "errors" = given."errors", "lastStatusChangeAt" = ${now},
      "platformId" = coalesce(given."platformId", row."platformId"), "personId" = coalesce(given."personId", row."personId")
    FROM json_to_recordset(${JSON.stringify(moving)}::json) AS given (
      "userId" uuid, "to" "UserStatus", "platformId" text, "personId" text, "errors" jsonb
    )
    WHERE row."id" = given."userId"`;
  return moving.map(({ userId, from, to, email, errors }) => ({
    type: 'USER_STATUS_CHANGED',
    message: `The user ${email} is ${to}.`,
    subject: { type: 'User', id: userId },
    fromStatus: from,
    toStatus: to,
    errors: errors.map((error) => ({ ...error })),
  }));
}

/** Many at a time; those that cannot get there from where they are stay as they are. */
export async function changeUsersStatus(
  transaction: Transaction,
  userIds: readonly string[],
  to: UserStatus,
  now: Date,
  given: readonly ProvisioningError[] = [],
): Promise<OperationEvent[]> {
  const users = await transaction.user.findMany({
    where: { id: { in: [...userIds] } },
    select: { id: true, status: true, email: true },
  });
  const moving = users.filter(({ status }) => userTransitions[status].includes(to));
  const errors = given.map((error) => ({ ...error }));
  await transaction.user.updateMany({
    where: { id: { in: moving.map(({ id }) => id) } },
    data: { status: to, errors, lastStatusChangeAt: now },
  });
  return moving.map(({ id, status, email }) => ({
    type: 'USER_STATUS_CHANGED',
    message: `The user ${email} is ${to}.`,
    subject: { type: 'User', id },
    fromStatus: status,
    toStatus: to,
    errors,
  }));
}
