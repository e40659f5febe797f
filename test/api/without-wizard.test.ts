// Users, locations and numbers of a customer without the wizard, through the front door.

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as documents from '../generated/graphql.ts';
import type { ProvisionUserInput } from '../generated/graphql.ts';
import type { ApiClient } from '../support/api-client.ts';
import { startGateway } from '../support/gateway.ts';
import type { Gateway } from '../support/gateway.ts';
import { accepted, createCustomer, createTemplate, place, present, untilEnded } from '../support/story.ts';

let gateway: Gateway;
let api: ApiClient;
let customerId: string;

beforeAll(async () => {
  gateway = await startGateway();
  api = await gateway.client();
  const template = await createTemplate(api);
  const created = await createCustomer(api, {
    templateId: template.id,
    packages: ['WEBEX_CALLING', 'WEBEX_MEETINGS'],
  });
  customerId = created.customer.id;
  expect(await untilEnded(api, created.operation.id)).toMatchObject({ status: 'SUCCEEDED' });
});
afterAll(async () => {
  await gateway.close();
});

function userForm(overrides: Partial<ProvisionUserInput> = {}): ProvisionUserInput {
  return {
    idempotencyKey: randomUUID(),
    customerId,
    firstName: 'Ada',
    lastName: 'Winter',
    email: `${randomUUID().slice(0, 8)}@without-wizard.example`,
    package: 'WEBEX_CALLING',
    extension: String(Math.floor(Math.random() * 9_000_000) + 1_000_000),
    ...overrides,
  };
}

async function provision(overrides: Partial<ProvisionUserInput> = {}) {
  const answer = await api.run(documents.ProvisionUserDocument, { input: userForm(overrides) });
  const { user, operation } = accepted(answer.provisionUser);
  expect(await untilEnded(api, present(operation).id)).toMatchObject({ status: 'SUCCEEDED' });
  return present(user);
}

const key = () => randomUUID();

describe('one user through the API', () => {
  it('is provisioned at the headquarters, then removed', async () => {
    const user = await provision({ phoneNumber: '+12175557001' });
    expect(user).toMatchObject({ status: 'PENDING', location: { name: 'Headquarters' }, phoneNumber: '+12175557001' });
    expect((await api.run(documents.UserByNodeDocument, { id: user.id })).node).toMatchObject({
      status: 'PROVISIONED',
    });

    const removal = accepted(
      (await api.run(documents.RemoveUserDocument, { input: { idempotencyKey: key(), userId: user.id } })).removeUser,
    );
    expect(removal).toMatchObject({ user: { status: 'DELETING' }, operation: { kind: 'REMOVE_USER' } });
    expect(await untilEnded(api, present(removal.operation).id)).toMatchObject({ status: 'SUCCEEDED' });
    expect((await api.run(documents.UserByNodeDocument, { id: user.id })).node).toBeNull();
  });

  it('is given another package, and is what it was where that is refused', async () => {
    const user = await provision({ package: 'WEBEX_MEETINGS', extension: null });
    const run = (input: Partial<documents.UpdateUserInput>) =>
      api.run(documents.UpdateUserDocument, { input: { idempotencyKey: key(), userId: user.id, ...input } });
    const refused = (await run({ phoneNumber: '+12175557002' })).updateUser;
    expect(refused).toMatchObject({
      user: { id: user.id, status: 'PROVISIONED' },
      operation: null,
      userErrors: [{ code: 'NUMBER_NOT_ALLOWED', path: ['phoneNumber'] }],
    });
    const { user: changed, operation } = accepted(
      (await run({ package: 'WEBEX_CALLING', extension: '77' })).updateUser,
    );
    expect(changed).toMatchObject({ status: 'UPDATING', package: { code: 'WEBEX_CALLING' }, extension: '77' });
    expect(await untilEnded(api, present(operation).id)).toMatchObject({ kind: 'UPDATE_USER', status: 'SUCCEEDED' });
  });

  it('is given roles, which show when the platform has assigned them', async () => {
    const user = await provision();
    const answer = await api.run(documents.AssignOrganizationRolesDocument, {
      input: { idempotencyKey: key(), userId: user.id, roles: ['SUPPORT_ADMIN'] },
    });
    const { user: before, operation } = accepted(answer.assignOrganizationRoles);
    expect(before?.roles).toEqual([]);
    expect(await untilEnded(api, present(operation).id)).toMatchObject({ kind: 'ASSIGN_ROLES', status: 'SUCCEEDED' });
    expect((await api.run(documents.UserByNodeDocument, { id: user.id })).node).toMatchObject({
      roles: ['SUPPORT_ADMIN'],
    });
  });

  it('is asked again only while the answer to the mail is awaited', async () => {
    const email = `${randomUUID().slice(0, 8)}@consumer.example`;
    const begun = await api.run(documents.ProvisionUserDocument, { input: userForm({ email }) });
    const { user, operation } = accepted(begun.provisionUser);
    const userId = present(user).id;
    const updates = api.subscribe(documents.OperationUpdatedDocument, { operationId: present(operation).id });
    for await (const { operationUpdated } of updates) {
      if (operationUpdated.operation.nextAction === 'OBTAIN_USER_CONSENT') break;
    }
    const run = () => api.run(documents.ResendUserConsentDocument, { input: { userId } });
    expect(accepted((await run()).resendUserConsent).user).toMatchObject({ status: 'AWAITING_USER_CONSENT' });
    const [mail, ...others] = await gateway.sandbox.mails(email);
    expect(others).toHaveLength(1);

    await gateway.sandbox.answer(mail?.consentToken ?? '', 'APPROVE');
    expect(await untilEnded(api, present(operation).id)).toMatchObject({ status: 'SUCCEEDED' });
    expect((await run()).resendUserConsent).toMatchObject({
      user: { id: userId, status: 'PROVISIONED' },
      userErrors: [{ __typename: 'RuleViolationError', code: 'USER_NOT_AWAITING_CONSENT' }],
    });
  });

  it('is only validated on request, and refused with everything that is wrong', async () => {
    const answer = await api.run(documents.ProvisionUserDocument, {
      input: userForm({ validateOnly: true, email: 'nobody', extension: '911', locationId: customerId }),
    });
    expect(answer.provisionUser).toMatchObject({ user: null, operation: null });
    expect(answer.provisionUser?.userErrors.map(({ code, path }) => [code, path])).toEqual([
      ['INVALID_FORMAT', ['email']],
      ['EXTENSION_RESERVED', ['extension']],
      ['NOT_FOUND', ['locationId']],
    ]);
  });
});

describe('places through the API', () => {
  it('adds a location, then numbers to it, in the order they were given', async () => {
    const added = accepted(
      (
        await api.run(documents.AddLocationDocument, {
          input: { idempotencyKey: key(), customerId, location: place('Chicago') },
        })
      ).addLocation,
    );
    expect(added).toMatchObject({ location: { name: 'Chicago', kind: 'BRANCH', status: 'PENDING' } });
    expect(await untilEnded(api, present(added.operation).id)).toMatchObject({ status: 'SUCCEEDED' });

    const locationId = present(added.location).id;
    const numbers = ['+12175557102', '+12175557101'];
    const answer = await api.run(documents.AddPhoneNumbersDocument, {
      input: { idempotencyKey: key(), locationId, numbers },
    });
    const { phoneNumbers, operation } = accepted(answer.addPhoneNumbers);
    expect(phoneNumbers.map(({ number, location, user }) => [number, location.id, user])).toEqual(
      numbers.map((number) => [number, locationId, null]),
    );
    expect(await untilEnded(api, present(operation).id)).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('answers a refusal with nothing but its reasons', async () => {
    const location = await api.run(documents.AddLocationDocument, {
      input: { idempotencyKey: key(), customerId, location: place('Headquarters') },
    });
    expect(location.addLocation).toMatchObject({
      location: null,
      operation: null,
      userErrors: [{ code: 'DUPLICATE' }],
    });
    const numbers = await api.run(documents.AddPhoneNumbersDocument, {
      input: { idempotencyKey: key(), locationId: customerId, numbers: ['+12175557103'] },
    });
    expect(numbers.addPhoneNumbers).toMatchObject({ phoneNumbers: [], userErrors: [{ code: 'NOT_FOUND' }] });
  });
});

describe('Setup Assist through the API', () => {
  it('is ordered for a location, the small service for a small one', async () => {
    const user = await provision();
    const locationId = present(user.location).id;
    const run = (contactEmail: string) =>
      api.run(documents.RequestSetupAssistDocument, { input: { customerId, locationId, contactEmail } });
    expect(accepted((await run('help@without-wizard.example')).requestSetupAssist).request).toMatchObject({
      sku: 'EXPRESS',
      contactEmail: 'help@without-wizard.example',
      notes: null,
      location: { id: locationId },
    });
    expect((await run('nobody')).requestSetupAssist).toMatchObject({
      request: null,
      userErrors: [{ code: 'INVALID_FORMAT', path: ['contactEmail'] }],
    });
  });
});
