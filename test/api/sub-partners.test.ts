// Sub-partners over the API: listed on the partner, chosen for a customer with and without the wizard, shown and filtered by.

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SubPartnersQuery } from '../generated/graphql.ts';
import * as documents from '../generated/graphql.ts';
import type { ApiClient } from '../support/api-client.ts';
import { startGateway } from '../support/gateway.ts';
import type { Gateway } from '../support/gateway.ts';
import { accepted, createTemplate, place, present, untilEnded } from '../support/story.ts';
import { waitFor } from '../support/wait-for.ts';

type SubPartner = NonNullable<SubPartnersQuery['viewer']>['partner']['subPartners'][number];

let gateway: Gateway;
let api: ApiClient;
let active: SubPartner;
let suspended: SubPartner;
beforeAll(async () => {
  gateway = await startGateway();
  api = await gateway.client();
  const listed = await waitFor(async () => {
    const { viewer } = await api.run(documents.SubPartnersDocument, {});
    return viewer?.partner.subPartners.length === 2 && viewer.partner.subPartners;
  });
  active = present(listed.find(({ provisioningState }) => provisioningState === 'ACTIVE'));
  suspended = present(listed.find(({ provisioningState }) => provisioningState === 'SUSPENDED'));
});
afterAll(() => gateway.close());

it('a customer is provisioned on behalf of one, and found by it', async () => {
  const template = await createTemplate(api, 'For resellers');
  const { provisionCustomer } = await api.run(documents.ProvisionCustomerDocument, {
    input: {
      idempotencyKey: randomUUID(),
      provisioningId: present(template.provisioningId),
      externalId: randomUUID(),
      packages: [{ package: 'WEBEX_CALLING' }],
      billingAddress: place('Headquarters').address,
      customerInformation: { companyName: 'Resold', adminEmail: `owner@${randomUUID()}.example` },
      headquarters: place('Headquarters'),
      subPartnerId: active.id,
    },
  });
  const { customer, operation } = accepted(provisionCustomer);
  expect(await untilEnded(api, present(operation).id)).toMatchObject({ status: 'SUCCEEDED' });
  const find = async (subPartnerId: string) =>
    (await api.run(documents.CustomersOfSubPartnerDocument, { subPartnerId })).customers;
  expect(await find(active.id)).toEqual({
    totalCount: 1,
    nodes: [{ id: present(customer).id, subPartner: { id: active.id, provisioningState: 'ACTIVE' } }],
  });
  expect(await find(suspended.id)).toEqual({ totalCount: 0, nodes: [] });
});

it('the wizard refuses one that is suspended, and one of another partner, on the screen where it is chosen', async () => {
  const template = await createTemplate(api, 'For the wizard');
  const adminEmail = `owner@${randomUUID()}.example`;
  const started = await api.run(documents.StartCustomerDraftDocument, { input: { adminEmail } });
  const draftId = present(accepted(started.startCustomerDraft).draft).id;
  const save = async (subPartnerId: string) => {
    const input = { draftId, companyName: 'Resold', templateId: template.id, subPartnerId };
    const { saveCustomerInformation } = await api.run(documents.SaveCustomerInformationDocument, { input });
    return saveCustomerInformation?.userErrors.map(({ code, path }) => `${code} ${path.join('.')}`);
  };
  const foreign = await gateway.client('nordic');
  const { viewer } = await foreign.run(documents.SubPartnersDocument, {});
  expect(viewer?.partner.subPartners).toEqual([]);
  expect(await save(suspended.id)).toEqual(['SUB_PARTNER_SUSPENDED subPartnerId']);
  expect(await save(template.id)).toEqual(['NOT_FOUND subPartnerId']);
  expect(await save(active.id)).toEqual([]);
});
