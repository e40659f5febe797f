// Organisations that exist on the platform of these tests. One person administers them all; others administer none.

import type { OrganizationFacts } from '../../src/domain/directory.ts';

export const theirAdmin = 'several@orgs.example';

const small: OrganizationFacts = {
  organizationId: 'org-small',
  name: 'Smallco',
  isSuggested: false,
  userCount: 99,
  hasVerifiedDomain: false,
  hasClaimedDomain: false,
  isTrial: false,
  isManagedByWholesalePartner: false,
  isPartnerOwnOrganization: false,
  isWholesaleCustomer: false,
  hasBasicBranding: false,
  licenseState: 'ACTIVE',
};

export const organizations: readonly OrganizationFacts[] = [
  small,
  { ...small, organizationId: 'org-big', name: 'Bigco', userCount: 100, isSuggested: true },
  { ...small, organizationId: 'org-managed', name: 'Managed', userCount: 5_000, isManagedByWholesalePartner: true },
  { ...small, organizationId: 'org-own', name: 'Ourselves', isPartnerOwnOrganization: true, hasBasicBranding: true },
  { ...small, organizationId: 'org-empty', name: 'Empty', hasClaimedDomain: true, licenseState: 'NONE' },
  { ...small, organizationId: 'org-trial', name: 'Trial', isTrial: true },
];
