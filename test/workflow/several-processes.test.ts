// Two gateways, two workers and a sandbox, each a process of its own on one PostgreSQL, all started at the same moment.

import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { seedPartners } from '../../prisma/seed-data.ts';
import { createDatabase } from '../../src/database/client.ts';
import type { OpenDatabase } from '../../src/database/client.ts';
import { issueLocalToken } from '../../src/server/auth/local-issuer.ts';
import * as documents from '../generated/graphql.ts';
import { createApiClient } from '../support/api-client.ts';
import type { ApiClient } from '../support/api-client.ts';
import { createBareDatabase } from '../support/database.ts';
import { freePort } from '../support/gateway-process.ts';
import { startRole } from '../support/role-process.ts';
import type { RoleProcess } from '../support/role-process.ts';
import { createSandboxControl } from '../support/sandbox-control.ts';
import {
  createCustomer,
  createTemplate,
  place,
  present,
  setUpCustomer,
  someUsers,
  untilEnded,
} from '../support/story.ts';

const dataDir = mkdtempSync(path.join(os.tmpdir(), 'gateway-roles-'));
const processes: RoleProcess[] = [];
const clients: ApiClient[] = [];
let drop: () => Promise<void>;
let database: OpenDatabase;
let sandboxOrigin: string;
let gateways: readonly [RoleProcess, RoleProcess];
let workers: readonly [RoleProcess, RoleProcess];
let apis: readonly [ApiClient, ApiClient];

beforeAll(async () => {
  const empty = await createBareDatabase();
  drop = empty.drop;
  database = createDatabase({ url: empty.url, poolSize: 2 });
  const sandboxPort = String(await freePort());
  sandboxOrigin = `http://127.0.0.1:${sandboxPort}`;
  const start = async (roles: string): Promise<RoleProcess> => {
    const started = await startRole(roles, {
      DATABASE_URL: empty.url,
      DATABASE_POOL_SIZE: '4',
      DATA_DIR: dataDir,
      SANDBOX_PORT: sandboxPort,
      SANDBOX_STAGE_MS: '50',
      LOG_LEVEL: 'warn',
      GRAPHIQL: 'off',
    });
    processes.push(started);
    return started;
  };
  const all = ['gateway', 'gateway', 'worker', 'worker', 'sandbox'].map(start);
  gateways = [await present(all[0]), await present(all[1])];
  workers = [await present(all[2]), await present(all[3])];
  await Promise.all((await Promise.all(all)).map(({ ready }) => ready));
  const token = await issueLocalToken({ dataDir, partner: 'acme', roles: ['FULL_ADMIN'], ttlSeconds: 3_600 });
  apis = [createApiClient(gateways[0].url, token), createApiClient(gateways[1].url, token)];
  clients.push(...apis);
}, 180_000);

afterAll(async () => {
  for (const client of clients) await client.close();
  for (const worker of processes) await worker.kill();
  await database.close();
  await drop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Follows all events until this operation has ended; answers their ids. */
async function follow(api: ApiClient, after: string | null, ended: Promise<string>): Promise<string[]> {
  const ids: string[] = [];
  const finished = new Set<string>();
  for await (const { events } of api.subscribe(documents.EventsDocument, { after })) {
    const event = present(events.event);
    ids.push(event.id);
    if (event.type !== 'OPERATION_FINISHED') continue;
    finished.add(event.operationId ?? '');
    if (finished.has(await ended)) break;
  }
  return ids;
}

async function head(api: ApiClient): Promise<string | null> {
  let after: string | null = null;
  for (;;) {
    const { events }: documents.EventPageQuery = await api.run(documents.EventPageDocument, { first: 100, after });
    after = events.pageInfo.endCursor ?? after;
    if (!events.pageInfo.hasNextPage) return after;
  }
}

it('sows the demo data once, whoever comes first', async () => {
  const templates = await database.onboardingTemplate.groupBy({ by: ['partnerId'], _count: true });
  expect(templates.map(({ _count }) => _count)).toEqual(seedPartners.map(() => 1));
  const customers = seedPartners.flatMap((partner) => partner.customers.map(({ externalId }) => externalId));
  const found = await database.customer.findMany({ select: { externalId: true, status: true } });
  expect(found.map(({ externalId }) => externalId).sort()).toEqual([...customers].sort());
});

it('says of each process whether it can be used', async () => {
  const ready = async ({ url }: RoleProcess): Promise<unknown> => (await fetch(`${url}/readyz`)).json();
  for (const gateway of gateways) {
    expect(await ready(gateway)).toEqual({
      status: 'ready',
      checks: { database: 'ok', migrations: 'ok', feed: 'ok', server: 'ok', platform: 'ok' },
    });
  }
  for (const worker of workers) {
    expect(await ready(worker)).toEqual({
      status: 'ready',
      checks: { database: 'ok', migrations: 'ok', worker: 'ok', platform: 'ok' },
    });
    expect((await fetch(`${worker.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${worker.url}/graphql`, { method: 'POST' })).status).toBe(404);
  }
});

it('shows on every gateway what any worker did for any other gateway', { timeout: 60_000 }, async () => {
  const template = await createTemplate(apis[1]);
  const after = await head(apis[0]);
  const asked = Promise.withResolvers<string>();
  const both = Promise.all(apis.map((api) => follow(api, after, asked.promise)));
  const { operation } = await createCustomer(apis[1], { templateId: template.id });
  asked.resolve(operation.id);
  const [one, other] = await both;
  expect(one).toEqual(other);
  expect(new Set(one).size).toBe(present(one).length);
});

it('lets the other worker finish what a killed one had begun', { timeout: 120_000 }, async () => {
  const [killed, other] = workers;
  // Held back, so that it is certainly the first one that begins.
  other.pause();
  const template = await createTemplate(apis[0]);
  const created = await createCustomer(apis[0], { templateId: template.id });
  expect(await untilEnded(apis[0], created.operation.id)).toMatchObject({ status: 'SUCCEEDED' });
  const after = await head(apis[0]);
  const users = someUsers(25, 'killed-worker.example', ['Headquarters', 'Branch'], 7);
  const { id: operationId } = await setUpCustomer(apis[0], created.customer.id, [place('Branch')], users);
  const begun = apis[1].subscribe(documents.EventsDocument, { after });
  let progressed = 0;
  for await (const { events } of begun) {
    if (present(events.event).operationId === operationId && ++progressed === 5) break;
  }
  await killed.kill();
  const { operation: interrupted } = await apis[0].run(documents.OperationDocument, { id: operationId });
  expect(interrupted?.status).not.toBe('SUCCEEDED');
  other.resume();
  const received = await Promise.all(apis.map((api) => follow(api, after, Promise.resolve(operationId))));
  const { operation } = await apis[0].run(documents.OperationDocument, { id: operationId });
  expect(operation).toMatchObject({ status: 'SUCCEEDED', progress: { percent: 100 } });
  expect(received[0]).toEqual(received[1]);
  expect(new Set(received[0]).size).toBe(present(received[0]).length);
  const effects = Object.values(await createSandboxControl(sandboxOrigin).effects()).flat();
  expect(effects.filter(({ count }) => count !== 1)).toEqual([]);
});

it('ends each process in order when it is told to', { timeout: 60_000 }, async () => {
  for (const client of clients.splice(0)) await client.close();
  const [killed] = workers;
  const codes = await Promise.all(processes.filter((one) => one !== killed).map((one) => one.stop()));
  expect(codes).toEqual([0, 0, 0, 0]);
});
