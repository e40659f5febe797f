// A user as the set-up wizard knows one, whether typed by hand or read from a CSV row: each value checked by itself.
// What users must be among each other and for their customer is user-rules.ts's and ../user/'s business.

import type { PackageCode } from '../../database/generated/enums.ts';
import { checkText, textLimits } from '../checks.ts';
import type { Problems } from '../checks.ts';
import { checkNumbers, checkPerson } from '../user/user-checks.ts';
import type { NewUser } from '../user/values.ts';

export interface SetupUserInput {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly package: PackageCode;
  readonly locationName: string;
  readonly phoneNumber?: string | null | undefined;
  readonly extension?: string | null | undefined;
}

/** The e-mail address is unique in the draft. */
export interface SetupUser extends NewUser {
  /** Place in the draft's list of users. */
  readonly position: number;
  readonly locationName: string;
}

/** A package of null was noted by the caller already; the other values are checked all the same. */
export interface SetupUserForm extends Omit<SetupUserInput, 'package'> {
  readonly package: PackageCode | null;
}

export function checkSetupUser(
  problems: Problems,
  path: readonly string[],
  input: SetupUserForm,
  position: number,
): SetupUser | null {
  const before = problems.length;
  const person = checkPerson(problems, path, input);
  const locationName = checkText(problems, [...path, 'locationName'], input.locationName, textLimits.name);
  const numbers = checkNumbers(problems, path, input);
  if (problems.length > before || person === null || locationName === null) return null;
  return { position, ...person, locationName, ...numbers };
}
