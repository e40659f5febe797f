// What the platforms differ in: provisioning IDs, organisations that exist already, attach consent, mail. Here the type and the
// answers of the real Webex, whose API offers next to none of it; the sandbox's are in sandbox-extras.ts.

import type { OrganizationFacts, PartnerPlatform, PlatformFacts } from '../port.ts';
import { refusal } from './failures.ts';
import { restPath } from './rest-path.ts';
import type { Rest } from './rest.ts';
import { organizationBody } from './wire.ts';

export type Extras = Pick<
  PartnerPlatform,
  | 'registerTemplate'
  | 'findOrganizations'
  | 'getOrganization'
  | 'requestAttachConsent'
  | 'getAttachConsent'
  | 'resendAttachConsent'
  | 'withdrawAttachConsent'
  | 'answerConsent'
  | 'listMails'
>;

export const webexFacts: PlatformFacts = {
  kind: 'WEBEX',
  issuesProvisioningIds: false,
  assessesAttach: false,
  carriesConsentAnswers: false,
};

export function webexExtras(rest: Rest): Extras {
  const noConsent = async (): Promise<never> => {
    throw refusal(
      "Consent to an attach is asked and answered in Webex itself, by the organisation's administrator; it cannot be carried from here.",
    );
  };
  return {
    registerTemplate: async ({ name }) => {
      throw refusal(
        `Webex issues provisioning IDs in Partner Hub only: create the template "${name}" there and link its provisioning ID here.`,
      );
    },
    findOrganizations: async () => [],
    getOrganization: async (organizationId) => {
      const request = { operation: 'read the organisation', path: restPath`/organizations/${organizationId}` };
      // 403: it exists, but this partner does not manage it.
      const body = await rest.readOrNull(request, organizationBody, [403, 404]);
      return body === null ? null : bareFacts(body.id, body.displayName ?? '');
    },
    requestAttachConsent: noConsent,
    getAttachConsent: noConsent,
    resendAttachConsent: noConsent,
    withdrawAttachConsent: noConsent,
    answerConsent: noConsent,
    listMails: async () => [],
  };
}

function bareFacts(organizationId: string, name: string): OrganizationFacts {
  return {
    organizationId,
    name,
    isSuggested: false,
    userCount: null,
    hasVerifiedDomain: null,
    hasClaimedDomain: null,
    isTrial: null,
    isManagedByWholesalePartner: null,
    isPartnerOwnOrganization: null,
    isWholesaleCustomer: null,
    hasBasicBranding: null,
    licenseState: null,
  };
}
