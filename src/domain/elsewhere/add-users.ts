// Adds users that were made elsewhere. Their names come from the people of the organisation.

import type { Transaction } from '../../database/transaction.ts';
import type { FoundIn } from './add-locations.ts';
import type { ObservedDetails, ObservedUser } from './observed.ts';

export async function addUsers(
  transaction: Transaction,
  { partnerId, customerId, now }: FoundIn,
  users: readonly ObservedUser[],
  { people, numbers }: Pick<ObservedDetails, 'people' | 'numbers'>,
): Promise<{ readonly id: string; readonly email: string }[]> {
  if (users.length === 0) return [];
  const locations = await transaction.location.findMany({
    where: { customerId, platformId: { not: null } },
    select: { id: true, platformId: true },
  });
  const locationIds = new Map(locations.map(({ id, platformId }) => [platformId, id]));
  const numberByPerson = new Map(numbers.map((number) => [number.ownerPersonId, number]));
  return transaction.user.createManyAndReturn({
    data: users.map((user) => {
      const person = user.personId === null ? undefined : people.get(user.personId);
      const number = user.personId === null ? undefined : numberByPerson.get(user.personId);
      const place = person?.locationPlatformId ?? number?.locationPlatformId;
      return {
        partnerId,
        customerId,
        locationId: (place && locationIds.get(place)) ?? null,
        // Who has no name there, while asked to move an account for instance, goes by the address.
        firstName: person?.firstName ?? user.email.split('@')[0] ?? '',
        lastName: person?.lastName ?? '',
        email: user.email,
        package: user.package,
        extension: person?.extension ?? null,
        status: user.status,
        isCustomerAdmin: person?.roles.includes('FULL_ADMIN') ?? false,
        roles: [...(person?.roles ?? [])],
        platformId: user.platformId,
        personId: user.personId,
        errors: user.errors.map((error) => ({ ...error })),
        createdAt: now,
        lastStatusChangeAt: now,
      };
    }),
    skipDuplicates: true,
    select: { id: true, email: true },
  });
}
