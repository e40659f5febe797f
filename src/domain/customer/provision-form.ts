// What provisionCustomer is given, read and judged as far as the form alone allows.

import { checkAddress, checkLocation } from '../address.ts';
import type { Address, AddressInput, LocationDetails, LocationInput } from '../address.ts';
import { checkEmail, checkText, checkTimeZone, note, textLimits } from '../checks.ts';
import type { Problems } from '../checks.ts';
import { checkCompanyName, checkCustomerLanguage } from './customer-checks.ts';
import { includesCalling, judgeHeadquartersAddress, judgePackages, readPackages } from './package-rules.ts';
import type { PackageSelection, PackageSelectionInput } from './package-rules.ts';

export interface CustomerInformationInput {
  readonly companyName: string;
  readonly adminEmail: string;
  readonly language?: string | null | undefined;
}

export interface ProvisionCustomerInput {
  readonly idempotencyKey: string;
  readonly provisioningId: string;
  readonly externalId: string;
  readonly packages: readonly PackageSelectionInput[];
  readonly billingAddress: AddressInput;
  /** An existing organisation: attach. */
  readonly organizationId?: string | null | undefined;
  /** Required for a new organisation. */
  readonly customerInformation?: CustomerInformationInput | null | undefined;
  /** Required with a calling package. */
  readonly headquarters?: LocationInput | null | undefined;
  readonly meetingsTimeZone?: string | null | undefined;
  /** On whose behalf; left out: the partner itself sells to it. */
  readonly subPartnerId?: string | null | undefined;
  /** True: everything but the effect. */
  readonly validateOnly?: boolean | null | undefined;
}

/** Null: not given, or noted as a problem. */
export interface ProvisionForm {
  readonly provisioningId: string | null;
  readonly externalId: string | null;
  readonly packages: readonly PackageSelection[];
  readonly billingAddress: Address | null;
  readonly organizationId: string | null;
  readonly companyName: string | null;
  readonly adminEmail: string | null;
  readonly language: string | null;
  readonly headquarters: LocationDetails | null;
  readonly meetingsTimeZone: string | null;
  readonly subPartnerId: string | null;
}

export function readProvisionForm(problems: Problems, input: ProvisionCustomerInput): ProvisionForm {
  const given = input.organizationId ?? null;
  const organizationId = given === null ? null : checkText(problems, ['organizationId'], given, textLimits.identifier);
  if (given === null && !input.customerInformation) {
    note(
      problems,
      'REQUIRED',
      ['customerInformation'],
      'A new organisation needs a company name and an administrator.',
    );
  }
  const packages = readPackages(input.packages);
  problems.push(...judgePackages(packages));
  return {
    provisioningId: checkText(problems, ['provisioningId'], input.provisioningId, textLimits.identifier),
    externalId: checkText(problems, ['externalId'], input.externalId, textLimits.externalId),
    packages,
    billingAddress: checkAddress(problems, ['billingAddress'], input.billingAddress),
    organizationId,
    ...readInformation(problems, input.customerInformation),
    headquarters: readHeadquarters(problems, input.headquarters, packages),
    meetingsTimeZone: input.meetingsTimeZone
      ? checkTimeZone(problems, ['meetingsTimeZone'], input.meetingsTimeZone)
      : null,
    subPartnerId: input.subPartnerId ?? null,
  };
}

function readInformation(problems: Problems, input: ProvisionCustomerInput['customerInformation']) {
  if (!input) return { companyName: null, adminEmail: null, language: null };
  const path = 'customerInformation';
  return {
    companyName: checkCompanyName(problems, [path, 'companyName'], input.companyName),
    adminEmail: checkEmail(problems, [path, 'adminEmail'], input.adminEmail),
    language: checkCustomerLanguage(problems, [path, 'language'], input.language),
  };
}

/** C5: telephony needs a location. */
function readHeadquarters(
  problems: Problems,
  input: ProvisionCustomerInput['headquarters'],
  packages: readonly PackageSelection[],
): LocationDetails | null {
  const path = ['headquarters'];
  if (!input) {
    if (!includesCalling(packages)) return null;
    return note(problems, 'CALLING_LOCATION_REQUIRED', path, 'A calling package needs a headquarters location.');
  }
  const headquarters = checkLocation(problems, path, input);
  if (headquarters) problems.push(...judgeHeadquartersAddress(packages, headquarters, [...path, 'address']));
  return headquarters;
}
