// Adds phone numbers that were added elsewhere, with those who have them. A number that somebody has here already is left alone.

import type { Transaction } from '../../database/transaction.ts';
import type { FoundIn } from './add-locations.ts';
import type { ObservedNumber } from './observed.ts';

export async function addNumbers(
  transaction: Transaction,
  { partnerId, customerId, now }: FoundIn,
  numbers: readonly ObservedNumber[],
): Promise<void> {
  if (numbers.length === 0) return;
  const locations = await transaction.location.findMany({
    where: { customerId, platformId: { not: null } },
    select: { id: true, platformId: true },
  });
  const locationIds = new Map(locations.map(({ id, platformId }) => [platformId, id]));
  const users = await transaction.user.findMany({
    where: { customerId, personId: { not: null }, phoneNumber: null },
    select: { id: true, personId: true },
  });
  const userIds = new Map(users.map(({ id, personId }) => [personId, id]));
  await transaction.phoneNumber.createMany({
    data: numbers.flatMap(({ number, locationPlatformId, ownerPersonId, isMain }) => {
      const locationId = locationIds.get(locationPlatformId);
      if (locationId === undefined) return [];
      const userId = ownerPersonId === null ? null : (userIds.get(ownerPersonId) ?? null);
      // A user has one number here; a second one stands without its owner.
      if (ownerPersonId !== null) userIds.delete(ownerPersonId);
      return [{ partnerId, customerId, locationId, userId, number, isMain, status: 'PROVISIONED', createdAt: now }];
    }),
    skipDuplicates: true,
  });
}
