// The main job as an operator of the real Webex sees it: the gateway knows an address, an integration and its own token issuer.
// Behind the address stands a sandbox in a process and a database of its own; what only a sandbox has is out of reach.

import { execFile } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openTokenSource } from '../bench/live/tokens.ts';
import * as documents from '../generated/graphql.ts';
import { createApiClient } from '../support/api-client.ts';
import type { ApiClient } from '../support/api-client.ts';
import { createBareDatabase } from '../support/database.ts';
import { freePort } from '../support/gateway-process.ts';
import { startRole } from '../support/role-process.ts';
import type { RoleProcess } from '../support/role-process.ts';
import { createSandboxControl } from '../support/sandbox-control.ts';
import {
  accepted,
  createCustomer,
  createTemplate,
  place,
  present,
  setUpCustomer,
  someUsers,
  untilEnded,
} from '../support/story.ts';

const root = path.resolve(import.meta.dirname, '../..');
const clientSecret = 'hunter2-client-secret';
const closers: (() => Promise<unknown>)[] = [];
let settings: Readonly<Record<string, string>>;
let issueToken: (partner: string) => Promise<string>;
let gateway: RoleProcess;
let platform: ReturnType<typeof createSandboxControl>;
let api: ApiClient;

beforeAll(async () => {
  const [own, theirs] = [await createBareDatabase(), await createBareDatabase()];
  closers.push(own.drop, theirs.drop);
  const tokens = await openTokenSource();
  closers.push(() => tokens.close());

  const sandboxPort = String(await freePort());
  const webex = await startRole('sandbox', {
    DATABASE_URL: theirs.url,
    SANDBOX_PORT: sandboxPort,
    SANDBOX_STAGE_MS: '50',
    LOG_LEVEL: 'warn',
  });
  closers.push(() => webex.stop());
  await webex.ready;
  platform = createSandboxControl(`http://127.0.0.1:${sandboxPort}`);

  settings = {
    DATABASE_URL: own.url,
    PLATFORM: 'webex',
    WEBEX_BASE_URL: `${platform.origin}/v1`,
    WEBEX_CLIENT_ID: 'client',
    WEBEX_CLIENT_SECRET: clientSecret,
    WEBEX_REFRESH_TOKEN: 'sandbox-acme',
    CREDENTIALS_KEY: randomBytes(32).toString('base64'),
    ...tokens.settings,
  };
  await register('acme', 'US');
  gateway = await startRole('gateway,worker', { ...settings, LOG_LEVEL: 'debug', GRAPHIQL: 'off', BOARD: 'off' });
  closers.push(() => gateway.stop());
  await gateway.ready;
  issueToken = (partner) => tokens.issue(partner, 'grace');
  api = createApiClient(gateway.url, await issueToken('acme'));
  closers.push(() => api.close());
}, 120_000);
afterAll(async () => {
  for (const close of closers.reverse()) await close();
});

async function partnerCommand(args: readonly string[], input = ''): Promise<void> {
  const running = promisify(execFile)(process.execPath, ['src/cli/partner.ts', ...args], { cwd: root, env: settings });
  running.child.stdin?.end(input);
  await running;
}

async function register(slug: string, region: string): Promise<void> {
  const admin = ['--admin-name', 'Grace', '--admin-email', `grace@${slug}.example`];
  await partnerCommand(['add', '--slug', slug, '--name', slug, '--region', region, '--subscription', 'Sub1', ...admin]);
}

/** What a person does at the platform, in Partner Hub or in a mail: none of the gateway's doing. */
async function atPlatform(method: string, where: string, body?: object): Promise<unknown> {
  const response = await fetch(`${platform.origin}/sandbox${where}`, {
    method,
    headers: { authorization: 'Bearer sandbox-acme', ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  expect(response.ok, `${method} ${where}`).toBe(true);
  return response.json();
}

const settled = { status: 'SUCCEEDED', nextAction: 'NONE', progress: { percent: 100 } };

/** Made in Partner Hub, and its provisioning ID pasted. */
async function linkedTemplate() {
  const template = await createTemplate(api);
  expect(template).toMatchObject({ status: 'AWAITING_PROVISIONING_ID', provisioningId: null });
  const form = { templateId: randomUUID(), name: template.name, country: 'US', subscriptionNumber: 'Sub100001' };
  const { provisioningId } = z
    .object({ provisioningId: z.string() })
    .parse(await atPlatform('POST', '/templates', form));
  const linked = await api.run(documents.LinkProvisioningIdDocument, {
    input: { templateId: template.id, provisioningId },
  });
  expect(accepted(linked.linkProvisioningId).template).toMatchObject({ status: 'ACTIVE', provisioningId });
  return { id: template.id, provisioningId };
}

describe('in front of what could be the real Webex', () => {
  it('the whole main job is done, and nothing is asked that Webex does not have', { timeout: 180_000 }, async () => {
    const template = await linkedTemplate();
    const created = await createCustomer(api, { templateId: template.id, packages: ['WEBEX_CALLING', 'WEBEX_SUITE'] });
    expect(await untilEnded(api, created.operation.id)).toMatchObject(settled);
    const names = ['Headquarters', 'Chicago', 'Peoria'];
    const users = someUsers(25, 'outside.example', names, 1);
    const setup = await setUpCustomer(api, created.customer.id, [place('Chicago'), place('Peoria')], users);
    expect(await untilEnded(api, setup.id)).toMatchObject(settled);

    const { customer } = await api.run(documents.CustomerWholeDocument, { id: created.customer.id });
    expect(customer).toMatchObject({ status: 'PROVISIONED', users: { totalCount: 25 } });
    expect(present(customer).users.nodes.every(({ status }) => status === 'PROVISIONED')).toBe(true);
    const locations = present(customer).locations.nodes.map(({ name, status }) => `${name} ${status}`);
    expect(locations.sort()).toEqual(names.map((name) => `${name} PROVISIONED`).sort());
    const effects = Object.values(await platform.effects()).flat();
    expect(effects.filter(({ count }) => count !== 1)).toEqual([]);
    const requests = await platform.requests();
    expect(requests.filter((request) => request.includes('/access_token'))).toHaveLength(1);
    // The person at the platform registered the template; all else is Webex's own API.
    expect(requests.filter((request) => !/^\w+ \/v1\//.test(request))).toEqual(['POST /sandbox/templates']);
  });

  it('an attach waits for nobody here: consent is given at the platform, and then it is tried again', async () => {
    const { provisioningId } = await linkedTemplate();
    const found = await atPlatform('GET', '/organizations?adminEmail=admin%40hundred.example');
    const [organization] = z.object({ items: z.array(z.object({ organizationId: z.string() })) }).parse(found).items;
    const organizationId = present(organization).organizationId;
    const headquarters = place('Headquarters');
    const { provisionCustomer } = await api.run(documents.AttachOrganizationDocument, {
      input: {
        idempotencyKey: 'attach',
        provisioningId,
        externalId: 'attach',
        packages: [{ package: 'WEBEX_CALLING' }],
        billingAddress: headquarters.address,
        organizationId,
        headquarters,
      },
    });
    const { customer, operation } = accepted(provisionCustomer);
    expect(customer).toMatchObject({ attachConsent: null });
    const operationId = present(operation).id;
    const failed = await untilEnded(api, operationId);
    expect(failed.status).toBe('FAILED');
    expect(JSON.stringify(failed.steps)).toContain('approve');

    await atPlatform('POST', '/consents', { consentId: randomUUID(), organizationId });
    const [mail] = await platform.mails('admin@hundred.example');
    await platform.answer(present(mail?.consentToken), 'APPROVE');
    accepted((await api.run(documents.RetryOperationDocument, { input: { operationId } })).retryOperation);
    expect(await untilEnded(api, operationId)).toMatchObject(settled);
  }, 120_000);

  it('another partner brings its own credentials to a gateway that runs', { timeout: 60_000 }, async () => {
    await register('nordic', 'EU');
    const input = `WEBEX_CLIENT_ID=c\nWEBEX_CLIENT_SECRET=${clientSecret}\nWEBEX_REFRESH_TOKEN=sandbox-nordic\n`;
    await partnerCommand(['credentials', '--slug', 'nordic'], input);
    const nordic = createApiClient(gateway.url, await issueToken('nordic'));
    closers.push(() => nordic.close());
    const { importCustomers } = await nordic.run(documents.ImportCustomersDocument, {
      input: { idempotencyKey: randomUUID() },
    });
    const operation = present(accepted(importCustomers).operation);
    expect(await untilEnded(nordic, operation.id)).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('says on the API what cannot be done here', async () => {
    const found = await api.run(documents.FindOrganizationsDocument, { adminEmail: 'admin@hundred.example' });
    expect(found.findOrganizations).toEqual([]);
  });

  it('has logged much, and no secret', () => {
    expect(gateway.output()).toContain('access token renewed');
    expect(gateway.output()).toContain('platform answered');
    for (const secret of [clientSecret, 'sandbox-acme', 'sandbox-nordic', settings['CREDENTIALS_KEY'] ?? ''])
      expect(gateway.output()).not.toContain(secret);
  });
});
