// The questions a waiting person's request asks of the platform, by partner. The domain names the interface it needs;
// this is the platform's side of it.

import type { OrganizationFacts, Platform, PlatformFacts, PlatformMail, TemplateRegistration } from './port.ts';

export interface Directory {
  readonly facts: PlatformFacts;
  registerTemplate(
    partnerSlug: string,
    registration: TemplateRegistration,
  ): Promise<{ readonly provisioningId: string }>;
  findOrganizations(partnerSlug: string, adminEmail: string): Promise<readonly OrganizationFacts[]>;
  getOrganization(partnerSlug: string, organizationId: string): Promise<OrganizationFacts | null>;
  resendUserConsent(partnerSlug: string, userPlatformId: string): Promise<void>;
  listMails(partnerSlug: string, to: string | null): Promise<readonly PlatformMail[]>;
}

export function createDirectory(platform: Platform): Directory {
  const of = (slug: string) => platform.forPartner({ slug });
  return {
    facts: platform.facts,
    registerTemplate: (slug, registration) => of(slug).registerTemplate(registration),
    findOrganizations: (slug, adminEmail) => of(slug).findOrganizations(adminEmail),
    getOrganization: (slug, organizationId) => of(slug).getOrganization(organizationId),
    resendUserConsent: (slug, userPlatformId) => of(slug).resendUserConsent(userPlatformId),
    listMails: (slug, to) => of(slug).listMails(to),
  };
}
