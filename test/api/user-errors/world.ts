// A partner with a template, a customer that is provisioned, and a user of it, for what the API refuses about them.

import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { UserErrorCode } from '../../generated/graphql.ts';
import * as documents from '../../generated/graphql.ts';
import { startGateway } from '../../support/gateway.ts';
import { accepted, createTemplate, place, present, untilEnded } from '../../support/story.ts';

export interface UserError {
  readonly __typename: string;
  readonly code: UserErrorCode;
  readonly message: string;
  readonly path: readonly string[];
}

/** What every payload has. */
export type Refused = { readonly userErrors: readonly UserError[] } | null | undefined;

/** How a code comes about: what is asked, and where in the input the error stands. */
export interface Refusal {
  /** Field names and places in lists, with dots between; empty: the input as a whole. */
  readonly path: string;
  readonly ask: (world: World) => Promise<Refused>;
}

export type Refusals = Partial<Record<UserErrorCode, Refusal>>;

export const takenName = 'Taken name';

export async function openWorld() {
  const gateway = await startGateway();
  const api = await gateway.client();
  const template = await createTemplate(api, takenName);
  const provisioningId = present(template.provisioningId);
  const adminEmail = 'owner@refused.example';

  function customerForm(overrides: Partial<documents.ProvisionCustomerInput> = {}): documents.ProvisionCustomerInput {
    return {
      idempotencyKey: randomUUID(),
      provisioningId,
      externalId: randomUUID(),
      packages: [{ package: 'WEBEX_CALLING' }],
      billingAddress: place('Headquarters').address,
      customerInformation: { companyName: 'Refused', adminEmail: `owner@${randomUUID()}.example` },
      headquarters: place('Headquarters'),
      ...overrides,
    };
  }

  async function provisionCustomer(overrides: Partial<documents.ProvisionCustomerInput> = {}) {
    const input = customerForm(overrides);
    return (await api.run(documents.ProvisionCustomerDocument, { input })).provisionCustomer;
  }

  async function createCustomer(overrides: Partial<documents.ProvisionCustomerInput> = {}) {
    const { customer, operation } = accepted(await provisionCustomer(overrides));
    return {
      id: present(customer).id,
      externalId: present(customer).externalId,
      operation: await untilEnded(api, present(operation).id),
    };
  }

  const customer = await createCustomer({
    packages: [
      { package: 'WEBEX_SUITE' },
      { package: 'WEBEX_CALLING' },
      { package: 'WEBEX_MEETINGS' },
      { package: 'WEBEX_VOICE', limit: 0 },
      { package: 'COMMON_AREA_CALLING' },
    ],
    customerInformation: { companyName: 'Refused', adminEmail },
  });
  expect(customer.operation.status).toBe('SUCCEEDED');

  function userForm(overrides: Partial<documents.ProvisionUserInput> = {}): documents.ProvisionUserInput {
    return {
      idempotencyKey: randomUUID(),
      customerId: customer.id,
      firstName: 'Ada',
      lastName: 'Winter',
      email: `${randomUUID()}@refused.example`,
      package: 'WEBEX_CALLING',
      ...overrides,
    };
  }

  async function provisionUser(overrides: Partial<documents.ProvisionUserInput> = {}) {
    return (await api.run(documents.ProvisionUserDocument, { input: userForm(overrides) })).provisionUser;
  }

  async function addUser(overrides: Partial<documents.ProvisionUserInput> = {}) {
    const { user, operation } = accepted(await provisionUser(overrides));
    return { ...present(user), operation: await untilEnded(api, present(operation).id) };
  }

  const user = await addUser({ email: 'ada@refused.example', extension: '3001', phoneNumber: '+12175553001' });
  expect(user.operation.status).toBe('SUCCEEDED');

  return {
    gateway,
    api,
    template,
    customer,
    adminEmail,
    user,
    provisionCustomer,
    createCustomer,
    provisionUser,
    addUser,
    async organizationOf(email: string): Promise<string> {
      const { findOrganizations } = await api.run(documents.FindOrganizationsDocument, { adminEmail: email });
      return present(findOrganizations[0]).organizationId;
    },
    async startTemplateDraft(input: documents.StartTemplateDraftInput = {}): Promise<string> {
      const { startTemplateDraft } = await api.run(documents.StartTemplateDraftDocument, { input });
      return present(accepted(startTemplateDraft).draft).id;
    },
    async savePrimarySettings(overrides: Partial<documents.SaveTemplatePrimarySettingsInput> & { draftId: string }) {
      const { viewer } = await api.run(documents.WhoAmIDocument, {});
      const input = {
        name: `Name ${randomUUID()}`,
        countryCode: 'US',
        serviceProviderAdminId: present(viewer?.partner.serviceProviderAdmins[0]).id,
        wholesaleSubscriptionId: present(viewer?.partner.wholesaleSubscriptions[0]).id,
        ...overrides,
      };
      return (await api.run(documents.SaveTemplatePrimarySettingsDocument, { input })).saveTemplatePrimarySettings;
    },
    /** Work that goes on at the platform until it is let go. */
    async whileStuck<T>(act: () => Promise<T>): Promise<T> {
      await gateway.sandbox.setFaults([{ kind: 'stuck' }]);
      try {
        return await act();
      } finally {
        await gateway.sandbox.setFaults([]);
      }
    },
  };
}

export type World = Awaited<ReturnType<typeof openWorld>>;
