// The same call again and again, to two processes on one database and after both were restarted: one answer, done once.

import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issueLocalToken } from '../../src/server/auth/local-issuer.ts';
import * as documents from '../generated/graphql.ts';
import type { ProvisionCustomerInput } from '../generated/graphql.ts';
import { createApiClient } from '../support/api-client.ts';
import type { ApiClient } from '../support/api-client.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { startGatewayProcess } from '../support/gateway-process.ts';
import type { GatewayProcess } from '../support/gateway-process.ts';
import { createSandboxControl } from '../support/sandbox-control.ts';
import { accepted, createTemplate, place, present, untilEnded } from '../support/story.ts';

const dataDir = mkdtempSync(path.join(os.tmpdir(), 'gateway-twice-'));
let test: TestDatabase;
let processes: GatewayProcess[] = [];
let clients: ApiClient[] = [];
let input: ProvisionCustomerInput;

/** Each with a pool, a queue, a worker and a sandbox of its own; the database is one. */
async function startBoth(): Promise<void> {
  const token = await issueLocalToken({ dataDir, partner: 'acme', roles: ['FULL_ADMIN'], ttlSeconds: 3_600 });
  processes = [];
  const settings = { DATABASE_URL: test.url, SANDBOX_STAGE_MS: '0', LOG_LEVEL: 'warn', GRAPHIQL: 'off' };
  for (let count = 0; count < 2; count++) processes.push(await startGatewayProcess(dataDir, settings));
  clients = processes.map(({ url }) => createApiClient(url, token));
}

beforeAll(async () => {
  test = await createTestDatabase();
  await startBoth();
  const template = await createTemplate(present(clients[0]));
  const { address } = place('Headquarters');
  input = {
    idempotencyKey: 'once and for all',
    provisioningId: present(template.provisioningId),
    externalId: 'repeated',
    packages: [{ package: 'WEBEX_CALLING' }],
    billingAddress: address,
    customerInformation: { companyName: 'Repeated', adminEmail: 'boss@repeated.example' },
    headquarters: place('Headquarters'),
  };
}, 120_000);
afterAll(async () => {
  await Promise.all(processes.map((running) => running.stop()));
  await test.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** What the call answers to each client, so many times at once. */
async function callAll(times: number, overrides: Partial<ProvisionCustomerInput> = {}) {
  const calls = clients.flatMap((client) =>
    Array.from({ length: times }, () =>
      client.run(documents.ProvisionCustomerDocument, { input: { ...input, ...overrides } }),
    ),
  );
  return (await Promise.all(calls)).map(({ provisionCustomer }) => present(provisionCustomer));
}

async function idsOfAll(times: number): Promise<string[]> {
  const ids = (await callAll(times)).map((payload) => {
    const { customer, operation } = accepted(payload);
    return `${present(customer).id} ${present(operation).id}`;
  });
  return [...new Set(ids)];
}

describe('a call under one idempotency key', { timeout: 120_000 }, () => {
  let answer: string;

  it('is done once and answered the same by two processes at the same time', async () => {
    const answers = await idsOfAll(5);
    expect(answers).toHaveLength(1);
    answer = present(answers[0]);
    const [, operationId = ''] = answer.split(' ');
    expect(await untilEnded(present(clients[0]), operationId)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await test.database.customer.count({ where: { externalId: 'repeated' } })).toBe(1);
    const { customersCreated } = await createSandboxControl(present(processes[0]).sandboxOrigin).effects();
    expect(customersCreated.filter(({ count }) => count !== 1)).toEqual([]);
  });

  it('is refused with another input by both', async () => {
    const [first, second] = await callAll(1, { externalId: 'another' });
    const mismatch = {
      customer: null,
      userErrors: [{ __typename: 'IdempotencyMismatchError', code: 'IDEMPOTENCY_MISMATCH', path: ['idempotencyKey'] }],
    };
    expect([first, second]).toMatchObject([mismatch, mismatch]);
  });

  it('is answered the same after a kill and a restart', async () => {
    await Promise.all(processes.map((running) => running.kill()));
    await startBoth();
    expect(await idsOfAll(1)).toEqual([answer]);
    expect(await callAll(1, { externalId: 'another' })).toMatchObject([
      { userErrors: [{ code: 'IDEMPOTENCY_MISMATCH' }] },
      { userErrors: [{ code: 'IDEMPOTENCY_MISMATCH' }] },
    ]);
    expect(await test.database.customer.count({ where: { externalId: 'repeated' } })).toBe(1);
  });

  it('is done once by the one that is killed in the middle or by the other that is asked again', async () => {
    const [first, second] = clients;
    const [victim] = processes;
    const request = { input: { ...input, idempotencyKey: 'cut off', externalId: 'cut-off' } };
    const lost = present(first)
      .run(documents.ProvisionCustomerDocument, request)
      .catch(() => null);
    await present(victim).kill();
    await lost;
    const again = await present(second).run(documents.ProvisionCustomerDocument, request);
    const { operation } = accepted(present(again.provisionCustomer));
    expect(await untilEnded(present(second), present(operation).id)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await test.database.customer.count({ where: { externalId: 'cut-off' } })).toBe(1);
  });
});
