// Bad input to every wizard mutation: a userError with code and path, and the draft as it was.

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as documents from '../generated/graphql.ts';
import type { ApiClient } from '../support/api-client.ts';
import { startGateway } from '../support/gateway.ts';
import type { Gateway } from '../support/gateway.ts';
import { accepted, createCustomer, createTemplate, place, present, someUsers, untilEnded } from '../support/story.ts';

let gateway: Gateway;
let api: ApiClient;
let adminId: string;
let subscriptionId: string;
let templateId: string;
let foreignAdminId: string;

beforeAll(async () => {
  gateway = await startGateway();
  api = await gateway.client();
  const { viewer } = await api.run(documents.WhoAmIDocument, {});
  adminId = present(viewer?.partner.serviceProviderAdmins[0]).id;
  subscriptionId = present(viewer?.partner.wholesaleSubscriptions[0]).id;
  templateId = (await createTemplate(api, 'Taken name')).id;
  const foreign = await (await gateway.client('nordic')).run(documents.WhoAmIDocument, {});
  foreignAdminId = present(foreign.viewer?.partner.serviceProviderAdmins[0]).id;
});
afterAll(async () => {
  await gateway.close();
});

const codes = (
  payload:
    { readonly userErrors: readonly { readonly code: string; readonly path: readonly string[] }[] } | null | undefined,
) => present(payload).userErrors.map(({ code, path }) => `${code} ${path.join('.')}`.trim());

describe('the template wizard', () => {
  async function start(): Promise<string> {
    const { startTemplateDraft } = await api.run(documents.StartTemplateDraftDocument, { input: {} });
    return present(accepted(startTemplateDraft).draft).id;
  }
  const primary = (draftId: string, overrides: Partial<documents.SaveTemplatePrimarySettingsInput> = {}) => ({
    draftId,
    name: `Name ${randomUUID()}`,
    countryCode: 'US',
    serviceProviderAdminId: adminId,
    wholesaleSubscriptionId: subscriptionId,
    ...overrides,
  });
  const save = async (input: documents.SaveTemplatePrimarySettingsInput) =>
    present((await api.run(documents.SaveTemplatePrimarySettingsDocument, { input })).saveTemplatePrimarySettings);

  it.each<[string, Partial<documents.SaveTemplatePrimarySettingsInput>, string[]]>([
    ['an empty name', { name: ' ' }, ['REQUIRED name']],
    ['a name that is too long', { name: 'x'.repeat(101) }, ['TOO_LONG name']],
    ['a name with a line break', { name: 'a\nb' }, ['INVALID_FORMAT name']],
    ['a name that is taken, whatever its case', { name: 'TAKEN NAME' }, ['NAME_TAKEN name']],
    ['a country that does not exist', { countryCode: 'XX' }, ['INVALID_VALUE countryCode']],
    ['a country where the service is not offered', { countryCode: 'AQ' }, ['COUNTRY_UNSUPPORTED countryCode']],
    ['several at once', { name: '', countryCode: 'AQ' }, ['REQUIRED name', 'COUNTRY_UNSUPPORTED countryCode']],
    ['an id that is none', { serviceProviderAdminId: 'nonsense' }, ['NOT_FOUND serviceProviderAdminId']],
  ])('refuses %s and leaves the draft as it was', async (_, overrides, expected) => {
    const draftId = await start();
    const { draft, userErrors } = await save(primary(draftId, overrides));
    expect(codes({ userErrors })).toEqual(expected);
    expect(draft).toMatchObject({ version: 1, name: null, currentStep: 'PRIMARY_SETTINGS' });
  });

  it("refuses another partner's administrator as if there were none", async () => {
    const payload = await save(primary(await start(), { serviceProviderAdminId: foreignAdminId }));
    expect(codes(payload)).toEqual(['NOT_FOUND serviceProviderAdminId']);
  });

  it('refuses a step before its turn and names the expected one', async () => {
    const draftId = await start();
    const { saveTemplateCalling } = await api.run(documents.SaveTemplateCallingDocument, { input: { draftId } });
    expect(saveTemplateCalling?.userErrors).toMatchObject([
      { __typename: 'StepOutOfOrderError', code: 'STEP_OUT_OF_ORDER', expectedStep: 'PRIMARY_SETTINGS' },
    ]);
  });

  it('refuses a save made from an old version and names the present one', async () => {
    const draftId = await start();
    accepted(await save(primary(draftId, { expectedVersion: 1 })));
    const stale = await save(primary(draftId, { expectedVersion: 1 }));
    expect(stale.userErrors).toMatchObject([
      { __typename: 'VersionConflictError', currentVersion: 2, path: ['expectedVersion'] },
    ]);
    expect(stale.draft?.version).toBe(2);
  });

  it('lets one of two saves at once from the same version win', async () => {
    const draftId = await start();
    const both = await Promise.all([
      save(primary(draftId, { expectedVersion: 1 })),
      save(primary(draftId, { expectedVersion: 1 })),
    ]);
    expect(both.map((payload) => codes(payload).length).sort()).toEqual([0, 1]);
  });

  it('judges the identity provider fields by the method', async () => {
    const draftId = await start();
    accepted(await save(primary(draftId)));
    const authenticate = async (input: Omit<documents.SaveTemplateAuthenticationInput, 'draftId'>) =>
      codes(
        (await api.run(documents.SaveTemplateAuthenticationDocument, { input: { draftId, ...input } }))
          .saveTemplateAuthentication,
      );
    expect(await authenticate({ method: 'PARTNER_SAML' })).toEqual(['IDP_ENTITY_ID_REQUIRED samlIdpEntityId']);
    expect(await authenticate({ method: 'PARTNER_OIDC' })).toEqual(['OIDC_IDP_NAME_REQUIRED oidcIdpName']);
    expect(await authenticate({ method: 'WEBEX', samlIdpEntityId: 'x' })).toEqual([
      'IDP_FIELD_NOT_ALLOWED samlIdpEntityId',
    ]);
    expect(await authenticate({ method: 'PARTNER_SAML', samlMetadataXml: '<x/>' })).toEqual([
      'SAML_METADATA_INVALID samlMetadataXml',
    ]);
    const xml = '<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example"/>';
    expect(await authenticate({ method: 'PARTNER_SAML', samlMetadataXml: xml })).toEqual([]);
  });

  it('refuses to submit what is incomplete, and to change what is submitted or discarded', async () => {
    const draftId = await start();
    const early = await api.run(documents.SubmitTemplateDraftDocument, { input: { draftId } });
    expect(codes(early.submitTemplateDraft)).toContain('DRAFT_INCOMPLETE');
    accepted((await api.run(documents.DiscardDraftDocument, { input: { draftId } })).discardDraft);
    expect(codes(await save(primary(draftId)))).toEqual(['DRAFT_CLOSED draftId']);
  });

  it('submits a draft once, also when asked twice at once', async () => {
    const draftId = await start();
    accepted(await save(primary(draftId)));
    accepted(
      (await api.run(documents.SaveTemplateAuthenticationDocument, { input: { draftId, method: 'WEBEX' } }))
        .saveTemplateAuthentication,
    );
    accepted((await api.run(documents.SaveTemplateCallingDocument, { input: { draftId } })).saveTemplateCalling);
    accepted(
      (await api.run(documents.SaveTemplateCommonSettingsDocument, { input: { draftId } })).saveTemplateCommonSettings,
    );
    const submit = () => api.run(documents.SubmitTemplateDraftDocument, { input: { draftId } });
    const answers = (await Promise.all([submit(), submit()])).map(({ submitTemplateDraft }) =>
      codes(submitTemplateDraft),
    );
    expect(answers.sort((a, b) => a.length - b.length)).toEqual([[], ['DRAFT_CLOSED draftId']]);
  });

  it('warns of a PSTN provider, and accepts it', async () => {
    const draftId = await start();
    accepted(await save(primary(draftId)));
    accepted(
      (await api.run(documents.SaveTemplateAuthenticationDocument, { input: { draftId, method: 'WEBEX' } }))
        .saveTemplateAuthentication,
    );
    const provider = await gateway.client();
    const unknown = await provider.run(documents.SaveTemplateCallingDocument, {
      input: { draftId, pstnProviderId: 'nonsense' },
    });
    expect(codes(unknown.saveTemplateCalling)).toEqual(['NOT_FOUND pstnProviderId']);
  });
});

describe('the customer wizard', () => {
  async function start(): Promise<string> {
    const input = { adminEmail: `owner@${randomUUID()}.example` };
    const { startCustomerDraft } = await api.run(documents.StartCustomerDraftDocument, { input });
    const draftId = present(accepted(startCustomerDraft).draft).id;
    accepted(
      (await api.run(documents.ChooseCustomerOrganizationDocument, { input: { draftId } })).chooseCustomerOrganization,
    );
    return draftId;
  }
  const information = async (input: documents.SaveCustomerInformationInput) =>
    present((await api.run(documents.SaveCustomerInformationDocument, { input })).saveCustomerInformation);
  const packages = async (draftId: string, selection: readonly documents.PackageSelectionInput[]) =>
    present(
      (await api.run(documents.SaveCustomerPackagesDocument, { input: { draftId, packages: [...selection] } }))
        .saveCustomerPackages,
    );

  it.each(['', 'nobody', 'a b@c.example'])('refuses to start with the e-mail address "%s"', async (adminEmail) => {
    const { startCustomerDraft } = await api.run(documents.StartCustomerDraftDocument, { input: { adminEmail } });
    expect(codes(startCustomerDraft)[0]).toMatch(/^(REQUIRED|INVALID_FORMAT) adminEmail$/);
    expect(startCustomerDraft?.draft).toBeNull();
  });

  it('names every problem of the information at once', async () => {
    const draftId = await start();
    const payload = await information({ draftId, companyName: '100 % Bread', templateId: 'nonsense', language: 'xx' });
    expect(codes(payload).sort()).toEqual([
      'INVALID_FORMAT companyName',
      'LANGUAGE_UNSUPPORTED language',
      'NOT_FOUND templateId',
    ]);
    expect(payload.draft?.companyName).toBeNull();
  });

  it('judges packages: none, twice, an add-on alone, limits that cannot be', async () => {
    const draftId = await start();
    accepted(await information({ draftId, companyName: 'Bread', templateId }));
    expect(codes(await packages(draftId, []))).toEqual(['PACKAGE_REQUIRED packages']);
    expect(codes(await packages(draftId, [{ package: 'WEBEX_CALLING' }, { package: 'WEBEX_CALLING' }]))[0]).toMatch(
      /^DUPLICATE packages\.1/,
    );
    expect(codes(await packages(draftId, [{ package: 'ATTENDANT_CONSOLE' }]))[0]).toMatch(
      /^PACKAGE_DEPENDENCY_UNMET packages/,
    );
    expect(codes(await packages(draftId, [{ package: 'WEBEX_CALLING', limit: -1 }]))).toEqual([
      'INVALID_VALUE packages.0.limit',
    ]);
  });

  it('does not pass a headquarters nobody has confirmed, nor one with a bad address', async () => {
    const draftId = await start();
    accepted(await information({ draftId, companyName: 'Bread', templateId }));
    accepted(await packages(draftId, [{ package: 'WEBEX_CALLING' }]));
    const bad = place(' ', { timeZone: 'Mars/Olympus', language: 'xx' });
    const { saveCustomerHeadquarters } = await api.run(documents.SaveCustomerHeadquartersDocument, {
      input: {
        draftId,
        location: {
          ...bad,
          address: { ...bad.address, addressLine1: 'x'.repeat(51), stateOrProvince: null, zipOrPostalCode: null },
        },
        supportedLocationConfirmed: false,
      },
    });
    expect(codes(saveCustomerHeadquarters).sort()).toEqual([
      'LANGUAGE_UNSUPPORTED location.language',
      'POSTAL_CODE_REQUIRED location.address.zipOrPostalCode',
      'REQUIRED location.name',
      'STATE_REQUIRED location.address.stateOrProvince',
      'SUPPORTED_LOCATION_NOT_CONFIRMED supportedLocationConfirmed',
      'TIME_ZONE_UNSUPPORTED location.timeZone',
      'TOO_LONG location.address.addressLine1',
    ]);
    expect(saveCustomerHeadquarters?.draft?.headquarters).toBeNull();
  });

  it('refuses an external id that a customer has already', async () => {
    const { customer, operation } = await createCustomer(api, { templateId });
    const payload = await information({
      draftId: await start(),
      companyName: 'Bread',
      templateId,
      externalId: customer.externalId,
    });
    expect(codes(payload)).toEqual(['EXTERNAL_ID_TAKEN externalId']);
    await untilEnded(api, operation.id);
  });
});

describe('the set-up wizard', () => {
  let customerId: string;
  beforeAll(async () => {
    const created = await createCustomer(api, {
      templateId,
      packages: ['WEBEX_CALLING', 'WEBEX_MEETINGS', 'COMMON_AREA_CALLING'],
    });
    customerId = created.customer.id;
    const early = await api.run(documents.StartSetupDraftDocument, { input: { customerId } });
    if (codes(early.startSetupDraft).length > 0)
      expect(codes(early.startSetupDraft)).toEqual(['CUSTOMER_NOT_PROVISIONED customerId']);
    await untilEnded(api, created.operation.id);
  });
  async function start(locations: documents.LocationInput[] = []): Promise<string> {
    const { startSetupDraft } = await api.run(documents.StartSetupDraftDocument, { input: { customerId } });
    const draftId = present(accepted(startSetupDraft).draft).id;
    accepted(
      (await api.run(documents.SaveSetupLocationsDocument, { input: { draftId, locations } })).saveSetupLocations,
    );
    return draftId;
  }
  const users = async (draftId: string, list: documents.SetupUserInput[]) =>
    present((await api.run(documents.SaveSetupUsersDocument, { input: { draftId, users: list } })).saveSetupUsers);

  it('refuses locations that are called alike', async () => {
    const draftId = await start();
    const { saveSetupLocations } = await api.run(documents.SaveSetupLocationsDocument, {
      input: { draftId, locations: [place('Branch'), place('branch'), place('HEADQUARTERS')] },
    });
    expect(codes(saveSetupLocations)).toEqual(['DUPLICATE locations.1.name', 'DUPLICATE locations.2.name']);
  });

  it('names every problem of every user at once, and keeps none of them', async () => {
    const [good] = someUsers(1, 'bad-input.example', ['Headquarters'], 2);
    const user = present(good);
    const payload = await users(await start(), [
      { ...user, firstName: '' },
      { ...user, email: 'nobody' },
      { ...user, email: 'a@bad-input.example', package: 'WEBEX_SUITE' },
      { ...user, email: 'b@bad-input.example', package: 'COMMON_AREA_CALLING', phoneNumber: null, extension: null },
      { ...user, email: 'c@bad-input.example', locationName: 'Nowhere', phoneNumber: '12', extension: '911' },
      {
        ...user,
        email: 'd@bad-input.example',
        package: 'WEBEX_MEETINGS',
        phoneNumber: '+12175557777',
        extension: null,
      },
    ]);
    const found = codes(payload);
    expect(found).toEqual(
      expect.arrayContaining([
        'REQUIRED users.0.firstName',
        'INVALID_FORMAT users.1.email',
        'PACKAGE_NOT_IN_CUSTOMER users.2.package',
        'PACKAGE_NOT_ASSIGNABLE users.3.package',
        'NOT_FOUND users.4.locationName',
        'INVALID_FORMAT users.4.phoneNumber',
        'EXTENSION_RESERVED users.4.extension',
        'NUMBER_NOT_ALLOWED users.5.phoneNumber',
      ]),
    );
    expect(payload.draft?.users.totalCount).toBe(0);
  });

  it('does not go on while a calling user has neither number nor extension', async () => {
    const draftId = await start();
    const list = someUsers(2, 'numberless.example', ['Headquarters'], 3).map((user) => ({
      ...user,
      phoneNumber: null,
      extension: null,
    }));
    const saved = accepted(await users(draftId, list));
    expect(saved.draft?.users.nodes.every(({ needsPhoneNumber }) => needsPhoneNumber)).toBe(true);
    const { saveSetupPhoneNumbers } = await api.run(documents.SaveSetupPhoneNumbersDocument, {
      input: { draftId, assignments: [] },
    });
    expect(codes(saveSetupPhoneNumbers)).toContain('NUMBER_OR_EXTENSION_REQUIRED assignments');
    const submitted = await api.run(documents.SubmitSetupDraftDocument, { input: { draftId } });
    expect(codes(submitted.submitSetupDraft)[0]).toMatch(/^DRAFT_INCOMPLETE/);
  });

  it('judges later steps anew when an earlier one is saved again', async () => {
    const draftId = await start([place('Soon gone')]);
    accepted(await users(draftId, someUsers(1, 'rejudged.example', ['Soon gone'], 4)));
    const { saveSetupLocations } = await api.run(documents.SaveSetupLocationsDocument, {
      input: { draftId, locations: [] },
    });
    const draft = present(accepted(saveSetupLocations).draft);
    expect(draft.steps.find(({ step }) => step === 'USERS')).toMatchObject({
      state: 'INVALID',
      issues: [{ code: 'NOT_FOUND' }],
    });
    expect(draft.currentStep).toBe('USERS');
  });

  it('finds nothing to do in an empty draft', async () => {
    const draftId = await start();
    accepted(await users(draftId, []));
    accepted(
      (await api.run(documents.SaveSetupPhoneNumbersDocument, { input: { draftId, assignments: [] } }))
        .saveSetupPhoneNumbers,
    );
    const { submitSetupDraft } = await api.run(documents.SubmitSetupDraftDocument, { input: { draftId } });
    expect(codes(submitSetupDraft)).toEqual(['DRAFT_INCOMPLETE']);
  });
});
