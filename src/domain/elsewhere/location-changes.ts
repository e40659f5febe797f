// Writes which locations have come, gone and come back elsewhere, and numbers that have come with them.

import type { NewEvent } from '../../database/event-log.ts';
import type { Transaction } from '../../database/transaction.ts';
import { addLocations } from './add-locations.ts';
import { addNumbers } from './add-numbers.ts';
import type { ObservedDetails } from './observed.ts';
import type { Reading } from './take-in.ts';

export async function writeLocationChanges(
  transaction: Transaction,
  { partnerId, now }: Reading,
  customerId: string,
  { customer, locations, numbers }: ObservedDetails,
): Promise<NewEvent[]> {
  // Without an organisation nothing was asked, and nothing is to be concluded.
  if (customer.organizationId === null) return [];
  const rows = await transaction.location.findMany({
    where: { customerId },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  const events: NewEvent[] = [];
  const known = new Set<string>();
  for (const row of rows) {
    const subject = { type: 'Location', id: row.id } as const;
    const found = locations.find(({ platformId, name }) => platformId === row.platformId || name === row.name);
    if (found) known.add(found.platformId);
    if (found && row.vanishedAt !== null) {
      await transaction.location.update({
        where: { id: row.id },
        data: { vanishedAt: null, platformId: found.platformId },
      });
      events.push({ type: 'REAPPEARED', message: `The location ${row.name} is on the platform again.`, subject });
    }
    if (!found && row.platformId !== null && row.vanishedAt === null) {
      await transaction.location.update({ where: { id: row.id }, data: { vanishedAt: now } });
      events.push({ type: 'VANISHED', message: `The location ${row.name} is not on the platform any more.`, subject });
    }
  }
  const place = { partnerId, customerId, now };
  const fresh = locations.filter(({ platformId }) => !known.has(platformId));
  const added = await addLocations(transaction, place, fresh, rows.length === 0);
  for (const { id, name } of added) {
    const subject = { type: 'Location', id } as const;
    const message = `The location ${name} was found on the platform; it was made elsewhere.`;
    events.push({ type: 'FOUND_ON_PLATFORM', message, subject, toStatus: 'PROVISIONED' });
  }
  await addNumbers(transaction, place, numbers);
  return events;
}
