// Writes which users of a known customer have come, gone, come back or changed elsewhere.

import type { NewEvent } from '../../database/event-log.ts';
import type { User } from '../../database/generated/client.ts';
import type { Transaction } from '../../database/transaction.ts';
import { packageOfferings } from '../catalogue/packages.ts';
import { changeUserStatus } from '../user/change-status.ts';
import { addNumbers } from './add-numbers.ts';
import { addUsers } from './add-users.ts';
import { canVanish, hasMoved } from './compare.ts';
import type { ObservedDetails, ObservedUser } from './observed.ts';
import type { Reading } from './take-in.ts';

export async function writeUserChanges(
  transaction: Transaction,
  { partnerId, now }: Reading,
  customerId: string,
  details: ObservedDetails,
): Promise<NewEvent[]> {
  const rows = await transaction.user.findMany({ where: { customerId }, orderBy: { id: 'asc' } });
  const byId = new Map(rows.map((row) => [row.platformId, row]));
  const byEmail = new Map(rows.map((row) => [row.email, row]));
  const events: NewEvent[] = [];
  const fresh: ObservedUser[] = [];
  const seen = new Set<string>();
  for (const observed of details.users) {
    // Removed and made again elsewhere, or made by an attempt of ours that ended in an error: the same person.
    const row = byId.get(observed.platformId) ?? byEmail.get(observed.email);
    if (!row) fresh.push(observed);
    else {
      seen.add(row.id);
      events.push(...(await writeUser(transaction, row, observed, now)));
    }
  }
  for (const row of rows.filter((candidate) => !seen.has(candidate.id) && canVanish(candidate))) {
    await transaction.user.update({ where: { id: row.id }, data: { vanishedAt: now } });
    const message = `The user ${row.email} is not on the platform any more.`;
    events.push({ type: 'VANISHED', message, subject: { type: 'User', id: row.id } });
  }
  const place = { partnerId, customerId, now };
  for (const { id, email } of await addUsers(transaction, place, fresh, details)) {
    const message = `The user ${email} was found on the platform; it was made elsewhere.`;
    events.push({ type: 'FOUND_ON_PLATFORM', message, subject: { type: 'User', id } });
  }
  if (fresh.length > 0) await addNumbers(transaction, place, details.numbers);
  return events;
}

async function writeUser(transaction: Transaction, row: User, observed: ObservedUser, now: Date): Promise<NewEvent[]> {
  const subject = { type: 'User', id: row.id } as const;
  const events: NewEvent[] = [];
  const { platformId, personId } = observed;
  const isGivenPackage = row.package !== observed.package && row.status !== 'UPDATING' && row.status !== 'DELETING';
  await transaction.user.update({
    where: { id: row.id },
    data: {
      platformId,
      personId: personId ?? row.personId,
      vanishedAt: null,
      ...(isGivenPackage ? { package: observed.package } : {}),
    },
  });
  if (row.vanishedAt !== null) {
    events.push({ type: 'REAPPEARED', message: `The user ${row.email} is on the platform again.`, subject });
  }
  if (isGivenPackage) {
    const message = `Changed elsewhere: ${row.email} has the package ${packageOfferings[observed.package].name}.`;
    events.push({ type: 'CHANGED_ELSEWHERE', message, subject });
  }
  if (hasMoved(row, observed.status)) {
    events.push(...(await changeUserStatus(transaction, row.id, observed.status, now, { errors: observed.errors })));
  }
  return events;
}
