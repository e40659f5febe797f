// Marks a customer that the platform does not have any more. Its rows stay, with all that belongs to it.

import type { NewEvent } from '../../database/event-log.ts';
import { lockRow } from '../../database/locks.ts';
import type { Transaction } from '../../database/transaction.ts';
import { isOwnDoing } from './take-in.ts';
import type { Reading } from './take-in.ts';

export async function markVanished(
  transaction: Transaction,
  { readAt, now }: Reading,
  customerId: string,
): Promise<NewEvent[]> {
  await lockRow(transaction, 'Customer', customerId);
  if (await isOwnDoing(transaction, customerId, readAt)) return [];
  const customer = await transaction.customer.findUniqueOrThrow({ where: { id: customerId } });
  if (customer.vanishedAt !== null || customer.status === 'DELETED') return [];
  await transaction.customer.update({ where: { id: customerId }, data: { vanishedAt: now } });
  const message = `"${customer.companyName}" is not on the platform any more.`;
  return [{ type: 'VANISHED', message, customerId, subject: { type: 'Customer', id: customerId } }];
}
