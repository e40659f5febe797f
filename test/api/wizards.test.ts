// What every wizard promises, through the front door: it can be left and resumed, two tabs do not overwrite each other, it
// expires, an earlier screen judges the later ones anew, and the review shows what is sent.

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as documents from '../generated/graphql.ts';
import type { ApiClient } from '../support/api-client.ts';
import { startGateway } from '../support/gateway.ts';
import type { Gateway } from '../support/gateway.ts';
import { accepted, createCustomer, createTemplate, place, present, someUsers, untilEnded } from '../support/story.ts';

let gateway: Gateway;
let api: ApiClient;
/** Another person of the same partner, on another machine. */
let colleague: ApiClient;
let templateId: string;
let customerId: string;

beforeAll(async () => {
  gateway = await startGateway();
  [api, colleague] = [await gateway.client(), await gateway.client()];
  templateId = (await createTemplate(api)).id;
  const created = await createCustomer(api, { templateId, packages: ['WEBEX_CALLING', 'WEBEX_MEETINGS'] });
  customerId = created.customer.id;
  await untilEnded(api, created.operation.id);
});
afterAll(async () => {
  await gateway.close();
});

type Payload =
  | {
      readonly draft: documents.DraftStateFragment | null;
      readonly userErrors: readonly documents.ProblemsFragment[];
    }
  | null
  | undefined;

interface Wizard {
  start(): Promise<Payload>;
  /** The first screen, as this client saves it. */
  save(client: ApiClient, draftId: string, expectedVersion?: number): Promise<Payload>;
  /** The screens that are left, until it is ready. */
  complete(client: ApiClient, draftId: string): Promise<void>;
  submit(client: ApiClient, draftId: string): Promise<Payload>;
  expire(draftId: string): Promise<unknown>;
}

async function savePrimarySettings(
  client: ApiClient,
  wishes: Partial<documents.SaveTemplatePrimarySettingsInput> & { readonly draftId: string },
) {
  const { viewer } = await client.run(documents.WhoAmIDocument, {});
  const input = {
    name: `Wizard ${randomUUID()}`,
    countryCode: 'US',
    serviceProviderAdminId: present(viewer?.partner.serviceProviderAdmins[0]).id,
    wholesaleSubscriptionId: present(viewer?.partner.wholesaleSubscriptions[0]).id,
    ...wishes,
  };
  return (await client.run(documents.SaveTemplatePrimarySettingsDocument, { input })).saveTemplatePrimarySettings;
}

async function chooseNew(client: ApiClient, draftId: string, expectedVersion?: number) {
  const input = { draftId, ...(expectedVersion === undefined ? {} : { expectedVersion }) };
  return (await client.run(documents.ChooseCustomerOrganizationDocument, { input })).chooseCustomerOrganization;
}

async function saveLocations(client: ApiClient, draftId: string, names: string[], expectedVersion?: number) {
  const version = expectedVersion === undefined ? {} : { expectedVersion };
  const input = { draftId, locations: names.map((name) => place(name)), ...version };
  return (await client.run(documents.SaveSetupLocationsDocument, { input })).saveSetupLocations;
}

const past = { expiresAt: new Date(0) };

const wizards: Record<'TemplateDraft' | 'CustomerDraft' | 'SetupDraft', Wizard> = {
  TemplateDraft: {
    start: async () => (await api.run(documents.StartTemplateDraftDocument, { input: {} })).startTemplateDraft,
    save: (client, draftId, expectedVersion) =>
      savePrimarySettings(client, { draftId, ...(expectedVersion === undefined ? {} : { expectedVersion }) }),
    async complete(client, draftId) {
      const input = { draftId };
      const authentication = { ...input, method: 'WEBEX' } as const;
      accepted(
        (await client.run(documents.SaveTemplateAuthenticationDocument, { input: authentication }))
          .saveTemplateAuthentication,
      );
      accepted((await client.run(documents.SaveTemplateCallingDocument, { input })).saveTemplateCalling);
      accepted((await client.run(documents.SaveTemplateCommonSettingsDocument, { input })).saveTemplateCommonSettings);
    },
    submit: async (client, draftId) =>
      (await client.run(documents.SubmitTemplateDraftDocument, { input: { draftId } })).submitTemplateDraft,
    expire: () => gateway.database.templateDraft.updateMany({ where: { status: 'OPEN' }, data: past }),
  },
  CustomerDraft: {
    async start() {
      const input = { adminEmail: `owner@${randomUUID()}.example` };
      return (await api.run(documents.StartCustomerDraftDocument, { input })).startCustomerDraft;
    },
    save: chooseNew,
    async complete(client, draftId) {
      const information = { draftId, companyName: 'Resumed', templateId };
      accepted(
        (await client.run(documents.SaveCustomerInformationDocument, { input: information })).saveCustomerInformation,
      );
      const packages: documents.PackageSelectionInput[] = [{ package: 'WEBEX_CALLING' }];
      accepted(
        (await client.run(documents.SaveCustomerPackagesDocument, { input: { draftId, packages } }))
          .saveCustomerPackages,
      );
      const input = { draftId, location: place('Headquarters'), supportedLocationConfirmed: true };
      accepted((await client.run(documents.SaveCustomerHeadquartersDocument, { input })).saveCustomerHeadquarters);
    },
    submit: async (client, draftId) =>
      (await client.run(documents.SubmitCustomerDraftDocument, { input: { draftId } })).submitCustomerDraft,
    expire: () => gateway.database.customerDraft.updateMany({ where: { status: 'OPEN' }, data: past }),
  },
  SetupDraft: {
    start: async () => (await api.run(documents.StartSetupDraftDocument, { input: { customerId } })).startSetupDraft,
    save: (client, draftId, expectedVersion) =>
      saveLocations(client, draftId, [`Branch ${randomUUID()}`], expectedVersion),
    async complete(client, draftId) {
      const users = { draftId, users: [] };
      accepted((await client.run(documents.SaveSetupUsersDocument, { input: users })).saveSetupUsers);
      const input = { draftId, assignments: [] };
      accepted((await client.run(documents.SaveSetupPhoneNumbersDocument, { input })).saveSetupPhoneNumbers);
    },
    async submit(client, draftId) {
      const { submitSetupDraft } = await client.run(documents.SubmitSetupDraftDocument, { input: { draftId } });
      if (submitSetupDraft?.operation) await untilEnded(client, submitSetupDraft.operation.id);
      return submitSetupDraft;
    },
    expire: () => gateway.database.setupDraft.updateMany({ where: { status: 'OPEN' }, data: past }),
  },
};

async function startedBy({ start }: Wizard) {
  return present(accepted(present(await start())).draft);
}

const openDraftIds = async (client: ApiClient) =>
  (await client.run(documents.OpenDraftsDocument, {})).openDrafts.map(({ id }) => id);

describe.each(Object.entries(wizards))('the wizard of a %s', (typename, wizard) => {
  it('may be left, is found by a colleague where it was, finished there, and is then open no more', async () => {
    const { id } = await startedBy(wizard);
    const left = present(present(accepted(present(await wizard.save(api, id)))).draft);
    const { openDrafts } = await colleague.run(documents.OpenDraftsDocument, {});
    const { __typename, ...found } = present(openDrafts[0]);
    expect(__typename).toBe(typename);
    expect(left).toMatchObject(found);
    expect(await openDraftIds(await gateway.client('nordic'))).not.toContain(id);

    await wizard.complete(colleague, id);
    const { node } = await api.run(documents.DraftByIdDocument, { id });
    expect(node).toMatchObject({ status: 'OPEN', isReadyToSubmit: true, currentStep: 'REVIEW' });
    const submitted = accepted(present(await wizard.submit(colleague, id)));
    expect(submitted.draft).toMatchObject({ status: 'SUBMITTED' });
    expect(await openDraftIds(api)).not.toContain(id);
  });

  it('comes first among the open ones when it was saved last', async () => {
    const [first, second] = [await startedBy(wizard), await startedBy(wizard)];
    expect((await openDraftIds(api)).slice(0, 2)).toEqual([second.id, first.id]);
    accepted(present(await wizard.save(api, first.id)));
    expect((await openDraftIds(api)).slice(0, 2)).toEqual([first.id, second.id]);
    for (const { id: draftId } of [first, second]) {
      accepted((await api.run(documents.DiscardDraftDocument, { input: { draftId } })).discardDraft);
    }
    const open = await openDraftIds(api);
    expect([first.id, second.id].filter((id) => open.includes(id))).toEqual([]);
  });

  it('tells the second of two tabs that the first has saved, and loses neither', async () => {
    const { id, version } = await startedBy(wizard);
    const saved = accepted(present(await wizard.save(api, id, version)));
    const late = present(await wizard.save(colleague, id, version));
    expect(late.userErrors).toMatchObject([
      {
        __typename: 'VersionConflictError',
        code: 'VERSION_CONFLICT',
        path: ['expectedVersion'],
        currentVersion: version + 1,
        message: `The draft was changed elsewhere: it is at version ${version + 1}, expected was ${version}. Load it again.`,
      },
    ]);
    expect(late.draft).toEqual(saved.draft);
    const again = accepted(present(await wizard.save(colleague, id, version + 1)));
    expect(again.draft).toMatchObject({ version: version + 2 });
  });

  it('expires when it is left alone, and can then only be looked at', async () => {
    const { id } = await startedBy(wizard);
    await wizard.expire(id);
    expect((await api.run(documents.DraftByIdDocument, { id })).node).toMatchObject({ status: 'EXPIRED' });
    expect(await openDraftIds(api)).toEqual([]);
    const { discardDraft } = await api.run(documents.DiscardDraftDocument, { input: { draftId: id } });
    for (const payload of [await wizard.save(api, id), await wizard.submit(api, id), discardDraft]) {
      expect(payload?.userErrors).toMatchObject([{ code: 'DRAFT_EXPIRED', path: ['draftId'] }]);
      expect(payload?.draft).toMatchObject({ id, status: 'EXPIRED', version: 1 });
    }
  });
});

describe('an earlier screen that is saved again', () => {
  it("makes a template's PSTN provider wrong where it does not serve the new country", async () => {
    const { id: draftId } = await startedBy(wizards.TemplateDraft);
    accepted(present(await wizards.TemplateDraft.save(api, draftId)));
    await wizards.TemplateDraft.complete(api, draftId);
    const { pstnProviders } = await api.run(documents.PstnProvidersDocument, { countryCode: 'US' });
    const input = { draftId, pstnProviderId: present(pstnProviders[0]).id };
    accepted((await api.run(documents.SaveTemplateCallingDocument, { input })).saveTemplateCalling);
    const { draft } = accepted(present(await savePrimarySettings(api, { draftId, countryCode: 'DE' })));
    expect(draft).toMatchObject({ currentStep: 'CALLING', isReadyToSubmit: false });
    expect(draft?.steps.find(({ step }) => step === 'CALLING')).toMatchObject({
      state: 'INVALID',
      issues: [{ code: 'INVALID_VALUE', path: ['pstnProviderId'] }],
    });
    const submitted = present(await wizards.TemplateDraft.submit(api, draftId));
    expect(submitted.userErrors).toMatchObject([{ code: 'DRAFT_INCOMPLETE', path: ['pstnProviderId'] }]);
  });

  it("makes a customer's headquarters wrong where the packages ask more of it", async () => {
    const { id: draftId } = await startedBy(wizards.CustomerDraft);
    await wizards.CustomerDraft.complete(api, draftId);
    const address = { addressLine1: '1 Quay', city: 'Dublin', countryCode: 'IE' };
    const headquarters = { draftId, location: place('Dublin', { address }), supportedLocationConfirmed: true };
    accepted(
      (await api.run(documents.SaveCustomerHeadquartersDocument, { input: headquarters })).saveCustomerHeadquarters,
    );
    const input: documents.SaveCustomerPackagesInput = { draftId, packages: [{ package: 'WEBEX_MEETINGS' }] };
    const { draft } = accepted((await api.run(documents.SaveCustomerPackagesDocument, { input })).saveCustomerPackages);
    expect(draft).toMatchObject({ currentStep: 'HEADQUARTERS', isReadyToSubmit: false });
    const submitted = present(await wizards.CustomerDraft.submit(api, draftId));
    expect(submitted.userErrors.map(({ code, path }) => `${code} ${path.join('.')}`)).toEqual([
      'DRAFT_INCOMPLETE location.address.stateOrProvince',
      'DRAFT_INCOMPLETE location.address.zipOrPostalCode',
    ]);
  });

  it("makes a set-up's users wrong whose location went", async () => {
    const { id: draftId } = await startedBy(wizards.SetupDraft);
    accepted(present(await saveLocations(api, draftId, ['Soon gone'])));
    const users = { draftId, users: someUsers(1, 'soon-gone.example', ['Soon gone'], 11) };
    accepted((await api.run(documents.SaveSetupUsersDocument, { input: users })).saveSetupUsers);
    const { draft } = accepted(present(await saveLocations(api, draftId, [])));
    expect(draft).toMatchObject({ currentStep: 'USERS' });
    const submitted = present(await wizards.SetupDraft.submit(api, draftId));
    expect(submitted.userErrors).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ code: 'DRAFT_INCOMPLETE', path: ['users', '0', 'locationName'] }),
      ]),
    );
  });
});
