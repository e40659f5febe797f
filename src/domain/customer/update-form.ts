// What updateCustomer is given, read and judged as far as the form alone allows.

import { checkAddress, checkLocation } from '../address.ts';
import type { Address, AddressInput, LocationDetails, LocationInput } from '../address.ts';
import { checkText, note, textLimits } from '../checks.ts';
import type { Problems } from '../checks.ts';
import { judgePackages, readPackages } from './package-rules.ts';
import type { PackageSelection, PackageSelectionInput } from './package-rules.ts';

export interface UpdateCustomerInput {
  readonly idempotencyKey: string;
  readonly customerId: string;
  /** The complete list: a package that is missing from it is removed. */
  readonly packages?: readonly PackageSelectionInput[] | null | undefined;
  readonly externalId?: string | null | undefined;
  readonly billingAddress?: AddressInput | null | undefined;
  /** Needed with the first calling package of a customer that has no headquarters. */
  readonly headquarters?: LocationInput | null | undefined;
  /** True: everything but the effect. */
  readonly validateOnly?: boolean | null | undefined;
}

/** Null: stays as it is. */
export interface UpdateForm {
  readonly customerId: string;
  readonly packages: readonly PackageSelection[] | null;
  readonly externalId: string | null;
  readonly billingAddress: Address | null;
  readonly headquarters: LocationDetails | null;
  /** Whether it is to have a headquarters, readable or not. */
  readonly isHeadquartersGiven: boolean;
}

export function readUpdateForm(problems: Problems, input: UpdateCustomerInput): UpdateForm {
  const packages = input.packages ? readPackages(input.packages) : null;
  if (packages) problems.push(...judgePackages(packages));
  const given = [input.packages, input.externalId, input.billingAddress, input.headquarters];
  if (given.every((value) => value === null || value === undefined)) {
    note(problems, 'REQUIRED', [], 'Nothing is to be changed: give packages, externalId or billingAddress.');
  }
  return {
    customerId: input.customerId,
    packages,
    externalId:
      typeof input.externalId === 'string'
        ? checkText(problems, ['externalId'], input.externalId, textLimits.externalId)
        : null,
    billingAddress: input.billingAddress ? checkAddress(problems, ['billingAddress'], input.billingAddress) : null,
    headquarters: input.headquarters ? checkLocation(problems, ['headquarters'], input.headquarters) : null,
    isHeadquartersGiven: Boolean(input.headquarters),
  };
}
