// The rules of onboarding templates (T1 to T8), each through the front door.

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as documents from '../generated/graphql.ts';
import type { ApiClient } from '../support/api-client.ts';
import { startGateway } from '../support/gateway.ts';
import type { Gateway } from '../support/gateway.ts';
import { accepted, createCustomer, createTemplate, place, present, untilEnded } from '../support/story.ts';

let gateway: Gateway;
let api: ApiClient;

beforeAll(async () => {
  gateway = await startGateway();
  api = await gateway.client();
});
afterAll(async () => {
  await gateway.close();
});

async function startDraft(input: documents.StartTemplateDraftInput = {}) {
  const { startTemplateDraft } = await api.run(documents.StartTemplateDraftDocument, { input });
  return present(accepted(startTemplateDraft).draft);
}

async function savePrimarySettings(draftId: string, name: string) {
  const { viewer } = await api.run(documents.WhoAmIDocument, {});
  const input = {
    draftId,
    name,
    countryCode: 'US',
    serviceProviderAdminId: present(viewer?.partner.serviceProviderAdmins[0]).id,
    wholesaleSubscriptionId: present(viewer?.partner.wholesaleSubscriptions[0]).id,
  };
  const { saveTemplatePrimarySettings } = await api.run(documents.SaveTemplatePrimarySettingsDocument, { input });
  return present(accepted(saveTemplatePrimarySettings).draft);
}

describe('onboarding templates', () => {
  it('T1: no customer is provisioned without one', async () => {
    const { provisionCustomer } = await api.run(documents.ProvisionCustomerDocument, {
      input: {
        idempotencyKey: randomUUID(),
        provisioningId: 'nobody-issued-this',
        externalId: randomUUID(),
        packages: [{ package: 'WEBEX_CALLING' }],
        billingAddress: place('HQ').address,
        customerInformation: { companyName: 'Without', adminEmail: 'owner@without.example' },
        headquarters: place('HQ'),
      },
    });
    expect(provisionCustomer).toMatchObject({
      customer: null,
      userErrors: [{ code: 'NOT_FOUND', path: ['provisioningId'] }],
    });
  });

  it('T2: one template serves many customers, and a partner may have many templates', async () => {
    const [first, second] = await Promise.all([createTemplate(api), createTemplate(api)]);
    const made = [
      await createCustomer(api, { templateId: first.id }),
      await createCustomer(api, { templateId: first.id }),
      await createCustomer(api, { templateId: second.id }),
    ];
    const templates = await Promise.all(
      made.map(async ({ customer, operation }) => {
        await untilEnded(api, operation.id);
        return (await api.run(documents.CustomerWholeDocument, { id: customer.id })).customer?.template?.id;
      }),
    );
    expect(templates).toEqual([first.id, first.id, second.id]);
  });

  it('T3: SAML needs the entity ID, OpenID Connect the IDP name, Webex authentication neither', async () => {
    const { id: draftId } = await startDraft();
    await savePrimarySettings(draftId, `T3 ${randomUUID()}`);
    const save = async (input: Omit<documents.SaveTemplateAuthenticationInput, 'draftId'>) => {
      const answer = await api.run(documents.SaveTemplateAuthenticationDocument, { input: { draftId, ...input } });
      return present(answer.saveTemplateAuthentication);
    };
    expect((await save({ method: 'PARTNER_SAML' })).userErrors).toMatchObject([{ code: 'IDP_ENTITY_ID_REQUIRED' }]);
    expect((await save({ method: 'PARTNER_OIDC' })).userErrors).toMatchObject([{ code: 'OIDC_IDP_NAME_REQUIRED' }]);
    const named = accepted(await save({ method: 'PARTNER_OIDC', oidcIdpName: 'acme-idp' }));
    expect(named.draft?.authentication).toEqual({
      method: 'PARTNER_OIDC',
      samlIdpEntityId: null,
      oidcIdpName: 'acme-idp',
    });
    const plain = accepted(await save({ method: 'WEBEX' }));
    expect(plain.draft?.authentication).toEqual({ method: 'WEBEX', samlIdpEntityId: null, oidcIdpName: null });
  });

  it('T4: its authentication is for new organisations; an attached one keeps its own', async () => {
    const template = await createTemplate(api);
    const { customer, operation } = await createCustomer(api, { templateId: template.id });
    await untilEnded(api, operation.id);
    const fresh = (await api.run(documents.CustomerWholeDocument, { id: customer.id })).customer;
    expect(fresh).toMatchObject({ origin: 'NEW', keepsOwnAuthentication: false });
    const started = await api.run(documents.StartCustomerDraftDocument, {
      input: { adminEmail: 'admin@smallco.example' },
    });
    const draft = present(accepted(started.startCustomerDraft).draft);
    const chosen = await api.run(documents.ChooseCustomerOrganizationDocument, {
      input: { draftId: draft.id, organizationId: present(draft.organizationCandidates[0]).organizationId },
    });
    expect(accepted(chosen.chooseCustomerOrganization).draft?.attachAssessment?.effects).toContain(
      'AUTHENTICATION_KEPT',
    );
  });

  it('T5: naming a PSTN provider is accepted with a warning', async () => {
    const { id: draftId } = await startDraft();
    await savePrimarySettings(draftId, `T5 ${randomUUID()}`);
    accepted(
      (await api.run(documents.SaveTemplateAuthenticationDocument, { input: { draftId, method: 'WEBEX' } }))
        .saveTemplateAuthentication,
    );
    const { pstnProviders } = await api.run(documents.PstnProvidersDocument, { countryCode: 'US' });
    const input = { draftId, pstnProviderId: present(pstnProviders[0]).id };
    const { saveTemplateCalling } = await api.run(documents.SaveTemplateCallingDocument, { input });
    expect(accepted(saveTemplateCalling).draft?.warnings).toMatchObject([
      { code: 'PSTN_PROVIDER_NOT_RECOMMENDED', path: ['pstnProviderId'] },
    ]);
  });

  it('T6: both switches are off until somebody turns them on', async () => {
    const { restrictAdminInviteEmails, allowAdminInviteEmails, disableCallOnWebex } = await createTemplate(api);
    expect({ restrictAdminInviteEmails, allowAdminInviteEmails, disableCallOnWebex }).toEqual({
      restrictAdminInviteEmails: false,
      allowAdminInviteEmails: true,
      disableCallOnWebex: false,
    });
  });

  it('T7: the provisioning ID is there once it is submitted, and an edit does not change it', async () => {
    const template = await createTemplate(api);
    expect(template.provisioningId).toMatch(/\S/);
    const { id: draftId } = await startDraft({ editTemplateId: template.id });
    await savePrimarySettings(draftId, `Renamed ${randomUUID()}`);
    const { submitTemplateDraft } = await api.run(documents.SubmitTemplateDraftDocument, { input: { draftId } });
    const edited = present(accepted(submitTemplateDraft).template);
    expect(edited).toMatchObject({ id: template.id, provisioningId: template.provisioningId });
    expect(edited.name).toMatch(/^Renamed/);
  });

  it('T8: an edit holds for customers to come, not for those there are', async () => {
    const template = await createTemplate(api, `T8 ${randomUUID()}`, { brandName: null });
    const brandingOf = async () => {
      const { customer, operation } = await createCustomer(api, { templateId: template.id });
      await untilEnded(api, operation.id);
      return {
        id: customer.id,
        source: async () =>
          (await api.run(documents.CustomerWholeDocument, { id: customer.id })).customer?.brandingSource,
      };
    };
    const before = await brandingOf();
    expect(await before.source()).toBe('PLATFORM_DEFAULT');
    const { id: draftId } = await startDraft({ editTemplateId: template.id });
    const input = { draftId, brandName: 'Acme Voice' };
    accepted((await api.run(documents.SaveTemplateCommonSettingsDocument, { input })).saveTemplateCommonSettings);
    accepted((await api.run(documents.SubmitTemplateDraftDocument, { input: { draftId } })).submitTemplateDraft);
    expect(await before.source()).toBe('PLATFORM_DEFAULT');
    expect(await (await brandingOf()).source()).toBe('PARTNER_ADVANCED');
  });

  it('T8: one that customers were created with is not archived', async () => {
    const template = await createTemplate(api);
    const { operation } = await createCustomer(api, { templateId: template.id });
    await untilEnded(api, operation.id);
    const archive = async (templateId: string) =>
      present((await api.run(documents.ArchiveTemplateDocument, { input: { templateId } })).archiveTemplate);
    expect((await archive(template.id)).userErrors).toMatchObject([{ code: 'TEMPLATE_IN_USE', path: ['templateId'] }]);
    const unused = await createTemplate(api);
    expect(accepted(await archive(unused.id)).template?.status).toBe('ARCHIVED');
  });
});
