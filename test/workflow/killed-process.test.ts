// kill -9 in the middle of a set-up with 25 users, at random moments: after the restart the operation ends well, nothing
// exists twice at the platform, and a subscriber that resumes from its cursor has had every event once.
// KILLS sets how often (default 3); KILL_SEED repeats a run.

import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { issueLocalToken } from '../../src/server/auth/local-issuer.ts';
import * as documents from '../generated/graphql.ts';
import { createApiClient } from '../support/api-client.ts';
import type { ApiClient } from '../support/api-client.ts';
import { startGatewayProcess } from '../support/gateway-process.ts';
import type { GatewayProcess } from '../support/gateway-process.ts';
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

const kills = Number(process.env['KILLS'] ?? 3);
const seed = Number(process.env['KILL_SEED'] ?? Date.now() % 100_000);
const dataDir = mkdtempSync(path.join(os.tmpdir(), 'gateway-kill-'));
let gateway: GatewayProcess | null = null;

afterAll(async () => {
  await gateway?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Numbers between 0 and 1 that a seed repeats (a linear congruential generator). */
function random(start: number): () => number {
  let state = start;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

async function start(): Promise<{ process: GatewayProcess; api: ApiClient }> {
  gateway = await startGatewayProcess(dataDir, { SANDBOX_STAGE_MS: '50', LOG_LEVEL: 'warn', GRAPHIQL: 'off' });
  const token = await issueLocalToken({ dataDir, partner: 'acme', roles: ['FULL_ADMIN'], ttlSeconds: 3_600 });
  return { process: gateway, api: createApiClient(gateway.url, token) };
}

it(
  `goes on after ${kills} kills, nothing twice, no event lost (seed ${seed})`,
  { timeout: 60_000 + kills * 60_000 },
  async () => {
    const next = random(seed);
    let running = await start();
    const template = await createTemplate(running.api);
    const beginning = await lastCursor(running.api);
    let cursor = beginning;
    const received: string[] = [];
    for (let round = 1; round <= kills; round++) {
      const created = await createCustomer(running.api, { templateId: template.id });
      expect(await untilEnded(running.api, created.operation.id)).toMatchObject({ status: 'SUCCEEDED' });
      const users = someUsers(25, `killed-${round}.example`, ['Headquarters', 'Branch'], round);
      const { id: operationId } = await setUpCustomer(running.api, created.customer.id, [place('Branch')], users);
      const killAfter = 1 + Math.floor(next() * 34);
      let seen = 0;
      let isKilled = false;
      for (let isEnded = false; !isEnded;) {
        try {
          for await (const { events } of running.api.subscribe(documents.EventsDocument, { after: cursor })) {
            cursor = events.cursor;
            const event = present(events.event);
            received.push(event.id);
            if (event.operationId !== operationId) continue;
            isEnded = event.type === 'OPERATION_FINISHED';
            if (isEnded) break;
            if (!isKilled && ++seen === killAfter) {
              isKilled = true;
              await running.process.kill();
            }
          }
        } catch (error) {
          if (!isKilled) throw error;
        }
        if (!isEnded) running = await start();
      }
      expect(isKilled).toBe(true);
      const { operation } = await running.api.run(documents.OperationDocument, { id: operationId });
      expect(operation).toMatchObject({ status: 'SUCCEEDED', progress: { percent: 100 } });
    }
    expect(received).toEqual(await allEventIds(running.api, beginning, cursor));
    const effects = Object.values(await createSandboxControl(running.process.sandboxOrigin).effects()).flat();
    expect(effects.length).toBeGreaterThan(kills * 25);
    expect(effects.filter(({ count }) => count !== 1)).toEqual([]);
  },
);

async function lastCursor(api: ApiClient): Promise<string | null> {
  let after: string | null = null;
  for (;;) {
    const { events }: documents.EventPageQuery = await api.run(documents.EventPageDocument, { first: 100, after });
    after = events.pageInfo.endCursor ?? after;
    if (!events.pageInfo.hasNextPage) return after;
  }
}

async function allEventIds(api: ApiClient, from: string | null, to: string | null): Promise<string[]> {
  const ids: string[] = [];
  let after = from;
  for (;;) {
    const { events }: documents.EventPageQuery = await api.run(documents.EventPageDocument, { first: 100, after });
    for (const { id, cursor } of events.nodes) {
      ids.push(id);
      if (cursor === to) return ids;
    }
    after = present(events.pageInfo.endCursor);
    if (!events.pageInfo.hasNextPage) throw new Error('the last cursor that was received is not in the log');
  }
}
