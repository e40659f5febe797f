// Users, locations and numbers of a customer without the wizard, through the front door.

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as documents from '../generated/graphql.ts';
import type { ProvisionUserInput } from '../generated/graphql.ts';
import type { ApiClient } from '../support/api-client.ts';
import { startGateway } from '../support/gateway.ts';
import type { Gateway } from '../support/gateway.ts';
import { accepted, createCustomer, createTemplate, present, untilEnded } from '../support/story.ts';

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
