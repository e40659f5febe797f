// Loads a user whom a command is about, for the time of its transaction, and says whether anything else goes on with it.

import type { PhoneNumber, User } from '../../database/generated/client.ts';
import type { UserStatus } from '../../database/generated/enums.ts';
import { lockRow } from '../../database/locks.ts';
import type { Transaction } from '../../database/transaction.ts';
import { lockServedCustomer } from '../customer/serving.ts';
import type { ServedCustomer } from '../customer/serving.ts';
import { endedOperationStatuses } from '../operation/status.ts';
import { problem } from '../problem.ts';
import type { Problem } from '../problem.ts';
import type { Viewer } from '../viewer.ts';

export interface LockedUser {
  readonly customer: ServedCustomer;
  readonly user: User & { readonly phoneNumber: PhoneNumber | null };
}

/** Null: the partner has no such user. */
export async function lockUser(transaction: Transaction, viewer: Viewer, userId: string): Promise<LockedUser | null> {
  const where = { id: userId, partnerId: viewer.partnerId };
  const found = await transaction.user.findFirst({ where, select: { customerId: true } });
  const customer = found && (await lockServedCustomer(transaction, viewer, found.customerId));
  if (!customer) return null;
  await lockRow(transaction, 'User', userId);
  const user = await transaction.user.findFirst({ where, include: { phoneNumber: true } });
  return user && { customer, user };
}

export function userNotFound(): Problem {
  return problem('NOT_FOUND', ['userId'], 'There is no such user.');
}

const statusesAtWork: readonly UserStatus[] = ['PENDING', 'PROVISIONING', 'UPDATING', 'DELETING'];

/** Work that ended without getting to the user, because it was cancelled for instance, keeps nobody waiting. */
export async function judgeIdle(transaction: Transaction, { user }: LockedUser): Promise<Problem[]> {
  if (!statusesAtWork.includes(user.status)) return [];
  const underWay = await transaction.provisioningOperation.count({
    where: {
      customerId: user.customerId,
      kind: { in: ['SET_UP_CUSTOMER', 'CREATE_USER', 'UPDATE_USER', 'REMOVE_USER'] },
      status: { notIn: [...endedOperationStatuses] },
    },
  });
  if (underWay === 0) return [];
  return [problem('USER_BUSY', ['userId'], `${user.email} is ${user.status}; wait until that has ended.`)];
}
