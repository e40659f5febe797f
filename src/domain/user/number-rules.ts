// Who gets a phone number or an extension, and which (domain rules S3, S4, S10). Pure. Paths start at the user's own fields.

import { locationKey } from '../address.ts';
import { packageOfferings } from '../catalogue/packages.ts';
import { problem } from '../problem.ts';
import type { Problem } from '../problem.ts';
import type { Claims } from './claims.ts';
import type { NewUser, UserFacts } from './values.ts';

export function judgeNumbers(user: NewUser, facts: UserFacts, claims: Claims): Problem[] {
  if (!packageOfferings[user.package].includesCalling) return refuseNumbers(user);
  return [...judgePhoneNumber(user, facts, claims), ...judgeExtension(user, facts, claims)];
}

/** Still without what a user with a calling package must have: a phone number, an extension, or both. */
export function lacksNumber(user: Pick<NewUser, 'package' | 'phoneNumber' | 'extension'>): boolean {
  return packageOfferings[user.package].includesCalling && user.phoneNumber === null && user.extension === null;
}

function refuseNumbers({ email, package: code, phoneNumber, extension }: NewUser): Problem[] {
  const message = `${email} has ${packageOfferings[code].name}, which includes no calling: no phone number and no extension.`;
  const given = [...(phoneNumber === null ? [] : ['phoneNumber']), ...(extension === null ? [] : ['extension'])];
  return given.map((field) => problem('NUMBER_NOT_ALLOWED', [field], message));
}

function judgePhoneNumber({ email, locationName, phoneNumber }: NewUser, facts: UserFacts, claims: Claims): Problem[] {
  if (phoneNumber === null) return [];
  const path = ['phoneNumber'];
  const known = facts.numbers.get(phoneNumber);
  // Where the user is to be may be wrong itself: then it is told there.
  const isElsewhere = locationName !== null && known?.freeAt !== locationKey(locationName);
  if (known && (known.freeAt === null || isElsewhere)) {
    const message =
      known.freeAt === null
        ? `${phoneNumber} is taken already; ${email} needs another number.`
        : `${phoneNumber} belongs to another location than ${locationName ?? ''}, where ${email} is.`;
    return [problem('NUMBER_UNAVAILABLE', path, message)];
  }
  const holder = claims.phoneNumbers.get(phoneNumber);
  if (holder === undefined) return [];
  return [problem('DUPLICATE', path, `${phoneNumber} is given to ${holder} already; ${email} needs another number.`)];
}

function judgeExtension({ email, extension }: NewUser, facts: UserFacts, claims: Claims): Problem[] {
  if (extension === null) return [];
  const holder = claims.extensions.get(extension);
  if (holder === undefined && !facts.takenExtensions.has(extension)) return [];
  const who = holder ?? 'another user of the customer';
  return [
    problem('EXTENSION_TAKEN', ['extension'], `Extension ${extension} belongs to ${who}; ${email} needs another one.`),
  ];
}
