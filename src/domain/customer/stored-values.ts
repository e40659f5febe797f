// A customer draft's values as its row keeps them, to and fro. What is read is parsed: the columns are Json.

import { z } from 'zod';
import { Prisma } from '../../database/generated/client.ts';
import type { CustomerDraft } from '../../database/generated/client.ts';
import { PackageCode } from '../../database/generated/enums.ts';
import type { Address, LocationDetails } from '../address.ts';
import type { OrganizationFacts } from '../directory.ts';
import type { PackageSelection } from './package-rules.ts';
import type { CustomerValues } from './rules.ts';

const storedCandidates = z.array(
  z.object({
    organizationId: z.string(),
    name: z.string(),
    isSuggested: z.boolean(),
    userCount: z.number().nullable(),
    hasVerifiedDomain: z.boolean().nullable(),
    hasClaimedDomain: z.boolean().nullable(),
    isTrial: z.boolean().nullable(),
    isManagedByWholesalePartner: z.boolean().nullable(),
    isPartnerOwnOrganization: z.boolean().nullable(),
    isWholesaleCustomer: z.boolean().nullable(),
    hasBasicBranding: z.boolean().nullable(),
    licenseState: z.enum(['NONE', 'ONLY_SUSPENDED_OR_CANCELLED', 'ACTIVE']).nullable(),
  }),
);

const storedPackages = z.array(z.object({ package: z.enum(PackageCode), limit: z.int().nullable() }));

const storedAddress = z.object({
  addressLine1: z.string(),
  addressLine2: z.string().nullable(),
  city: z.string(),
  stateOrProvince: z.string().nullable(),
  zipOrPostalCode: z.string().nullable(),
  countryCode: z.string(),
});

const storedLocation = z.object({
  name: z.string(),
  address: storedAddress,
  timeZone: z.string(),
  language: z.string(),
  announcementLanguage: z.string().nullable(),
  emergencyLocationIdentifier: z.string().nullable(),
});

/** CustomerDraft.organizationCandidates */
export function parseCandidates(stored: unknown): OrganizationFacts[] {
  return storedCandidates.parse(stored);
}

/** CustomerDraft.packages */
export function parsePackages(stored: unknown): PackageSelection[] {
  return storedPackages.parse(stored);
}

/** CustomerDraft.headquarters */
export function parseHeadquarters(stored: unknown): LocationDetails | null {
  return storedLocation.nullable().parse(stored);
}

/** CustomerDraft.billingAddress */
export function parseBillingAddress(stored: unknown): Address | null {
  return storedAddress.nullable().parse(stored);
}

export function customerValues(draft: CustomerDraft): CustomerValues {
  return {
    adminEmail: draft.adminEmail,
    organizationCandidates: parseCandidates(draft.organizationCandidates),
    organizationId: draft.organizationId,
    companyName: draft.companyName,
    externalId: draft.externalId,
    language: draft.language,
    templateId: draft.templateId,
    subPartnerId: draft.subPartnerId,
    packages: parsePackages(draft.packages),
    headquarters: parseHeadquarters(draft.headquarters),
    billingAddress: parseBillingAddress(draft.billingAddress),
    supportedLocationConfirmed: draft.supportedLocationConfirmed,
  };
}

export function customerColumns(values: CustomerValues) {
  const { headquarters, billingAddress } = values;
  return {
    ...values,
    organizationCandidates: values.organizationCandidates.map((candidate) => ({ ...candidate })),
    packages: values.packages.map((selection) => ({ ...selection })),
    headquarters: headquarters ? { ...headquarters, address: { ...headquarters.address } } : Prisma.DbNull,
    billingAddress: billingAddress ? { ...billingAddress } : Prisma.DbNull,
  } satisfies Prisma.CustomerDraftUncheckedUpdateInput;
}
