// The create-customer wizard's saves, one a screen: read the form, judge it, store it.

import { randomUUID } from 'node:crypto';
import { checkAddress, checkLocation } from '../address.ts';
import type { AddressInput, LocationInput } from '../address.ts';
import { checkEmail, checkOptionalText, textLimits } from '../checks.ts';
import type { Problems } from '../checks.ts';
import type { DomainContext } from '../context.ts';
import type { DraftReference } from '../draft/lifecycle.ts';
import type { Outcome } from '../outcome.ts';
import type { Viewer } from '../viewer.ts';
import { checkCompanyName, checkCustomerLanguage } from './customer-checks.ts';
import { saveCustomerStep } from './draft.ts';
import type { DraftOutcome, StepForm } from './draft.ts';
import { judgePackages, readPackages } from './package-rules.ts';
import type { PackageSelectionInput } from './package-rules.ts';
import { judgeHeadquarters, judgeInformation, judgeOrganization } from './rules.ts';

export interface OrganizationInput extends DraftReference {
  /** Missing: a new organisation. */
  readonly organizationId?: string | null | undefined;
}

export function chooseCustomerOrganization(
  context: DomainContext,
  viewer: Viewer,
  input: OrganizationInput,
): Promise<Outcome<DraftOutcome>> {
  const organizationId = input.organizationId ?? null;
  const form: StepForm = { problems: [], apply: (stored) => ({ ...stored, organizationId }) };
  return saveCustomerStep(context, viewer, input, 'ORGANIZATION', form, judgeOrganization);
}

export interface InformationInput extends DraftReference {
  readonly companyName: string;
  readonly templateId: string;
  /** Missing: the one the draft has. */
  readonly adminEmail?: string | null | undefined;
  /** Missing: the one the draft has, or a new one. */
  readonly externalId?: string | null | undefined;
  readonly language?: string | null | undefined;
  /** Missing: the partner itself sells to it. */
  readonly subPartnerId?: string | null | undefined;
}

export function saveCustomerInformation(
  context: DomainContext,
  viewer: Viewer,
  input: InformationInput,
): Promise<Outcome<DraftOutcome>> {
  const problems: Problems = [];
  const companyName = checkCompanyName(problems, ['companyName'], input.companyName);
  const adminEmail = input.adminEmail ? checkEmail(problems, ['adminEmail'], input.adminEmail) : null;
  const before = problems.length;
  const externalId = checkOptionalText(problems, ['externalId'], input.externalId, textLimits.externalId);
  // Whether somebody else has the draft's own one does not matter then: it is another that was typed.
  const isExternalIdUnreadable = problems.length > before;
  const language = checkCustomerLanguage(problems, ['language'], input.language);
  const form: StepForm = {
    problems,
    apply: (stored) => ({
      ...stored,
      companyName,
      language,
      templateId: input.templateId,
      subPartnerId: input.subPartnerId ?? null,
      adminEmail: adminEmail ?? stored.adminEmail,
      externalId: isExternalIdUnreadable ? null : (externalId ?? stored.externalId ?? randomUUID()),
    }),
  };
  return saveCustomerStep(context, viewer, input, 'INFORMATION', form, judgeInformation);
}

export interface PackagesInput extends DraftReference {
  readonly packages: readonly PackageSelectionInput[];
}

export function saveCustomerPackages(
  context: DomainContext,
  viewer: Viewer,
  input: PackagesInput,
): Promise<Outcome<DraftOutcome>> {
  const packages = readPackages(input.packages);
  const form: StepForm = { problems: [], apply: (stored) => ({ ...stored, packages }) };
  return saveCustomerStep(context, viewer, input, 'PACKAGES', form, (values) => judgePackages(values.packages));
}

export interface HeadquartersInput extends DraftReference {
  readonly location: LocationInput;
  /** Missing: the headquarters' address. */
  readonly billingAddress?: AddressInput | null | undefined;
  readonly supportedLocationConfirmed: boolean;
}

export function saveCustomerHeadquarters(
  context: DomainContext,
  viewer: Viewer,
  input: HeadquartersInput,
): Promise<Outcome<DraftOutcome>> {
  const problems: Problems = [];
  const headquarters = checkLocation(problems, ['location'], input.location);
  const billingAddress = input.billingAddress
    ? checkAddress(problems, ['billingAddress'], input.billingAddress)
    : (headquarters?.address ?? null);
  const { supportedLocationConfirmed } = input;
  const form: StepForm = {
    problems,
    apply: (stored) => ({ ...stored, headquarters, billingAddress, supportedLocationConfirmed }),
  };
  return saveCustomerStep(context, viewer, input, 'HEADQUARTERS', form, judgeHeadquarters);
}
