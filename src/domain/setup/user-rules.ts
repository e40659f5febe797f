// What a user must be among the draft's other users and locations (domain rules S2 and S9); what for its customer, is
// ../user/user-rules.ts's business. Pure. Paths start at the user's own fields.

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
  const problems = [...judgePackage(user, facts), ...judgeEmail(user, facts)];
  if (!facts.takenEmails.has(user.email) && claims.emails.has(user.email)) {
    problems.push(
      problem('DUPLICATE', ['email'], `${user.email} is in the list already; each user needs an address of their own.`),
    );
  }
  return [...problems, ...judgeLocation(user.locationName, locations)];
}

/** What can be said of a user whose other values could not be read. */
export function judgeUnreadableUser(
  { locationName, package: code }: Pick<SetupUser, 'locationName' | 'package'>,
  facts: UserFacts,
  locations: ReadonlySet<string>,
): Problem[] {
  const hasLocation = locationName.trim() !== '';
  return [...judgePackageOfCustomer(code, facts), ...(hasLocation ? judgeLocation(locationName, locations) : [])];
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
