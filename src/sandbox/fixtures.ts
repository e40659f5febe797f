// What exists before anybody asks for anything: the partners, the organisations that can be attached, the sub-partners, the roles.

import { fixedId } from './ids.ts';
import type { Database } from './state.ts';

export const partners = {
  acme: { name: 'Acme Telecom' },
  nordic: { name: 'Nordic Voice' },
  pacific: { name: 'Pacific Connect' },
} as const;
export type PartnerSlug = keyof typeof partners;

export function isPartner(slug: string): slug is PartnerSlug {
  return Object.hasOwn(partners, slug);
}

export type LicenseState = 'NONE' | 'ONLY_SUSPENDED_OR_CANCELLED' | 'ACTIVE';

interface ExistingOrganization {
  readonly name: string;
  readonly adminEmail: string;
  readonly userCount: number;
  readonly licenseState?: LicenseState;
  readonly otherAdmins?: number;
  readonly isSuggested?: false;
  readonly hasVerifiedDomain?: true;
  readonly hasClaimedDomain?: true;
  readonly isTrial?: true;
  readonly isManaged?: true;
  readonly isOwn?: true;
  readonly isWholesale?: true;
  readonly hasBasicBranding?: true;
}

const owner: PartnerSlug = 'acme';
const since = Date.UTC(2021, 2, 1);

const existingOrganizations: readonly ExistingOrganization[] = [
  { name: 'Smallco', adminEmail: 'admin@smallco.example', userCount: 12 },
  { name: 'Nolicence', adminEmail: 'admin@nolicence.example', userCount: 8, licenseState: 'NONE' },
  { name: 'Lapsed', adminEmail: 'admin@lapsed.example', userCount: 20, licenseState: 'ONLY_SUSPENDED_OR_CANCELLED' },
  { name: 'Ninetynine', adminEmail: 'admin@ninetynine.example', userCount: 99 },
  // More other administrators than a consent mail goes to.
  { name: 'Hundred', adminEmail: 'admin@hundred.example', userCount: 100, otherAdmins: 7 },
  { name: 'Verified', adminEmail: 'admin@verified.example', userCount: 5, hasVerifiedDomain: true, otherAdmins: 2 },
  {
    name: 'Claimed',
    adminEmail: 'admin@claimed.example',
    userCount: 5,
    hasVerifiedDomain: true,
    hasClaimedDomain: true,
  },
  { name: 'Managed', adminEmail: 'admin@managed.example', userCount: 500, hasVerifiedDomain: true, isManaged: true },
  { name: 'Trial', adminEmail: 'admin@trial.example', userCount: 10, isTrial: true },
  { name: 'Already', adminEmail: 'admin@already.example', userCount: 30, isManaged: true, isWholesale: true },
  { name: partners.acme.name, adminEmail: 'admin@own.example', userCount: 40, isOwn: true },
  { name: 'Branded', adminEmail: 'admin@branded.example', userCount: 15, hasBasicBranding: true },
  { name: 'Several One', adminEmail: 'admin@several.example', userCount: 7, isSuggested: false },
  { name: 'Several Two', adminEmail: 'admin@several.example', userCount: 7 },
  { name: 'Several Three', adminEmail: 'admin@several.example', userCount: 7, isSuggested: false },
];

export interface SubPartner {
  readonly orgId: string;
  readonly subscriptionId: string;
  readonly provisioningState: 'active' | 'suspended';
  readonly created: string;
  readonly billingStartDate: string;
}

const subPartners: Readonly<Record<PartnerSlug, readonly SubPartner[]>> = {
  acme: [subPartner('Acme Reseller', 'active'), subPartner('Acme Former Reseller', 'suspended')],
  nordic: [],
  pacific: [],
};

export function subPartnersOf(partner: PartnerSlug): readonly SubPartner[] {
  return subPartners[partner];
}

export const roles = [
  'Full Administrator',
  'Read-only Administrator',
  'Support Administrator',
  'User and Device Administrator',
  'Device Administrator',
  'Compliance Officer',
  'Location Administrator',
  'Advanced Troubleshooting Access',
].map((name) => ({ id: fixedId('ROLE', name), name }));

export const fullAdminRole = fixedId('ROLE', 'Full Administrator');

/** Adds what is missing, so that a row a person deleted comes back at the next start. */
export async function addFixtures(db: Database): Promise<void> {
  for (const organization of existingOrganizations) {
    const id = fixedId('ORGANIZATION', organization.name);
    const { name, adminEmail } = organization;
    const domain = adminEmail.slice(adminEmail.indexOf('@'));
    const otherAdmins = Array.from(
      { length: organization.otherAdmins ?? 0 },
      (_, index) => `admin${index + 2}${domain}`,
    );
    await db.query(
      `insert into sandbox.organizations (id, partner, name, admin_email, other_admins, created_at, is_existing, is_suggested,
         user_count, has_verified_domain, has_claimed_domain, is_trial, is_managed, is_own, is_wholesale, has_basic_branding,
         license_state)
       values ($1, $2, $3, $4, $5, $6, true, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) on conflict (id) do nothing`,
      [
        id,
        owner,
        name,
        adminEmail,
        otherAdmins,
        since,
        organization.isSuggested ?? true,
        organization.userCount,
        organization.hasVerifiedDomain ?? false,
        organization.hasClaimedDomain ?? false,
        organization.isTrial ?? false,
        organization.isManaged ?? false,
        organization.isOwn ?? false,
        organization.isWholesale ?? false,
        organization.hasBasicBranding ?? false,
        organization.licenseState ?? 'ACTIVE',
      ],
    );
  }
}

function subPartner(name: string, provisioningState: SubPartner['provisioningState']): SubPartner {
  return {
    orgId: fixedId('ORGANIZATION', name),
    subscriptionId: 'Sub23452345',
    provisioningState,
    created: '2023-02-16T14:10:18.855Z',
    billingStartDate: '2023-02-22T13:43:41.117Z',
  };
}
