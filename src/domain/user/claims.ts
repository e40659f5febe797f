// What the users of one form claim from each other while they are judged one after the other: each lookup is constant,
// so that twenty thousand users are judged in one pass. Pure.

import type { PackageCode } from '../../database/generated/enums.ts';
import type { NewUser } from './values.ts';

export interface Claims {
  readonly emails: Set<string>;
  readonly seats: Map<PackageCode, number>;
  /** By whom: e-mail addresses. */
  readonly phoneNumbers: Map<string, string>;
  readonly extensions: Map<string, string>;
}

export function claimsOf(users: Iterable<NewUser> = []): Claims {
  const claims: Claims = { emails: new Set(), seats: new Map(), phoneNumbers: new Map(), extensions: new Map() };
  for (const user of users) claim(claims, user);
  return claims;
}

/** Whoever claims first keeps it. */
export function claim(claims: Claims, user: NewUser): void {
  claims.emails.add(user.email);
  claims.seats.set(user.package, (claims.seats.get(user.package) ?? 0) + 1);
  if (user.phoneNumber !== null && !claims.phoneNumbers.has(user.phoneNumber)) {
    claims.phoneNumbers.set(user.phoneNumber, user.email);
  }
  if (user.extension !== null && !claims.extensions.has(user.extension))
    claims.extensions.set(user.extension, user.email);
}
