// What of a user may be changed, and how (domain rules S6, S8, U3). Pure. Paths are those of the form.

import type { LocationStatus, OrganizationRole, PackageCode, UserStatus } from '../../database/generated/enums.ts';
import { packageOfferings } from '../catalogue/packages.ts';
import { unusableLocation } from '../location/usable.ts';
import { problem } from '../problem.ts';
import type { Problem } from '../problem.ts';
import { claimsOf } from './claims.ts';
import { judgeNumbers, lacksNumber } from './number-rules.ts';
import { downgradedFrom } from './package-rank.ts';
import { administratorDowngrade, judgePackageOfCustomer, judgeSeats } from './user-rules.ts';
import type { UserFacts } from './values.ts';

/** Null: stays as it is. */
export interface UserWishes {
  readonly package: PackageCode | null;
  readonly locationId: string | null;
  readonly phoneNumber: string | null;
  readonly extension: string | null;
}

export interface PresentUser {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly package: PackageCode;
  readonly status: UserStatus;
  readonly platformId: string | null;
  readonly isCustomerAdmin: boolean;
  readonly roles: readonly OrganizationRole[];
  readonly locationId: string | null;
  readonly extension: string | null;
  readonly phoneNumber: { readonly number: string } | null;
}

interface Update {
  readonly user: PresentUser;
  readonly wishes: UserWishes;
  /** Where the user will be; null: there is no such location. */
  readonly location: { readonly name: string; readonly status: LocationStatus } | null;
  readonly facts: UserFacts;
  readonly isNumberUnreadable: boolean;
}

/** Whether the user goes from a package without calling to one with it. */
export function isCallingBegun(user: Pick<PresentUser, 'package'>, wishes: Pick<UserWishes, 'package'>): boolean {
  const code = wishes.package ?? user.package;
  return packageOfferings[code].includesCalling && !packageOfferings[user.package].includesCalling;
}

/** One whose last change failed is still what it was, and may be changed again. */
export function judgeUpdatable({ email, status, platformId }: PresentUser): Problem[] {
  const isThere = status === 'PROVISIONED' || (status === 'ERROR' && platformId !== null);
  // Of work that goes on, judgeIdle tells.
  if (isThere || status === 'UPDATING' || status === 'DELETING') return [];
  return [
    problem('USER_NOT_PROVISIONED', ['userId'], `Only a PROVISIONED user can be changed; ${email} is ${status}.`),
  ];
}

export function judgeUpdate(update: Update): Problem[] {
  const { user, wishes, facts } = update;
  const code = wishes.package ?? user.package;
  if (isUnchanged(user, wishes) && !update.isNumberUnreadable) {
    return [problem('INVALID_VALUE', ['package'], `${user.email} is like that already: nothing would change.`)];
  }
  const seats = code === user.package ? null : judgeSeats(code, 1, ['package'], facts);
  return [
    ...(code === user.package ? [] : judgePackageOfCustomer(code, facts)),
    ...(seats ? [seats] : []),
    ...judgeDowngrade(user, code, facts),
    ...(isCallingBegun(user, wishes) ? judgeBeginning(update, code) : judgeFixed(user, wishes, code)),
  ];
}

function isUnchanged(user: PresentUser, wishes: UserWishes): boolean {
  const isSame = <T>(wish: T | null, value: T | null): boolean => wish === null || wish === value;
  return (
    isSame(wishes.package, user.package) &&
    isSame(wishes.locationId, user.locationId) &&
    isSame(wishes.phoneNumber, user.phoneNumber?.number ?? null) &&
    isSame(wishes.extension, user.extension)
  );
}

/** S6: what counts is the package that the administrator has now. */
function judgeDowngrade(user: PresentUser, code: PackageCode, facts: UserFacts): Problem[] {
  const isAdministrator = user.isCustomerAdmin || user.email === facts.adminEmail || user.roles.includes('FULL_ADMIN');
  const lost = isAdministrator ? downgradedFrom([user.package], code) : null;
  return lost === null ? [] : [administratorDowngrade(user.email, lost, code)];
}

function judgeBeginning({ user, wishes, location, facts, isNumberUnreadable }: Update, code: PackageCode): Problem[] {
  const { phoneNumber, extension } = wishes;
  const { firstName, lastName, email } = user;
  const newUser = {
    firstName,
    lastName,
    email,
    package: code,
    locationName: location?.name ?? null,
    phoneNumber,
    extension,
  };
  const problems = judgeNumbers(newUser, facts, claimsOf());
  if (location === null) {
    problems.push(
      wishes.locationId === null
        ? problem('CALLING_LOCATION_REQUIRED', ['locationId'], 'A calling package needs a location: name one.')
        : problem('NOT_FOUND', ['locationId'], 'The customer has no such location.'),
    );
  } else if (location.status === 'ERROR') problems.push(unusableLocation(location.name, ['locationId']));
  if (lacksNumber(newUser) && !isNumberUnreadable) {
    const message = `With ${packageOfferings[code].name} ${email} needs a phone number, an extension, or both.`;
    problems.push(problem('NUMBER_OR_EXTENSION_REQUIRED', ['phoneNumber'], message));
  }
  return problems;
}

/** Everything but the package is fixed. */
function judgeFixed(user: PresentUser, wishes: UserWishes, code: PackageCode): Problem[] {
  const message =
    'Webex takes a location, a number and an extension only while a user goes from a package without calling to one with it. Change it in Control Hub, or remove the user and provision it anew.';
  const { name, includesCalling } = packageOfferings[code];
  const judge = (field: 'locationId' | 'phoneNumber' | 'extension', present: string | null): Problem[] => {
    if (wishes[field] === null) return [];
    if (field !== 'locationId' && !includesCalling) {
      return [problem('NUMBER_NOT_ALLOWED', [field], `${name} includes no calling: no phone number and no extension.`)];
    }
    return wishes[field] === present ? [] : [problem('INVALID_VALUE', [field], message)];
  };
  return [
    ...judge('locationId', user.locationId),
    ...judge('phoneNumber', user.phoneNumber?.number ?? null),
    ...judge('extension', user.extension),
  ];
}
