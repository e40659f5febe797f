// Forgets a user who is gone from the platform: the row, and the event that tells of it. Their number stays at its location.

import type { Transaction } from '../../database/transaction.ts';
import type { OperationEvent } from '../operation/lease.ts';

export async function deleteUser(transaction: Transaction, userId: string): Promise<OperationEvent[]> {
  const user = await transaction.user.findUnique({ where: { id: userId }, select: { email: true, status: true } });
  if (!user) return [];
  await transaction.phoneNumber.updateMany({ where: { userId }, data: { userId: null } });
  await transaction.user.delete({ where: { id: userId } });
  return [
    {
      type: 'USER_STATUS_CHANGED',
      message: `The user ${user.email} is removed.`,
      subject: { type: 'User', id: userId },
      fromStatus: user.status,
      toStatus: 'DELETED',
    },
  ];
}
