// What only the sandbox offers, under its own /sandbox: templates that get a provisioning ID, organisations, consent, a mailbox.

import { z } from 'zod';
import { PlatformFailure } from '../failure.ts';
import type { PlatformFacts } from '../port.ts';
import type { Extras } from './extras.ts';
import { restPath } from './rest-path.ts';
import type { Rest } from './rest.ts';

export const sandboxFacts: PlatformFacts = {
  kind: 'SANDBOX',
  issuesProvisioningIds: true,
  assessesAttach: true,
  carriesConsentAnswers: true,
};

const moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const provisioned = z.object({ provisioningId: z.string().min(1) });
const organization = z.object({
  organizationId: z.string().min(1),
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
});
const consent = z.object({
  consentId: z.string(),
  status: z.enum(['PENDING', 'APPROVED', 'DECLINED', 'WITHDRAWN']),
  sentTo: z.array(z.string()),
  decidedAt: moment.nullable(),
});
const consentAnswer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ATTACH'), consentId: z.string() }),
  z.object({ kind: z.literal('USER'), subscriberId: z.string() }),
]);
const mail = z.object({
  to: z.string(),
  subject: z.string(),
  body: z.string(),
  consentToken: z.string().nullable(),
  sentAt: moment,
});

/** @param rest rooted at the sandbox's origin, not at its REST base. */
export function sandboxExtras(rest: Rest): Extras {
  return {
    async registerTemplate({ countryCode, ...template }) {
      const body = { ...template, country: countryCode };
      const path = restPath`/sandbox/templates`;
      return rest.sendFor(
        { operation: 'register the template', effect: 'write', method: 'POST', path, body },
        provisioned,
      );
    },

    async findOrganizations(adminEmail) {
      const path = restPath`/sandbox/organizations`;
      const found = await rest.readAll(
        { operation: 'look up organisations', path, query: { adminEmail } },
        organization,
      );
      return found.toSorted((left, right) => Number(right.isSuggested) - Number(left.isSuggested));
    },

    getOrganization: async (organizationId) =>
      rest.readOrNull(
        { operation: 'read the organisation', path: restPath`/sandbox/organizations/${organizationId}` },
        organization,
      ),

    requestAttachConsent: async (body) =>
      rest.sendFor(
        { operation: 'ask for consent', effect: 'write', method: 'POST', path: restPath`/sandbox/consents`, body },
        consent,
      ),

    getAttachConsent: async (consentId) =>
      rest.readOrNull({ operation: 'read the consent', path: restPath`/sandbox/consents/${consentId}` }, consent),

    async resendAttachConsent(consentId) {
      const path = restPath`/sandbox/consents/${consentId}/resend`;
      await rest.send({ operation: 'send the consent mail again', effect: 'write', method: 'POST', path });
    },

    async withdrawAttachConsent(consentId) {
      const path = restPath`/sandbox/consents/${consentId}/withdraw`;
      return rest.sendFor(
        { operation: 'withdraw the consent request', effect: 'write', method: 'POST', path },
        consent,
      );
    },

    async answerConsent(token, decision) {
      const path = restPath`/sandbox/consent-answers`;
      const body = { token, decision };
      try {
        const request = { operation: 'answer the consent mail', effect: 'write', method: 'POST', path, body } as const;
        const answer = await rest.sendFor(request, consentAnswer);
        return answer.kind === 'ATTACH' ? answer : { kind: 'USER', userPlatformId: answer.subscriberId };
      } catch (error) {
        if (error instanceof PlatformFailure && error.status === 404) return { kind: 'INVALID_TOKEN' };
        if (error instanceof PlatformFailure && error.status === 409) return { kind: 'CLOSED' };
        throw error;
      }
    },

    async listMails(to) {
      const path = restPath`/sandbox/mails`;
      const mails = await rest.readAll({ operation: 'read the mailbox', path, query: { to: to ?? undefined } }, mail);
      return mails.toSorted((left, right) => right.sentAt.getTime() - left.sentAt.getTime());
    },
  };
}
