// What a user must be for its customer (domain rules S6, S8, S9); numbers are number-rules.ts's business. Pure. Paths start
// at the user's own fields.

import type { PackageCode } from '../../database/generated/enums.ts';
import { packageOfferings } from '../catalogue/packages.ts';
import { problem } from '../problem.ts';
import type { Problem } from '../problem.ts';
import { downgradedFrom } from './package-rank.ts';
import type { NewUser, UserFacts } from './values.ts';

export function judgeEmail({ email }: Pick<NewUser, 'email'>, facts: UserFacts): Problem[] {
  if (!facts.takenEmails.has(email)) return [];
  return [problem('EMAIL_TAKEN', ['email'], `${email} is a user of this customer already.`)];
}

/** S8, without a look at who the user is. */
export function judgePackageOfCustomer(code: PackageCode, facts: UserFacts): Problem[] {
  const { name, isAddOn, isAssignableToUsers } = packageOfferings[code];
  if (isAddOn || !isAssignableToUsers) {
    return [problem('PACKAGE_NOT_ASSIGNABLE', ['package'], `${name} is no package that a user is created with.`)];
  }
  if (facts.packages.has(code)) return [];
  return [problem('PACKAGE_NOT_IN_CUSTOMER', ['package'], `The customer does not have the package ${name}.`)];
}

export function judgePackage(user: Pick<NewUser, 'email' | 'package'>, facts: UserFacts): Problem[] {
  const unfit = judgePackageOfCustomer(user.package, facts);
  if (unfit.length > 0) return unfit;
  const lost = user.email === facts.adminEmail ? downgradedFrom(facts.packages.keys(), user.package) : null;
  return lost === null ? [] : [administratorDowngrade(user.email, lost, user.package)];
}

export function administratorDowngrade(email: string, from: PackageCode, to: PackageCode): Problem {
  return problem(
    'ADMIN_PACKAGE_DOWNGRADE',
    ['package'],
    `${email} is the customer's administrator and needs the level of ${packageOfferings[from].name}; ${packageOfferings[to].name} is less.`,
  );
}

/** Null: one more user may have the package. */
export function judgeSeats(
  code: PackageCode,
  moreUsers: number,
  path: readonly string[],
  facts: UserFacts,
): Problem | null {
  const limit = facts.packages.get(code) ?? null;
  const assigned = facts.assignedUsers.get(code) ?? 0;
  if (limit === null || assigned + moreUsers <= limit) return null;
  const { name } = packageOfferings[code];
  return problem(
    'PACKAGE_LIMIT_EXCEEDED',
    path,
    `At most ${limit} users may have ${name}; ${assigned} have it already and ${moreUsers} more would.`,
  );
}
