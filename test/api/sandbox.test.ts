// What a person who explores can rely on, through the gateway: the partners and what they start with, and the organisations that
// are found by the administrator's e-mail.

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as documents from '../generated/graphql.ts';
import type { ApiClient } from '../support/api-client.ts';
import { startGateway } from '../support/gateway.ts';
import type { Gateway } from '../support/gateway.ts';
import { accepted, createTemplate, place, present, untilEnded } from '../support/story.ts';

let gateway: Gateway;
let api: ApiClient;
beforeAll(async () => {
  gateway = await startGateway({ seed: 'demo' });
  api = await gateway.client();
});
afterAll(async () => {
  await gateway.close();
});

describe('the first query of a partner', () => {
  it.each([
    ['acme', 'Acme Telecom', 'US', 2, 2],
    ['nordic', 'Nordic Voice', 'EU', 1, 1],
    ['pacific', 'Pacific Connect', 'AUSTRALIA', 1, 1],
  ])(
    '%s shows a template and two customers with locations and users',
    async (slug, name, region, admins, contracts) => {
      const client = await gateway.client(slug);
      const { viewer, templates, customers } = await client.run(documents.FirstQueryDocument, {});
      const partner = present(viewer?.partner);
      expect([partner.name, partner.dataRegion]).toEqual([name, region]);
      expect(partner.serviceProviderAdmins).toHaveLength(admins);
      expect(partner.wholesaleSubscriptions).toHaveLength(contracts);
      expect(templates.nodes).toEqual([{ status: 'ACTIVE' }]);
      expect(customers.nodes.map(({ status }) => status)).toEqual(['PROVISIONED', 'PROVISIONED']);
      for (const { locations, users } of customers.nodes) {
        expect(locations.nodes.length).toBeGreaterThan(1);
        expect(users.nodes.length).toBeGreaterThan(1);
        for (const { status } of [...locations.nodes, ...users.nodes]) expect(status).toBe('PROVISIONED');
      }
    },
  );
});

async function startWizard(adminEmail: string) {
  const { startCustomerDraft } = await api.run(documents.StartCustomerDraftDocument, { input: { adminEmail } });
  return present(accepted(startCustomerDraft).draft);
}

async function choose(draftId: string, organizationId: string) {
  const input = { draftId, organizationId };
  return (await api.run(documents.ChooseCustomerOrganizationDocument, { input })).chooseCustomerOrganization;
}

const automatic = { outcome: 'AUTO_ATTACH', consentReasons: [], refusalCode: null } as const;
const limited = { ...automatic, resultingAccess: 'PROVISIONING_ADMIN' } as const;
const full = { ...automatic, resultingAccess: 'FULL_ADMIN' } as const;
const consent = (...consentReasons: documents.ConsentReason[]) =>
  ({ outcome: 'CONSENT_REQUIRED', consentReasons, refusalCode: null, resultingAccess: 'FULL_ADMIN' }) as const;

describe('organisations by the e-mail of the administrator', () => {
  it.each<[string, string, object]>([
    ['admin@smallco.example', 'Smallco', limited],
    ['admin@nolicence.example', 'Nolicence', full],
    ['admin@lapsed.example', 'Lapsed', full],
    ['admin@ninetynine.example', 'Ninetynine', limited],
    ['admin@hundred.example', 'Hundred', consent('HUNDRED_OR_MORE_USERS')],
    ['admin@verified.example', 'Verified', consent('VERIFIED_DOMAIN')],
    ['admin@claimed.example', 'Claimed', consent('VERIFIED_DOMAIN', 'CLAIMED_DOMAIN')],
    ['admin@managed.example', 'Managed', limited],
    ['admin@own.example', 'Acme Telecom', limited],
    ['admin@branded.example', 'Branded', limited],
  ])('%s: %s', async (adminEmail, name, outcome) => {
    const draft = await startWizard(adminEmail);
    expect(draft.organizationCandidates).toMatchObject([{ name, isSuggested: true }]);
    const chosen = accepted(await choose(draft.id, present(draft.organizationCandidates[0]).organizationId));
    expect(chosen.draft).toMatchObject({ organization: { name }, attachAssessment: outcome });
  });

  it.each([
    ['admin@trial.example', 'Trial', 'TRIAL_ORGANIZATION'],
    ['admin@already.example', 'Already', 'ORGANIZATION_ALREADY_WHOLESALE'],
  ])('%s: %s, refused with %s', async (adminEmail, name, code) => {
    const draft = await startWizard(adminEmail);
    expect(draft.organizationCandidates).toMatchObject([{ name }]);
    const refused = await choose(draft.id, present(draft.organizationCandidates[0]).organizationId);
    expect(refused?.userErrors).toMatchObject([{ code, path: ['organizationId'] }]);
  });

  it('admin@branded.example: the branding of the partner prevails', async () => {
    const draft = await startWizard('admin@branded.example');
    const chosen = accepted(await choose(draft.id, present(draft.organizationCandidates[0]).organizationId));
    expect(chosen.draft?.attachAssessment?.effects).toContain('PARTNER_BRANDING_PREVAILS');
  });

  it('admin@several.example: three, the second of them suggested, each attached without asking', async () => {
    const draft = await startWizard('admin@several.example');
    expect(draft.organizationCandidates.map(({ name, isSuggested }) => [name, isSuggested])).toEqual([
      ['Several Two', true],
      ['Several One', false],
      ['Several Three', false],
    ]);
    for (const { organizationId } of draft.organizationCandidates) {
      expect(accepted(await choose(draft.id, organizationId)).draft?.attachAssessment).toMatchObject(automatic);
    }
  });

  it('anything else: none, a new organisation', async () => {
    const draft = await startWizard(`owner@${randomUUID()}.example`);
    expect(draft).toMatchObject({ organizationCandidates: [], currentStep: 'INFORMATION' });
  });

  it('belong to acme: nobody else finds them', async () => {
    const nordic = await gateway.client('nordic');
    const { findOrganizations } = await nordic.run(documents.FindOrganizationsDocument, {
      adminEmail: 'admin@smallco.example',
    });
    expect(findOrganizations).toEqual([]);
  });

  it('admin@own.example: once attached, the wizard refuses it and the other mutations serve it', async () => {
    const [own] = (await api.run(documents.FindOrganizationsDocument, { adminEmail: 'admin@own.example' }))
      .findOrganizations;
    const provisioningId = present((await createTemplate(api)).provisioningId);
    const { provisionCustomer } = await api.run(documents.ProvisionCustomerDocument, {
      input: {
        idempotencyKey: randomUUID(),
        provisioningId,
        externalId: 'own',
        packages: [{ package: 'WEBEX_CALLING' }],
        billingAddress: place('Own').address,
        organizationId: present(own).organizationId,
        headquarters: place('Own'),
      },
    });
    const { customer, operation, warnings } = accepted(provisionCustomer);
    expect(warnings).toMatchObject([{ code: 'API_ONLY_AFTER_ATTACH' }]);
    expect(await untilEnded(api, present(operation).id)).toMatchObject({ status: 'SUCCEEDED' });
    const customerId = present(customer).id;
    const { startSetupDraft } = await api.run(documents.StartSetupDraftDocument, { input: { customerId } });
    expect(startSetupDraft?.userErrors).toMatchObject([{ code: 'PARTNER_OWN_ORGANIZATION_API_ONLY' }]);
    const { addLocation } = await api.run(documents.AddLocationDocument, {
      input: { idempotencyKey: randomUUID(), customerId, location: place('Branch') },
    });
    expect(await untilEnded(api, present(accepted(addLocation).operation).id)).toMatchObject({ status: 'SUCCEEDED' });
    const { provisionUser } = await api.run(documents.ProvisionUserDocument, {
      input: {
        idempotencyKey: randomUUID(),
        customerId,
        firstName: 'Ada',
        lastName: 'Winter',
        email: 'ada@own.example',
        package: 'WEBEX_CALLING',
        extension: '3001',
      },
    });
    expect(await untilEnded(api, present(accepted(provisionUser).operation).id)).toMatchObject({ status: 'SUCCEEDED' });
  });
});

it("the sandbox's knobs are not the gateway's", async () => {
  for (const path of ['faults', 'log', 'clock', 'mails', 'effects']) {
    expect((await fetch(`${gateway.url}/sandbox/${path}`)).status).toBe(404);
  }
});
