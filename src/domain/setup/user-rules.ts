// What a user must be among the draft's other users and locations (domain rules S2 and S9); what for its customer, is
// ../user/user-rules.ts's business. Pure. Paths start at the user's own fields.

import type { PackageCode } from '../../database/generated/enums.ts';
import { locationKey } from '../address.ts';
import { excerpt } from '../checks.ts';
import { problem } from '../problem.ts';
import type { Problem } from '../problem.ts';
import type { Claims } from '../user/claims.ts';
import { judgeEmail, judgePackage, judgePackageOfCustomer } from '../user/user-rules.ts';
import type { UserFacts } from '../user/values.ts';
import type { SetupUser } from './setup-user.ts';
import type { SetupValues } from './values.ts';

export function judgeUser(
  user: SetupUser,
  facts: UserFacts,
  locations: ReadonlySet<string>,
  claims: Claims,
): Problem[] {
  return [
    ...judgePackage(user, facts),
    ...judgeAddress(user.email, facts, claims),
    ...judgeLocation(user.locationName, locations),
  ];
}

/** A user of the form some of whose values could not be read. */
export interface UnreadableUser {
  /** Place in the form. */
  readonly position: number;
  /** Null: it is what could not be read. */
  readonly email: string | null;
  readonly package: PackageCode;
  readonly locationName: string;
}

/** What can be said of one all the same. */
export function judgeUnreadableUser(
  { email, locationName, package: code }: UnreadableUser,
  facts: UserFacts,
  locations: ReadonlySet<string>,
  claims: Claims,
): Problem[] {
  const hasLocation = locationName.trim() !== '';
  return [
    ...(email === null
      ? judgePackageOfCustomer(code, facts)
      : [...judgePackage({ email, package: code }, facts), ...judgeAddress(email, facts, claims)]),
    ...(hasLocation ? judgeLocation(locationName, locations) : []),
  ];
}

function judgeAddress(email: string, facts: UserFacts, claims: Claims): Problem[] {
  const taken = judgeEmail({ email }, facts);
  if (taken.length > 0 || !claims.emails.has(email)) return taken;
  return [problem('DUPLICATE', ['email'], `${email} is in the list already; each user needs an address of their own.`)];
}

function judgeLocation(locationName: string, locations: ReadonlySet<string>): Problem[] {
  if (locations.has(locationKey(locationName))) return [];
  const message = `The customer has no location "${excerpt(locationName)}" and the draft adds none.`;
  return [problem('NOT_FOUND', ['locationName'], message)];
}

/** The locations that users may be at, by locationKey: those the customer has and those the draft adds. */
export function locationKeys(values: Pick<SetupValues, 'locations'>, facts: UserFacts): Set<string> {
  return new Set([...facts.locationIds.keys(), ...values.locations.map(({ name }) => locationKey(name))]);
}
