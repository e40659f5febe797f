// Makes the rows of one customer what the platform shows: a customer that was made elsewhere is added, of one that is known the
// differences are written and told. What an operation of our own is doing at the moment, or has done since the platform was
// read, is left to that operation.

import type { NewEvent } from '../../database/event-log.ts';
import type { Customer } from '../../database/generated/client.ts';
import { lockRow } from '../../database/locks.ts';
import type { Transaction } from '../../database/transaction.ts';
import { endedOperationStatuses } from '../operation/status.ts';
import { addFoundCustomer } from './add-customer.ts';
import { writeCustomerChanges } from './customer-changes.ts';
import { writeLocationChanges } from './location-changes.ts';
import type { ObservedDetails } from './observed.ts';
import { writeUserChanges } from './user-changes.ts';

export interface Reading {
  readonly partnerId: string;
  /** When the platform was asked. */
  readonly readAt: Date;
  readonly now: Date;
}

/**
 * - FOUND: it is new here. COMPARED: it is known, and is now as the platform shows it.
 * - OWN: our own work on it is under way; look again another time.
 * - TAKEN: another customer here has its external id.
 */
export type TakenIn = 'FOUND' | 'COMPARED' | 'OWN' | 'TAKEN';

export interface TakeIn {
  readonly result: TakenIn;
  readonly events: readonly NewEvent[];
}

export async function takeIn(transaction: Transaction, reading: Reading, details: ObservedDetails): Promise<TakeIn> {
  const { platformId, externalId } = details.customer;
  // External ids are claimed under the partner's lock, one claim at a time.
  await lockRow(transaction, 'Partner', reading.partnerId);
  const live = { partnerId: reading.partnerId, status: { not: 'DELETED' as const } };
  const known = await transaction.customer.findFirst({ where: { ...live, platformId } });
  if (known) return compare(transaction, reading, known, details);
  const namesake = await transaction.customer.findFirst({ where: { ...live, externalId } });
  if (namesake === null) {
    return { result: 'FOUND', events: await addFoundCustomer(transaction, reading, details) };
  }
  // One that is being created here, or could not be: what is at the platform is its operation's business.
  if (namesake.platformId === null) return { result: 'OWN', events: [] };
  if (namesake.vanishedAt === null) return { result: 'TAKEN', events: [] };
  await transaction.customer.update({ where: { id: namesake.id }, data: { platformId } });
  return compare(transaction, reading, { ...namesake, platformId }, details);
}

async function compare(
  transaction: Transaction,
  reading: Reading,
  { id: customerId }: Customer,
  details: ObservedDetails,
): Promise<TakeIn> {
  await lockRow(transaction, 'Customer', customerId);
  if (await isOwnDoing(transaction, customerId, reading.readAt)) return { result: 'OWN', events: [] };
  const customer = await transaction.customer.findUniqueOrThrow({ where: { id: customerId } });
  const events = [
    ...(await writeCustomerChanges(transaction, customer, details.customer)),
    ...(await writeLocationChanges(transaction, reading, customerId, details)),
    ...(await writeUserChanges(transaction, reading, customerId, details)),
  ];
  return { result: 'COMPARED', events: events.map((event) => ({ ...event, customerId })) };
}

/** Work of our own goes on, or went on when the platform was read. The caller has locked the customer. */
export async function isOwnDoing(transaction: Transaction, customerId: string, readAt: Date): Promise<boolean> {
  const operations = await transaction.provisioningOperation.count({
    where: {
      customerId,
      OR: [{ status: { notIn: [...endedOperationStatuses] } }, { finishedAt: { gte: readAt } }],
    },
  });
  return operations > 0;
}
