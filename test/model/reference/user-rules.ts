// The reference model of what a new user must be for its customer and among others of the same form (rules S2 to S10).

import type { PackageCode } from '../../../src/database/generated/enums.ts';
import { isDowngrade, packageFacts } from './facts.ts';
import { note } from './reading.ts';
import type { Note } from './reading.ts';
import { present } from './state.ts';
import type { Customer, Model, WantedUser } from './state.ts';

/** Who of the same form comes first keeps it. */
export interface Earlier {
  readonly emails: readonly string[];
  readonly users: readonly WantedUser[];
}

export function sameName(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}

/** S8 */
export function judgePackage(model: Model, customer: number, code: PackageCode): Note[] {
  if (!packageFacts(code).forUsers) return [note('PACKAGE_NOT_ASSIGNABLE', 'package')];
  return customerOf(model, customer).packages.has(code) ? [] : [note('PACKAGE_NOT_IN_CUSTOMER', 'package')];
}

/** S5 to S8 */
export function judgePackageOf(model: Model, customer: number, email: string, code: PackageCode): Note[] {
  const unfit = judgePackage(model, customer, code);
  if (unfit.length > 0) return unfit;
  const { adminEmail, packages } = customerOf(model, customer);
  const isLess = email === adminEmail && isDowngrade([...packages.keys()], code);
  return isLess ? [note('ADMIN_PACKAGE_DOWNGRADE', 'package')] : [];
}

/** S9: a user of the customer is that first, and only then the second of the form. */
export function judgeEmail(model: Model, customer: number, email: string, earlier: readonly string[]): Note[] {
  const isTaken = model.users.some((user) => user.customer === customer && !user.isGone && user.email === email);
  if (isTaken) return [note('EMAIL_TAKEN', 'email')];
  return earlier.includes(email) ? [note('DUPLICATE', 'email')] : [];
}

/** S3, S4 and S10. @param location null: where the user is to be is open, or wrong itself. */
export function judgeNumbers(
  model: Model,
  customer: number,
  user: Pick<WantedUser, 'package' | 'location' | 'phoneNumber' | 'extension'>,
  earlier: readonly WantedUser[],
): Note[] {
  const { phoneNumber, extension } = user;
  if (!packageFacts(user.package).calling) {
    return [
      ...(phoneNumber === null ? [] : [note('NUMBER_NOT_ALLOWED', 'phoneNumber')]),
      ...(extension === null ? [] : [note('NUMBER_NOT_ALLOWED', 'extension')]),
    ];
  }
  const isExtensionTaken =
    extension !== null &&
    (earlier.some((other) => other.extension === extension) ||
      model.users.some((other) => other.customer === customer && !other.isGone && other.extension === extension));
  return [
    ...judgePhoneNumber(model, customer, user, earlier),
    ...(isExtensionTaken ? [note('EXTENSION_TAKEN', 'extension')] : []),
  ];
}

function judgePhoneNumber(
  model: Model,
  customer: number,
  { phoneNumber, location }: Pick<WantedUser, 'location' | 'phoneNumber'>,
  earlier: readonly WantedUser[],
): Note[] {
  if (phoneNumber === null) return [];
  const known = model.numbers.find(({ number }) => number === phoneNumber);
  if (known) {
    const isFree = known.customer === customer && known.user === null;
    const isHere = location === null || sameName(known.location, location);
    if (!isFree || !isHere) return [note('NUMBER_UNAVAILABLE', 'phoneNumber')];
  }
  const isClaimed = earlier.some((other) => other.phoneNumber === phoneNumber);
  return isClaimed ? [note('DUPLICATE', 'phoneNumber')] : [];
}

/** C7 and S8: whether so many more users may have the package. */
export function exceedsLimit(model: Model, customer: number, code: PackageCode, more: number): boolean {
  const limit = customerOf(model, customer).packages.get(code)?.limit ?? null;
  const have = model.users.filter((user) => user.customer === customer && !user.isGone && user.package === code).length;
  return limit !== null && have + more > limit;
}

export function lacksNumber(user: Pick<WantedUser, 'package' | 'phoneNumber' | 'extension'>): boolean {
  return packageFacts(user.package).calling && user.phoneNumber === null && user.extension === null;
}

export function customerOf(model: Model, customer: number): Customer {
  return present(model.customers[customer]);
}

export function below(path: string, notes: readonly Note[]): Note[] {
  return notes.map((found) => found.replace(/ /, ` ${path}.`));
}

/** A12 does not forbid it, S1 does while the customer itself is changing. */
export function judgeServed(model: Model, customer: number, field: string): Note[] {
  const { status } = customerOf(model, customer);
  const kinds = ['CREATE_CUSTOMER', 'ATTACH_CUSTOMER', 'UPDATE_CUSTOMER', 'DETACH_CUSTOMER'];
  const isProvisioned = ['PROVISIONED', 'PROVISIONED_WITH_ERRORS'].includes(status);
  const isChanging = model.operations.some(
    (operation) =>
      operation.customer === customer &&
      kinds.includes(operation.kind) &&
      !['SUCCEEDED', 'PARTIALLY_SUCCEEDED', 'FAILED', 'CANCELLED'].includes(operation.status),
  );
  if (['UPDATING', 'DELETING'].includes(status) || (isProvisioned && isChanging)) return [note('CUSTOMER_BUSY', field)];
  return isProvisioned ? [] : [note('CUSTOMER_NOT_PROVISIONED', field)];
}
