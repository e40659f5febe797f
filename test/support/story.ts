// The main job through the API, step by step, for tests that need a customer: what each step answers is asserted on the way.

import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import * as documents from '../generated/graphql.ts';
import type { LocationInput, PackageCode, SetupUserInput } from '../generated/graphql.ts';
import type { ApiClient } from './api-client.ts';

export async function createTemplate(
  api: ApiClient,
  name = `Template ${randomUUID()}`,
  settings: Partial<documents.SaveTemplateCommonSettingsInput> = {},
) {
  const { viewer } = await api.run(documents.WhoAmIDocument, {});
  const admin = present(viewer?.partner.serviceProviderAdmins[0]);
  const subscription = present(viewer?.partner.wholesaleSubscriptions[0]);
  const started = await api.run(documents.StartTemplateDraftDocument, { input: {} });
  const draftId = present(accepted(started.startTemplateDraft).draft).id;
  const primary = await api.run(documents.SaveTemplatePrimarySettingsDocument, {
    input: {
      draftId,
      name,
      countryCode: 'US',
      serviceProviderAdminId: admin.id,
      wholesaleSubscriptionId: subscription.id,
    },
  });
  accepted(primary.saveTemplatePrimarySettings);
  const authentication = await api.run(documents.SaveTemplateAuthenticationDocument, {
    input: { draftId, method: 'WEBEX' },
  });
  accepted(authentication.saveTemplateAuthentication);
  accepted((await api.run(documents.SaveTemplateCallingDocument, { input: { draftId } })).saveTemplateCalling);
  const common = await api.run(documents.SaveTemplateCommonSettingsDocument, {
    input: { draftId, brandName: 'Acme Voice', ...settings },
  });
  accepted(common.saveTemplateCommonSettings);
  const submitted = await api.run(documents.SubmitTemplateDraftDocument, { input: { draftId } });
  return present(accepted(submitted.submitTemplateDraft).template);
}

export function place(name: string, overrides: Partial<LocationInput> = {}): LocationInput {
  return {
    name,
    address: {
      addressLine1: '1 Mill Lane',
      city: 'Springfield',
      stateOrProvince: 'IL',
      zipOrPostalCode: '62701',
      countryCode: 'US',
    },
    timeZone: 'America/Chicago',
    language: 'en_us',
    ...overrides,
  };
}

export interface CustomerWishes {
  readonly templateId: string;
  readonly companyName?: string;
  readonly adminEmail?: string;
  readonly packages?: readonly PackageCode[];
}

export async function createCustomer(api: ApiClient, wishes: CustomerWishes) {
  const mark = randomUUID().slice(0, 8);
  const adminEmail = wishes.adminEmail ?? `owner@company-${mark}.example`;
  const started = await api.run(documents.StartCustomerDraftDocument, { input: { adminEmail } });
  const draftId = present(accepted(started.startCustomerDraft).draft).id;
  const chosen = await api.run(documents.ChooseCustomerOrganizationDocument, { input: { draftId } });
  accepted(chosen.chooseCustomerOrganization);
  const information = await api.run(documents.SaveCustomerInformationDocument, {
    input: { draftId, companyName: wishes.companyName ?? `Company ${mark}`, templateId: wishes.templateId },
  });
  accepted(information.saveCustomerInformation);
  const packages = (wishes.packages ?? ['WEBEX_CALLING']).map((code) => ({ package: code }));
  accepted(
    (await api.run(documents.SaveCustomerPackagesDocument, { input: { draftId, packages } })).saveCustomerPackages,
  );
  const headquarters = await api.run(documents.SaveCustomerHeadquartersDocument, {
    input: { draftId, location: place('Headquarters'), supportedLocationConfirmed: true },
  });
  accepted(headquarters.saveCustomerHeadquarters);
  const submitted = accepted(
    (await api.run(documents.SubmitCustomerDraftDocument, { input: { draftId } })).submitCustomerDraft,
  );
  return { customer: present(submitted.customer), operation: present(submitted.operation) };
}

export async function setUpCustomer(
  api: ApiClient,
  customerId: string,
  locations: readonly LocationInput[],
  users: readonly SetupUserInput[],
) {
  const started = await api.run(documents.StartSetupDraftDocument, { input: { customerId } });
  const draftId = present(accepted(started.startSetupDraft).draft).id;
  const savedLocations = await api.run(documents.SaveSetupLocationsDocument, {
    input: { draftId, locations: [...locations] },
  });
  accepted(savedLocations.saveSetupLocations);
  accepted((await api.run(documents.SaveSetupUsersDocument, { input: { draftId, users: [...users] } })).saveSetupUsers);
  const numbers = await api.run(documents.SaveSetupPhoneNumbersDocument, { input: { draftId, assignments: [] } });
  accepted(numbers.saveSetupPhoneNumbers);
  const submitted = accepted(
    (await api.run(documents.SubmitSetupDraftDocument, { input: { draftId } })).submitSetupDraft,
  );
  return present(submitted.operation);
}

/** Users at the given locations in turn, each with a number and an extension; numbers differ between marks. */
export function someUsers(
  count: number,
  domain: string,
  locationNames: readonly string[],
  mark: number,
): SetupUserInput[] {
  return Array.from({ length: count }, (_, index) => ({
    firstName: 'User',
    lastName: `Number${index + 1}`,
    email: `user${index + 1}@${domain}`,
    package: 'WEBEX_CALLING',
    locationName: locationNames[index % locationNames.length] ?? 'Headquarters',
    phoneNumber: `+1217${String(mark * 1_000 + index + 2_000_001)}`,
    extension: String(3000 + index),
  }));
}

/** Follows the operation by subscription until the server completes it; answers its last state. */
export async function untilEnded(api: ApiClient, operationId: string) {
  let last: documents.OperationStateFragment | null = null;
  for await (const { operationUpdated } of api.subscribe(documents.OperationUpdatedDocument, { operationId })) {
    last = operationUpdated.operation;
  }
  return present(last);
}

/** A payload whose userErrors are empty. */
export function accepted<T extends { readonly userErrors: readonly object[] }>(payload: T | null | undefined): T {
  const value = present(payload);
  expect(value.userErrors).toEqual([]);
  return value;
}

export function present<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('a value is missing that should be there');
  return value;
}
