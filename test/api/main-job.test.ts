// What people come for, through the front door: a template, a customer, its set-up, watched live until it is done.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as documents from '../generated/graphql.ts';
import { startGateway } from '../support/gateway.ts';
import type { Gateway } from '../support/gateway.ts';
import type { ApiClient } from '../support/api-client.ts';
import {
  createCustomer,
  createTemplate,
  place,
  present,
  setUpCustomer,
  someUsers,
  untilEnded,
} from '../support/story.ts';

let gateway: Gateway;
let api: ApiClient;

beforeAll(async () => {
  gateway = await startGateway();
  api = await gateway.client();
});
afterAll(async () => {
  await gateway.close();
});

describe('the main job through the API', () => {
  it('provisions a customer with locations, users and numbers, and shows all of it', async () => {
    const template = await createTemplate(api);
    expect(template).toMatchObject({
      status: 'ACTIVE',
      allowAdminInviteEmails: true,
      restrictAdminInviteEmails: false,
    });
    expect(template.provisioningId).toMatch(/\S/);

    const created = await createCustomer(api, { templateId: template.id, packages: ['WEBEX_CALLING', 'WEBEX_SUITE'] });
    expect(created.customer.status).toBe('PROVISIONING');
    expect(created.operation).toMatchObject({ kind: 'CREATE_CUSTOMER', progress: { totalItems: 3 } });
    const creation = await untilEnded(api, created.operation.id);
    expect(creation).toMatchObject({ status: 'SUCCEEDED', nextAction: 'NONE', progress: { percent: 100 } });

    const before = present((await api.run(documents.CustomerWholeDocument, { id: created.customer.id })).customer);
    expect(before).toMatchObject({
      status: 'PROVISIONED',
      origin: 'NEW',
      partnerAccess: 'FULL_ADMIN',
      restrictedByPartnerMode: true,
      keepsOwnAuthentication: false,
      dataRegion: 'US',
      headquarters: { kind: 'HEADQUARTERS', status: 'PROVISIONED' },
      currentOperation: null,
    });
    expect(before.setupTasks).toContain('ADD_USERS');
    expect(before.organizationId).toMatch(/\S/);

    const branches = [place('Chicago'), place('Peoria')];
    const names = ['Headquarters', 'Chicago', 'Peoria'];
    const setup = await setUpCustomer(api, created.customer.id, branches, someUsers(25, 'main-job.example', names, 1));
    const done = await untilEnded(api, setup.id);
    expect(done).toMatchObject({ status: 'SUCCEEDED', progress: { percent: 100 } });
    expect(done.steps.map(({ kind, totalItems, completedItems }) => [kind, totalItems, completedItems])).toEqual([
      ['CREATE_LOCATIONS', 2, 2],
      ['ADD_PHONE_NUMBERS', 25, 25],
      ['CREATE_USERS', 25, 25],
      ['ASSIGN_PHONE_NUMBERS', 25, 25],
    ]);

    const after = present((await api.run(documents.CustomerWholeDocument, { id: created.customer.id })).customer);
    expect(after.users.totalCount).toBe(25);
    expect(after.users.nodes.every(({ status, phoneNumber }) => status === 'PROVISIONED' && phoneNumber)).toBe(true);
    expect(after.locations.nodes.map(({ name, status }) => [name, status]).sort()).toEqual(
      names.map((name) => [name, 'PROVISIONED']).sort(),
    );
    expect(after.packages.find(({ offering }) => offering.code === 'WEBEX_CALLING')?.assignedUsers).toBe(25);

    const effects = Object.values(await gateway.sandbox.effects()).flat();
    expect(effects.filter(({ count }) => count !== 1)).toEqual([]);
  });

  it('keeps partners apart: what belongs to another looks as if it did not exist', async () => {
    const template = await createTemplate(api);
    const { customer, operation } = await createCustomer(api, { templateId: template.id });
    const foreign = await gateway.client('nordic');
    expect((await foreign.run(documents.CustomerWholeDocument, { id: customer.id })).customer).toBeNull();
    expect((await foreign.run(documents.OperationDocument, { id: operation.id })).operation).toBeNull();
    const start = await foreign.run(documents.StartSetupDraftDocument, { input: { customerId: customer.id } });
    expect(start.startSetupDraft?.userErrors).toMatchObject([
      { __typename: 'NotFoundError', code: 'NOT_FOUND', path: ['customerId'] },
    ]);
    const { events } = await foreign.run(documents.EventPageDocument, { first: 100 });
    expect(events.nodes.filter(({ customerId }) => customerId === customer.id)).toEqual([]);
    await untilEnded(api, operation.id);
  });

  it('lets a read-only administrator look and nothing else', async () => {
    const reader = await gateway.client('acme', 'READ_ONLY_ADMIN');
    expect((await reader.run(documents.WhoAmIDocument, {})).viewer?.roles).toEqual(['READ_ONLY_ADMIN']);
    const refused = await reader.execute(documents.StartTemplateDraftDocument, { input: {} });
    expect(refused.errors).toMatchObject([{ code: 'FORBIDDEN' }]);
  });
});
