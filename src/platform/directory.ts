// The questions a waiting person's request asks of the platform, by partner. The domain names the interface it needs;
// this is the platform's side of it.

import type {
  ConsentAnswerResult,
  CreateCustomerRequest,
  OrganizationFacts,
  PartnerPlatform,
  Platform,
  PlatformFacts,
  PlatformMail,
  TemplateRegistration,
} from './port.ts';

export interface Directory {
  readonly facts: PlatformFacts;
  isAway(): boolean;
  registerTemplate(
    partnerSlug: string,
    registration: TemplateRegistration,
  ): Promise<{ readonly provisioningId: string }>;
  findOrganizations(partnerSlug: string, adminEmail: string): Promise<readonly OrganizationFacts[]>;
  getOrganization(partnerSlug: string, organizationId: string): Promise<OrganizationFacts | null>;
  precheckCustomer(
    partnerSlug: string,
    request: CreateCustomerRequest & { readonly onBehalfOf: string | null },
  ): Promise<void>;
  answerConsent(partnerSlug: string, token: string, decision: 'APPROVE' | 'DECLINE'): Promise<ConsentAnswerResult>;
  resendAttachConsent(partnerSlug: string, consentId: string): Promise<'SENT' | 'CLOSED'>;
  withdrawAttachConsent(partnerSlug: string, consentId: string): Promise<void>;
  resendUserConsent(partnerSlug: string, userPlatformId: string): Promise<void>;
  listMails(partnerSlug: string, to: string | null): Promise<readonly PlatformMail[]>;
}

export function createDirectory(platform: Platform): Directory {
  const of = (slug: string) => platform.forPartner({ slug });
  return {
    facts: platform.facts,
    isAway: () => platform.isAway(),
    registerTemplate: (slug, registration) => of(slug).registerTemplate(registration),
    findOrganizations: (slug, adminEmail) => of(slug).findOrganizations(adminEmail),
    getOrganization: (slug, organizationId) => of(slug).getOrganization(organizationId),
    precheckCustomer: (slug, { onBehalfOf, ...request }) =>
      platform.forPartner({ slug, onBehalfOf }).precheckCustomer(request),
    answerConsent: (slug, token, decision) => of(slug).answerConsent(token, decision),
    resendAttachConsent: (slug, consentId) => resendConsent(of(slug), consentId),
    async withdrawAttachConsent(slug, consentId) {
      await of(slug).withdrawAttachConsent(consentId);
    },
    resendUserConsent: (slug, userPlatformId) => of(slug).resendUserConsent(userPlatformId),
    listMails: (slug, to) => of(slug).listMails(to),
  };
}

async function resendConsent(platform: PartnerPlatform, consentId: string): Promise<'SENT' | 'CLOSED'> {
  const consent = await platform.getAttachConsent(consentId);
  if (consent === null) return 'SENT';
  if (consent.status !== 'PENDING') return 'CLOSED';
  await platform.resendAttachConsent(consentId);
  return 'SENT';
}
