// Reads all that the platform has of one customer. People and numbers are asked for only where somebody is new here.

import type { ObservedDetails } from '../../domain/elsewhere/observed.ts';
import type { PartnerPlatform } from '../../platform/port.ts';
import { observeCustomer, observeLocation, observeUser } from './observe.ts';

export interface Acquaintance {
  /** Null: the customer itself is new. Otherwise the platform's ids of its users who are known. */
  readonly userPlatformIds: ReadonlySet<string> | null;
}

/** Null: the platform does not have it. */
export async function readDetails(
  platform: PartnerPlatform,
  customerPlatformId: string,
  { userPlatformIds }: Acquaintance,
  now: Date,
): Promise<ObservedDetails | null> {
  const found = await platform.getCustomer(customerPlatformId);
  if (found === null) return null;
  const listed = await platform.listUsers(customerPlatformId);
  const users = listed.map((user) => observeUser(user, now)).filter((user) => user !== null);
  const isNew = userPlatformIds === null;
  const isAnybodyNew = isNew || users.some(({ platformId }) => !userPlatformIds.has(platformId));
  const { organizationId } = found;
  const none: ObservedDetails = {
    customer: observeCustomer(found, now),
    companyName: null,
    users,
    people: new Map(),
    locations: [],
    numbers: [],
  };
  if (organizationId === null) return none;
  const [organization, locations, people, numbers] = await Promise.all([
    isNew ? platform.getOrganization(organizationId) : null,
    platform.listLocations(organizationId),
    isAnybodyNew ? platform.listPeople(organizationId) : [],
    isAnybodyNew ? platform.listNumbers(organizationId) : [],
  ]);
  return {
    ...none,
    companyName: organization?.name || null,
    locations: locations.map(observeLocation).filter((location) => location !== null),
    people: new Map(people.map(({ personId, ...person }) => [personId, person])),
    numbers,
  };
}
