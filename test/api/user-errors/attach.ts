// What attaching to an existing organisation, and the consent to it, is refused for.

import * as documents from '../../generated/graphql.ts';
import { accepted, createTemplate, present } from '../../support/story.ts';
import { waitFor } from '../../support/wait-for.ts';
import type { Refusals, World } from './world.ts';

async function attach(world: World, adminEmail: string, wishes: Partial<documents.ProvisionCustomerInput> = {}) {
  const organizationId = await world.organizationOf(adminEmail);
  return world.provisionCustomer({ organizationId, customerInformation: null, ...wishes });
}

async function respond({ api }: World, token: string) {
  const input: documents.RespondToAttachConsentInput = { token, decision: 'DECLINE' };
  return (await api.run(documents.RespondToAttachConsentDocument, { input })).respondToAttachConsent;
}

export const attachRefusals = {
  ORGANIZATION_NOT_FOUND: {
    path: 'organizationId',
    ask: ({ provisionCustomer }) => provisionCustomer({ organizationId: 'nowhere' }),
  },
  ORGANIZATION_ALREADY_WHOLESALE: {
    path: 'organizationId',
    ask: (world) => attach(world, 'admin@already.example'),
  },
  TRIAL_ORGANIZATION: {
    path: 'organizationId',
    ask: (world) => attach(world, 'admin@trial.example'),
  },
  INVITE_EMAILS_RESTRICTED: {
    path: 'provisioningId',
    async ask(world) {
      const template = await createTemplate(world.api, 'No mails', { restrictAdminInviteEmails: true });
      return attach(world, 'admin@hundred.example', { provisioningId: present(template.provisioningId) });
    },
  },
  CONSENT_TOKEN_INVALID: {
    path: 'token',
    ask: (world) => respond(world, 'nonsense'),
  },
  CONSENT_CLOSED: {
    path: 'token',
    async ask(world) {
      const to = 'admin@verified.example';
      accepted(await attach(world, to));
      const token = await waitFor(async () => (await world.gateway.sandbox.mails(to))[0]?.consentToken);
      accepted(await respond(world, token));
      return respond(world, token);
    },
  },
  PARTNER_OWN_ORGANIZATION_API_ONLY: {
    path: 'customerId',
    async ask({ api, createCustomer, organizationOf }) {
      const organizationId = await organizationOf('admin@own.example');
      const { id: customerId } = await createCustomer({ organizationId, customerInformation: null });
      return (await api.run(documents.StartSetupDraftDocument, { input: { customerId } })).startSetupDraft;
    },
  },
} satisfies Refusals;
