// Checks of what people type about a user, each value by itself. What users must be for their customer and among each
// other is user-rules.ts's and number-rules.ts's business.

import type { PackageCode } from '../../database/generated/enums.ts';
import { packageOfferings } from '../catalogue/packages.ts';
import { checkEmail, checkExtension, checkPhoneNumber, checkText, note } from '../checks.ts';
import type { Problems } from '../checks.ts';
import type { NewUser } from './values.ts';

export interface PersonForm {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  /** Null was noted by the caller already; the other values are checked all the same. */
  readonly package: PackageCode | null;
}

const maxNameLength = 64;
/** What Webex Calling takes in names of its users (Cisco's help article v71ztb). */
const maxCallingNameLength = 30;
const printableAscii = /^[\x20-\x7e]*$/;
const refusedByCalling = /[%#<>\\/"]/;

export function checkPerson(
  problems: Problems,
  path: readonly string[],
  input: PersonForm,
): Pick<NewUser, 'firstName' | 'lastName' | 'email' | 'package'> | null {
  const includesCalling = input.package !== null && packageOfferings[input.package].includesCalling;
  const firstName = checkName(problems, [...path, 'firstName'], input.firstName, includesCalling);
  const lastName = checkName(problems, [...path, 'lastName'], input.lastName, includesCalling);
  const email = checkEmail(problems, [...path, 'email'], input.email);
  if (firstName === null || lastName === null || email === null || input.package === null) return null;
  return { firstName, lastName, email, package: input.package };
}

/** Empty and missing are the same: null. */
export function checkNumbers(
  problems: Problems,
  path: readonly string[],
  input: { readonly phoneNumber?: string | null | undefined; readonly extension?: string | null | undefined },
): Pick<NewUser, 'phoneNumber' | 'extension'> {
  const phoneNumber = input.phoneNumber?.trim() || null;
  const extension = input.extension?.trim() || null;
  return {
    phoneNumber: phoneNumber && checkPhoneNumber(problems, [...path, 'phoneNumber'], phoneNumber),
    extension: extension && checkExtension(problems, [...path, 'extension'], extension),
  };
}

function checkName(
  problems: Problems,
  path: readonly string[],
  value: string,
  includesCalling: boolean,
): string | null {
  const name = checkText(problems, path, value, includesCalling ? maxCallingNameLength : maxNameLength);
  if (name === null || !includesCalling || (printableAscii.test(name) && !refusedByCalling.test(name))) return name;
  return note(
    problems,
    'INVALID_FORMAT',
    path,
    'Names of users with a calling package are written in plain ASCII, without any of % # < > \\ / ".',
  );
}
