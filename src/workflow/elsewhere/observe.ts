// What the platform shows, in the domain's words. Pure.

import { platformSight } from '../../domain/elsewhere/observed.ts';
import type { ObservedCustomer, ObservedLocation, ObservedUser } from '../../domain/elsewhere/observed.ts';
import type { PlatformCustomer, PlatformLocation, PlatformUser } from '../../platform/port.ts';
import { errorOfIssue } from '../errors.ts';
import { isSettled } from '../watching/sight.ts';

export function observeCustomer(found: PlatformCustomer, now: Date): ObservedCustomer {
  return {
    platformId: found.platformId,
    externalId: found.externalId,
    organizationId: found.organizationId,
    billingAddress: found.billingAddress,
    // One that is not known here: neither settled nor failed.
    status: found.status === 'UNRECOGNIZED' ? 'PROVISIONING' : found.status,
    isSettled: isSettled(found),
    packages: found.packages.map((entry) => ({
      code: entry.package,
      status: entry.status === 'UNRECOGNIZED' ? null : entry.status,
      errors: entry.errors.map((issue) => errorOfIssue(issue, now)),
      warnings: entry.warnings.map((issue) => errorOfIssue(issue, now)),
    })),
    errors: found.errors.map((issue) => errorOfIssue(issue, now)),
  };
}

/** What work of our own leaves behind: it is not taken for somebody else's change. */
export function sightAtPlatform(found: PlatformCustomer): string {
  return platformSight(observeCustomer(found, new Date(0)));
}

/** Null: the user has a package that is not known here. */
export function observeUser(found: PlatformUser, now: Date): ObservedUser | null {
  if (found.package === null) return null;
  const isRefused = found.status !== 'PROVISIONED' && found.errors.length > 0;
  return {
    platformId: found.platformId,
    personId: found.personId,
    email: found.email.toLowerCase(),
    package: found.package,
    status: isRefused ? 'ERROR' : found.status === 'PROVISIONED' ? 'PROVISIONED' : 'AWAITING_USER_CONSENT',
    errors: found.errors.map((issue) => errorOfIssue(issue, now)),
  };
}

/** Null: the platform leaves out what every location has. */
export function observeLocation({ platformId, name, details }: PlatformLocation): ObservedLocation | null {
  return details && { platformId, name, emergencyLocationIdentifier: null, ...details };
}
