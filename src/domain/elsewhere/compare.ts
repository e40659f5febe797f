// Whether what is remembered of a customer or a user is what the platform shows. Pure. Both who asks for details and who writes
// what they say go by these, so that nothing is asked for again and again without being written.

import type { UserStatus } from '../../database/generated/enums.ts';
import { platformSight } from './observed.ts';
import type { ObservedCustomer, ObservedUser } from './observed.ts';

export interface RememberedCustomer {
  readonly vanishedAt: Date | null;
  readonly platformSight: string | null;
}

/** What somebody is changing at the moment is told when it has settled. */
export function hasCustomerChanged(remembered: RememberedCustomer, observed: ObservedCustomer): boolean {
  if (remembered.vanishedAt !== null) return true;
  return observed.isSettled && remembered.platformSight !== platformSight(observed);
}

export interface RememberedUser {
  readonly platformId: string | null;
  readonly status: UserStatus;
  readonly package: string;
  readonly vanishedAt: Date | null;
}

/** Nobody works on them here, as far as their status says. */
const atRest: readonly UserStatus[] = ['PROVISIONED', 'AWAITING_USER_CONSENT', 'ERROR'];

export function hasUserChanged(remembered: RememberedUser, observed: ObservedUser): boolean {
  if (!atRest.includes(remembered.status)) return false;
  return (
    remembered.vanishedAt !== null || remembered.package !== observed.package || hasMoved(remembered, observed.status)
  );
}

/** An error here may be of a change that failed, of which the platform knows nothing: it stays. */
export function hasMoved({ status, platformId }: RememberedUser, to: ObservedUser['status']): boolean {
  if (status === to) return false;
  return status === 'AWAITING_USER_CONSENT' || (status === 'ERROR' && platformId === null);
}

export function canVanish({ platformId, status, vanishedAt }: RememberedUser): boolean {
  return platformId !== null && vanishedAt === null && atRest.includes(status);
}

/** Both sides of one customer's users. */
export function haveUsersChanged(remembered: readonly RememberedUser[], observed: readonly ObservedUser[]): boolean {
  const byId = new Map(observed.map((user) => [user.platformId, user]));
  const known = new Set<string>();
  for (const user of remembered) {
    if (user.platformId === null) continue;
    known.add(user.platformId);
    const found = byId.get(user.platformId);
    if (found ? hasUserChanged(user, found) : canVanish(user)) return true;
  }
  return observed.some(({ platformId }) => !known.has(platformId));
}
