// Facts about existing organisations, unremarkable unless told otherwise: they would be attached without asking anybody.

import type { OrganizationFacts } from '../../../../src/domain/directory.ts';

export function organization(facts: Partial<OrganizationFacts> = {}): OrganizationFacts {
  return {
    organizationId: 'org-smallco',
    name: 'Smallco',
    isSuggested: false,
    userCount: 12,
    hasVerifiedDomain: false,
    hasClaimedDomain: false,
    isTrial: false,
    isManagedByWholesalePartner: false,
    isPartnerOwnOrganization: false,
    isWholesaleCustomer: false,
    hasBasicBranding: false,
    licenseState: 'ACTIVE',
    ...facts,
  };
}
