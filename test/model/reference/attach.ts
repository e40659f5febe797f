// The reference model of attaching an existing organisation (rules A1 to A13). The organisations of these tests tell all
// about themselves.

import { organizations } from '../organizations.ts';

export interface Attach {
  readonly organizationId: string;
  readonly name: string;
  readonly isTrial: boolean;
  readonly isOwn: boolean;
  readonly hasBasicBranding: boolean;
  readonly needsConsent: boolean;
  readonly access: 'FULL_ADMIN' | 'PROVISIONING_ADMIN';
}

export function attachOf(organizationId: string | null): Attach | null {
  const facts = organizations.find((entry) => entry.organizationId === organizationId);
  if (!facts) return null;
  const isTriggered =
    (facts.userCount ?? 0) >= 100 || facts.hasVerifiedDomain === true || facts.hasClaimedDomain === true;
  const needsConsent = isTriggered && facts.isManagedByWholesalePartner !== true;
  return {
    organizationId: facts.organizationId,
    name: facts.name,
    isTrial: facts.isTrial === true,
    isOwn: facts.isPartnerOwnOrganization === true,
    hasBasicBranding: facts.hasBasicBranding === true,
    needsConsent,
    access: needsConsent || facts.licenseState !== 'ACTIVE' ? 'FULL_ADMIN' : 'PROVISIONING_ADMIN',
  };
}

/** @param typedName null: none was. */
export function attachWarnings(attach: Attach | null, typedName: string | null, isRestricted: boolean): string[] {
  if (attach === null || attach.isTrial) return [];
  return [
    ...(attach.needsConsent && !isRestricted ? ['CONSENT_WILL_BE_REQUIRED'] : []),
    ...(typedName !== null && typedName !== attach.name ? ['COMPANY_NAME_NOT_APPLIED'] : []),
    ...(attach.isOwn ? ['API_ONLY_AFTER_ATTACH'] : []),
  ];
}
