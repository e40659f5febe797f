// What a user must be for its customer and among the draft's other users (domain rules S2, S6, S8, S9); numbers are
// number-rules.ts's business. Pure. Paths start at the user's own fields.

import type { PackageCode } from '../../database/generated/enums.ts';
import { locationKey } from '../address.ts';
import { packageOfferings } from '../catalogue/packages.ts';
import { excerpt } from '../checks.ts';
import { problem } from '../problem.ts';
import type { Problem } from '../problem.ts';
import type { Claims } from './claims.ts';
import { downgradedFrom } from './package-rank.ts';
import type { SetupUser } from './setup-user.ts';
import type { SetupFacts, SetupValues } from './values.ts';

export function judgeUser(
  user: SetupUser,
  facts: SetupFacts,
  locations: ReadonlySet<string>,
  claims: Claims,
): Problem[] {
  const problems = judgePackage(user, facts);
  if (facts.takenEmails.has(user.email)) {
    problems.push(problem('EMAIL_TAKEN', ['email'], `${user.email} is a user of this customer already.`));
  } else if (claims.emails.has(user.email)) {
    problems.push(
      problem('DUPLICATE', ['email'], `${user.email} is in the list already; each user needs an address of their own.`),
    );
  }
  return [...problems, ...judgeLocation(user.locationName, locations)];
}

/** What can be said of a user whose other values could not be read. */
export function judgeUnreadableUser(
  { locationName, package: code }: Pick<SetupUser, 'locationName' | 'package'>,
  facts: SetupFacts,
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

function judgePackageOfCustomer(code: PackageCode, facts: SetupFacts): Problem[] {
  const { name, isAddOn, isAssignableToUsers } = packageOfferings[code];
  if (isAddOn || !isAssignableToUsers) {
    return [problem('PACKAGE_NOT_ASSIGNABLE', ['package'], `${name} is no package that a user is created with.`)];
  }
  if (facts.packages.has(code)) return [];
  return [problem('PACKAGE_NOT_IN_CUSTOMER', ['package'], `The customer does not have the package ${name}.`)];
}

function judgePackage(user: SetupUser, facts: SetupFacts): Problem[] {
  const unfit = judgePackageOfCustomer(user.package, facts);
  if (unfit.length > 0) return unfit;
  const { name } = packageOfferings[user.package];
  const lost = user.email === facts.adminEmail ? downgradedFrom(facts.packages.keys(), user.package) : null;
  if (lost === null) return [];
  return [
    problem(
      'ADMIN_PACKAGE_DOWNGRADE',
      ['package'],
      `${user.email} is the customer's administrator and needs the level of ${packageOfferings[lost].name}; ${name} is less.`,
    ),
  ];
}

/** The locations that users may be at, by locationKey: those the customer has and those the draft adds. */
export function locationKeys(values: Pick<SetupValues, 'locations'>, facts: SetupFacts): Set<string> {
  return new Set([...facts.locationIds.keys(), ...values.locations.map(({ name }) => locationKey(name))]);
}

/** Null: one more user may have the package. */
export function judgeSeats(
  code: PackageCode,
  moreUsers: number,
  path: readonly string[],
  facts: SetupFacts,
): Problem | null {
  const limit = facts.packages.get(code) ?? null;
  const assigned = facts.assignedUsers.get(code) ?? 0;
  if (limit === null || assigned + moreUsers <= limit) return null;
  const { name } = packageOfferings[code];
  return problem(
    'PACKAGE_LIMIT_EXCEEDED',
    path,
    `At most ${limit} users may have ${name}; ${assigned} have it already and the draft has ${moreUsers}.`,
  );
}
