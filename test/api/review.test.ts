// The last screen of each wizard shows exactly what is sent: what stood in the draft is what the platform got.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import * as documents from '../generated/graphql.ts';
import type { ApiClient } from '../support/api-client.ts';
import { startGateway } from '../support/gateway.ts';
import type { Gateway } from '../support/gateway.ts';
import { accepted, createTemplate, place, present, untilEnded } from '../support/story.ts';

let gateway: Gateway;
let api: ApiClient;
beforeAll(async () => {
  gateway = await startGateway();
  api = await gateway.client();
});
afterAll(async () => {
  await gateway.close();
});

/** As the platform writes addresses of customers. */
function atPlatform({ country, ...lines }: documents.WholeAddressFragment) {
  const given = Object.entries(lines).filter(([, value]) => value !== null);
  return { ...Object.fromEntries(given), country: country.code };
}

it('of a template', async () => {
  const { viewer } = await api.run(documents.WhoAmIDocument, {});
  const partner = present(viewer?.partner);
  const { startTemplateDraft } = await api.run(documents.StartTemplateDraftDocument, { input: {} });
  const draftId = present(accepted(startTemplateDraft).draft).id;
  const primary = {
    draftId,
    name: 'Reviewed',
    countryCode: 'US',
    serviceProviderAdminId: present(partner.serviceProviderAdmins[1]).id,
    wholesaleSubscriptionId: present(partner.wholesaleSubscriptions[1]).id,
  };
  accepted(
    (await api.run(documents.SaveTemplatePrimarySettingsDocument, { input: primary })).saveTemplatePrimarySettings,
  );
  const authentication = { draftId, method: 'PARTNER_SAML', samlIdpEntityId: 'https://idp.example' } as const;
  accepted(
    (await api.run(documents.SaveTemplateAuthenticationDocument, { input: authentication })).saveTemplateAuthentication,
  );
  const { pstnProviders } = await api.run(documents.PstnProvidersDocument, { countryCode: 'US' });
  const calling = { draftId, pstnProviderId: present(pstnProviders[0]).id };
  accepted((await api.run(documents.SaveTemplateCallingDocument, { input: calling })).saveTemplateCalling);
  const common = { draftId, restrictAdminInviteEmails: true, brandName: 'Review Voice', disableCallOnWebex: true };
  accepted((await api.run(documents.SaveTemplateCommonSettingsDocument, { input: common })).saveTemplateCommonSettings);

  const { node } = await api.run(documents.ReviewTemplateDocument, { id: draftId });
  const draft = templateReview.parse(node);
  const { submitTemplateDraft } = await api.run(documents.SubmitTemplateDraftDocument, { input: { draftId } });
  const { provisioningId } = present(accepted(submitTemplateDraft).template);
  const [row] = z
    .array(z.object({ setting: z.unknown() }))
    .parse(
      await gateway.database.$queryRaw`SELECT setting FROM sandbox.templates WHERE provisioning_id = ${provisioningId}`,
    );
  expect(row?.setting).toEqual({
    name: draft.name,
    country: draft.country.code,
    subscriptionNumber: draft.wholesaleSubscription.number,
    authenticationMethod: draft.authentication.method,
    identityProvider: draft.authentication.samlIdpEntityId,
    pstnProviderId: expect.stringMatching(/\S/) as string,
    restrictAdminInviteEmails: draft.restrictAdminInviteEmails,
    brandName: draft.brandName,
    disableCallOnWebex: draft.disableCallOnWebex,
  });
  expect(node).toMatchObject({
    isReadyToSubmit: true,
    name: 'Reviewed',
    serviceProviderAdmin: { email: partner.serviceProviderAdmins[1]?.email },
    wholesaleSubscription: { number: partner.wholesaleSubscriptions[1]?.number },
    authentication: { method: 'PARTNER_SAML', samlIdpEntityId: 'https://idp.example', oidcIdpName: null },
    pstnProvider: { id: calling.pstnProviderId },
    restrictAdminInviteEmails: true,
    brandName: 'Review Voice',
    disableCallOnWebex: true,
  });
});

const templateReview = z.looseObject({
  name: z.string(),
  country: z.object({ code: z.string() }),
  wholesaleSubscription: z.object({ number: z.string() }),
  authentication: z.object({ method: z.string(), samlIdpEntityId: z.string() }),
  restrictAdminInviteEmails: z.boolean(),
  brandName: z.string(),
  disableCallOnWebex: z.boolean(),
});

async function createReviewedCustomer() {
  const template = await createTemplate(api);
  const started = await api.run(documents.StartCustomerDraftDocument, {
    input: { adminEmail: 'first@reviewed.example' },
  });
  const draftId = present(accepted(started.startCustomerDraft).draft).id;
  const information = {
    draftId,
    companyName: ' Reviewed  Bread ',
    templateId: template.id,
    adminEmail: 'Second@Reviewed.example',
    externalId: 'reviewed-1',
    language: 'en_US',
  };
  accepted((await api.run(documents.SaveCustomerInformationDocument, { input: information })).saveCustomerInformation);
  const packages: documents.PackageSelectionInput[] = [
    { package: 'WEBEX_CALLING', limit: 12 },
    { package: 'WEBEX_MEETINGS' },
  ];
  accepted(
    (await api.run(documents.SaveCustomerPackagesDocument, { input: { draftId, packages } })).saveCustomerPackages,
  );
  const headquarters = {
    draftId,
    location: place('Bakery', { emergencyLocationIdentifier: '95547321' }),
    billingAddress: { ...place('Office').address, addressLine1: '2 Bill Street', addressLine2: 'Floor 3' },
    supportedLocationConfirmed: true,
  };
  accepted(
    (await api.run(documents.SaveCustomerHeadquartersDocument, { input: headquarters })).saveCustomerHeadquarters,
  );
  const { node } = await api.run(documents.ReviewCustomerDocument, { id: draftId });
  const { submitCustomerDraft } = await api.run(documents.SubmitCustomerDraftDocument, { input: { draftId } });
  const { customer, operation } = accepted(submitCustomerDraft);
  expect(await untilEnded(api, present(operation).id)).toMatchObject({ status: 'SUCCEEDED' });
  return { customerId: present(customer).id, node, provisioningId: template.provisioningId };
}

const sentCustomers = z.array(z.object({ sent: z.unknown() }));

it('of a customer, then of its set-up', async () => {
  const { customerId, node, provisioningId } = await createReviewedCustomer();
  if (!node || !('companyName' in node)) throw new Error('the draft is gone');
  const draft = node;
  expect(draft).toMatchObject({ isReadyToSubmit: true, organization: null, supportedLocationConfirmed: true });
  const [customer] = sentCustomers.parse(
    await gateway.database.$queryRaw`
      SELECT to_jsonb(c) AS sent FROM sandbox.customers c WHERE external_id = ${draft.externalId}`,
  );
  const location = present(draft.headquarters);
  expect(customer?.sent).toMatchObject({
    external_id: 'reviewed-1',
    provisioning_id: provisioningId,
    requested_org_id: null,
    company_name: draft.companyName,
    admin_email: draft.adminEmail,
    language: draft.language,
    package_names: draft.packages.map(({ offering }) => offering.code.toLowerCase()),
    limits: { webex_calling: draft.packages[0]?.limit },
    address: atPlatform(present(draft.billingAddress)),
    headquarters: {
      name: location.name,
      address: atPlatform(location.address),
      timezone: location.timeZone,
      language: location.language,
      emergencyLocationIdentifier: location.emergencyLocationIdentifier,
    },
  });
  expect(draft.template?.provisioningId).toBe(provisioningId);
  expect(draft.adminEmail).toBe('second@reviewed.example');

  const started = await api.run(documents.StartSetupDraftDocument, { input: { customerId } });
  const draftId = present(accepted(started.startSetupDraft).draft).id;
  const locations = [place('Shop', { announcementLanguage: 'de_de' })];
  accepted((await api.run(documents.SaveSetupLocationsDocument, { input: { draftId, locations } })).saveSetupLocations);
  const users: documents.SetupUserInput[] = [
    {
      firstName: 'Ada',
      lastName: 'Winter',
      email: 'Ada@Reviewed.example',
      package: 'WEBEX_CALLING',
      locationName: 'shop',
    },
    {
      firstName: 'Ben',
      lastName: 'Summer',
      email: 'ben@reviewed.example',
      package: 'WEBEX_MEETINGS',
      locationName: 'Bakery',
    },
  ];
  accepted((await api.run(documents.SaveSetupUsersDocument, { input: { draftId, users } })).saveSetupUsers);
  const assignments = [{ email: 'ada@reviewed.example', phoneNumber: '+1 217 555 8101', extension: '3001' }];
  accepted(
    (await api.run(documents.SaveSetupPhoneNumbersDocument, { input: { draftId, assignments } })).saveSetupPhoneNumbers,
  );
  const review = (await api.run(documents.ReviewSetupDocument, { id: draftId })).node;
  if (!review || !('locations' in review)) throw new Error('the draft is gone');
  expect(review).toMatchObject({
    isReadyToSubmit: true,
    summary: { newLocations: 1, newUsers: 2, usersNeedingNumbers: 0, usersWithNumbers: 1 },
  });
  const { submitSetupDraft } = await api.run(documents.SubmitSetupDraftDocument, { input: { draftId } });
  const setup = await untilEnded(api, present(accepted(submitSetupDraft).operation).id);
  expect(setup.status).toBe('SUCCEEDED');

  const sentLocations = await gateway.database.$queryRaw`
    SELECT name, time_zone, preferred_language, announcement_language, address->>'address1' AS line
    FROM sandbox.locations WHERE NOT is_headquarters`;
  expect(sentLocations).toEqual(
    review.locations.map((entry) => ({
      name: entry.name,
      time_zone: entry.timeZone,
      preferred_language: entry.language,
      announcement_language: entry.announcementLanguage,
      line: entry.address.addressLine1,
    })),
  );
  const sentUsers = z.array(z.looseObject({ location: z.string().nullable() })).parse(
    await gateway.database.$queryRaw`
      SELECT s.email, s.package, s.first_name, s.last_name, s.phone_number, s.extension, l.name AS location
      FROM sandbox.subscribers s LEFT JOIN sandbox.locations l ON l.id = s.location_id ORDER BY s.email`,
  );
  expect(sentUsers.map(({ location: at, ...user }) => ({ ...user, location: at?.toLowerCase() ?? null }))).toEqual(
    review.users.nodes.map((user) => ({
      email: user.email,
      package: user.package.code.toLowerCase(),
      first_name: user.firstName,
      last_name: user.lastName,
      phone_number: user.phoneNumber,
      extension: user.extension,
      // The platform asks where somebody is only of those who can be called.
      location: user.package.code === 'WEBEX_CALLING' ? user.locationName.toLowerCase() : null,
    })),
  );
});
