// A user as the set-up wizard knows one, whether typed by hand or read from a CSV row: each value checked by itself.
// What users must be among each other and for their customer is user-rules.ts's and number-rules.ts's business.

import type { PackageCode } from '../../database/generated/enums.ts';
import { packageOfferings } from '../catalogue/packages.ts';
import { checkEmail, checkExtension, checkPhoneNumber, checkText, note, textLimits } from '../checks.ts';
import type { Problems } from '../checks.ts';

export interface SetupUserInput {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly package: PackageCode;
  readonly locationName: string;
  readonly phoneNumber?: string | null | undefined;
  readonly extension?: string | null | undefined;
}

export interface SetupUser {
  /** Place in the draft's list of users. */
  readonly position: number;
  readonly firstName: string;
  readonly lastName: string;
  /** Lower case; unique in the draft. */
  readonly email: string;
  readonly package: PackageCode;
  readonly locationName: string;
  /** E.164 */
  readonly phoneNumber: string | null;
  readonly extension: string | null;
}

/** A package of null was noted by the caller already; the other values are checked all the same. */
export interface SetupUserForm extends Omit<SetupUserInput, 'package'> {
  readonly package: PackageCode | null;
}

const maxNameLength = 64;
/** What Webex Calling takes in names of its users (Cisco's help article v71ztb). */
const maxCallingNameLength = 30;
const printableAscii = /^[\x20-\x7e]*$/;
const refusedByCalling = /[%#<>\\/"]/;

export function checkSetupUser(
  problems: Problems,
  path: readonly string[],
  input: SetupUserForm,
  position: number,
): SetupUser | null {
  const before = problems.length;
  const includesCalling = input.package !== null && packageOfferings[input.package].includesCalling;
  const firstName = checkName(problems, [...path, 'firstName'], input.firstName, includesCalling);
  const lastName = checkName(problems, [...path, 'lastName'], input.lastName, includesCalling);
  const email = checkEmail(problems, [...path, 'email'], input.email);
  const locationName = checkText(problems, [...path, 'locationName'], input.locationName, textLimits.name);
  const { phoneNumber, extension } = checkNumbers(problems, path, input);
  if (problems.length > before || firstName === null || lastName === null || email === null) return null;
  if (locationName === null || input.package === null) return null;
  return { position, firstName, lastName, email, package: input.package, locationName, phoneNumber, extension };
}

/** Empty and missing are the same: null. */
export function checkNumbers(
  problems: Problems,
  path: readonly string[],
  input: { readonly phoneNumber?: string | null | undefined; readonly extension?: string | null | undefined },
): Pick<SetupUser, 'phoneNumber' | 'extension'> {
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
