// Faults over HTTP, the log of requests, and who may use the operator's calls.

import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startSandbox } from '../../src/sandbox/server.ts';
import { waitFor } from '../support/wait-for.ts';
import { createClient, customerForm, list, openWorld } from './support/world.ts';
import type { World } from './support/world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterEach(() => world.faults([]));
afterAll(() => world.close());

const customers = '/wholesale/customers';
const retryWindows = z.object({ announced: z.number(), inside: z.array(z.string()) });
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const logForm = list(
  z.object({
    at: z.string(),
    partner: z.string().nullable(),
    method: z.string(),
    path: z.string(),
    status: z.number().nullable(),
    effect: z.string().optional(),
    fault: z.string().optional(),
  }),
);
const withExternalId = async (externalId: string) =>
  (await world.acme.get(`${customers}?externalId=${externalId}`, list(customerForm))).items;

describe('faults on demand', () => {
  it('too many requests: 429 with Retry-After, until switched off', async () => {
    await world.faults([{ path: customers, kind: 'too-many-requests', retryAfterSeconds: 7 }]);
    const refused = await world.acme.expect(429, 'GET', customers);
    expect(refused.headers.get('retry-after')).toBe('7');
    await world.acme.expect(200, 'GET', '/roles');
    await world.faults([]);
    await world.acme.expect(200, 'GET', customers);
  });

  it('unavailable and server error, as often as asked', async () => {
    await world.faults([
      { path: '/roles', kind: 'unavailable', remaining: 2 },
      { path: '/roles', kind: 'server-error', remaining: 1 },
    ]);
    const statuses: number[] = [];
    for (let count = 0; count < 4; count += 1) statuses.push((await world.acme.call('GET', '/roles')).status);
    expect(statuses).toEqual([503, 503, 500, 200]);
    const { body } = await world.operator.expect(200, 'GET', '/sandbox/faults');
    expect(body).toMatchObject({ seed: 1, faults: [{ remaining: 0 }, { remaining: 0 }] });
  });

  it('reset before the effect: nothing happened', async () => {
    await world.faults([{ method: 'POST', path: customers, kind: 'reset-before' }]);
    await expect(world.acme.call('POST', customers, await world.creation({ externalId: 'before' }))).rejects.toThrow();
    expect(await withExternalId('before')).toEqual([]);
    expect((await world.effects()).customersCreated.some(({ externalId }) => externalId === 'before')).toBe(false);
  });

  it('reset after the effect: it happened, and nobody was told', async () => {
    await world.faults([{ method: 'POST', path: customers, kind: 'reset-after', remaining: 1 }]);
    const creation = await world.creation({ externalId: 'after' });
    await expect(world.acme.call('POST', customers, creation)).rejects.toThrow();
    expect(await withExternalId('after')).toMatchObject([{ status: 'provisioned' }]);
    await world.acme.expect(409, 'POST', customers, creation);
    expect((await world.effects()).customersCreated.filter(({ externalId }) => externalId === 'after')).toMatchObject([
      { count: 1 },
    ]);
  });

  it('locked: 423, with the time to come back where one is told', async () => {
    await world.faults([{ path: '/roles', kind: 'locked', retryAfterSeconds: 3 }]);
    expect((await world.acme.expect(423, 'GET', '/roles')).headers.get('retry-after')).toBe('3');
    await world.faults([{ path: '/roles', kind: 'locked' }]);
    expect((await world.acme.expect(423, 'GET', '/roles')).headers.get('retry-after')).toBeNull();
  });

  it.each(['hang-before', 'hang-after'])('%s: no answer ever, with or without the effect', async (kind) => {
    await world.faults([{ method: 'POST', path: customers, kind, remaining: 1 }]);
    const creation = await world.creation({ externalId: kind });
    const patience = AbortSignal.timeout(1_000);
    const asked = fetch(`${world.origin()}/v1${customers}`, {
      method: 'POST',
      headers: { authorization: 'Bearer sandbox-acme', 'content-type': 'application/json' },
      body: JSON.stringify(creation),
      signal: patience,
    });
    await expect(asked).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(await withExternalId(kind)).toHaveLength(kind === 'hang-after' ? 1 : 0);
  });

  it('double answer: both copies come over the connection, and the effect is one', async () => {
    await world.faults([{ method: 'POST', path: customers, kind: 'double-answer', remaining: 1 }]);
    const body = JSON.stringify(await world.creation({ externalId: 'double' }));
    const { hostname, port } = new URL(world.origin());
    const socket = connect(Number(port), hostname);
    const head = `POST /v1${customers} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer sandbox-acme\r\ncontent-type: application/json\r\n`;
    socket.write(`${head}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    let read = '';
    for await (const chunk of socket) {
      read += String(chunk);
      if (read.split('HTTP/1.1 202').length > 2) break;
    }
    expect(read.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 202', 'HTTP/1.1 202']);
    expect(await withExternalId('double')).toHaveLength(1);
  });

  it('what comes before the time that was named is told to the operator', async () => {
    const report = async () => (await world.operator.expect(200, 'GET', '/sandbox/retry-after')).body;
    await world.faults([{ path: '/roles', kind: 'too-many-requests', retryAfterSeconds: 30, remaining: 1 }]);
    await world.acme.expect(429, 'GET', '/roles');
    const before = retryWindows.parse(await report());
    // What was under way when the answer was read does not count, so it takes a moment.
    const inside = await waitFor(async () => {
      await world.acme.expect(200, 'GET', '/roles');
      const found = retryWindows.parse(await report()).inside;
      return found.length > before.inside.length && found;
    });
    expect(inside).toContain('GET /v1/roles');
  });

  it('latency: the answer comes, but later than others', async () => {
    await world.faults([{ path: '/roles', kind: 'latency', latencyMs: 300 }]);
    const order: string[] = [];
    await Promise.all([
      world.acme.expect(200, 'GET', '/roles').then(() => order.push('delayed')),
      world.acme.expect(200, 'GET', customers).then(() => order.push('not delayed')),
    ]);
    expect(order).toEqual(['not delayed', 'delayed']);
  });

  it('stuck: provisioning stands still, whatever the clock says and through a restart, then goes on', async () => {
    await world.faults([{ kind: 'stuck' }]);
    const id = await world.createCustomer();
    await world.advance(3_600_000);
    expect((await world.customer(id)).status).toBe('provisioning');
    await world.restart();
    expect((await world.customer(id)).status).toBe('provisioning');
    await world.faults([]);
    await world.advance(10);
    expect((await world.customer(id)).status).toBe('provisioned');
  });

  it('hit the same requests again with the same seed', async () => {
    const run = async (seed: number) => {
      await world.faults([{ path: '/roles', kind: 'unavailable', rate: 0.5 }], seed);
      const statuses: number[] = [];
      for (let count = 0; count < 20; count += 1) statuses.push((await world.acme.call('GET', '/roles')).status);
      return statuses;
    };
    const first = await run(3);
    expect(new Set(first)).toEqual(new Set([200, 503]));
    expect(await run(3)).toEqual(first);
  });

  it('spare the operator, so that they can be switched off', async () => {
    await world.faults([{ path: '/**', kind: 'reset-before' }]);
    await expect(world.acme.call('GET', '/roles')).rejects.toThrow();
    await world.operator.expect(200, 'GET', '/sandbox/healthz');
    await world.operator.expect(200, 'GET', '/sandbox/clock');
  });

  it('are refused as a whole where one of them is nonsense', async () => {
    const faults = [
      { path: '/roles', kind: 'unavailable' },
      { path: '/roles', kind: 'earthquake' },
    ];
    await world.operator.expect(400, 'PUT', '/sandbox/faults', { faults });
    await world.acme.expect(200, 'GET', '/roles');
  });
});

describe('the log of requests', () => {
  it('shows what was asked, what it changed and what hit it, without secrets', async () => {
    await world.acme.expect(202, 'POST', customers, await world.creation({ externalId: 'logged' }));
    await world.faults([{ path: '/roles', kind: 'reset-after' }]);
    await expect(world.acme.call('GET', '/roles?page=1')).rejects.toThrow();
    await world.operator.expect(401, 'GET', customers);
    const { items } = await world.operator.get('/sandbox/log', logForm);
    expect(items.slice(-3)).toMatchObject([
      { partner: 'acme', method: 'POST', path: `/v1${customers}`, status: 202, effect: 'customer-created' },
      { partner: 'acme', method: 'GET', path: '/v1/roles?page=1', status: null, fault: 'reset-after' },
      { partner: null, method: 'GET', path: `/v1${customers}`, status: 401 },
    ]);
    expect(JSON.stringify(items)).not.toContain('sandbox-acme');
    await world.advance(1_000);
    const since = new Date(Date.parse(items.at(-1)?.at ?? '') + 500).toISOString();
    expect((await world.operator.get(`/sandbox/log?since=${since}`, logForm)).items).toEqual([]);
    await world.acme.call('GET', '/nowhere');
    expect((await world.operator.get(`/sandbox/log?since=${since}`, logForm)).items).toMatchObject([{ status: 404 }]);
    expect((await world.operator.get(`/sandbox/log?since=${Date.parse(since)}`, logForm)).items).toHaveLength(1);
  });

  it('survives a restart', async () => {
    await world.acme.expect(200, 'GET', '/roles?mark=before');
    await world.restart();
    const { items } = await world.operator.get('/sandbox/log', logForm);
    expect(items.at(-1)?.path).toBe('/v1/roles?mark=before');
  });
});

describe('the operator', () => {
  it('is somebody on this machine, wherever the sandbox listens', async () => {
    const outside = Object.values(networkInterfaces())
      .flat()
      .find((candidate) => candidate?.internal === false && candidate.family === 'IPv4');
    // A machine without a network has no outside.
    if (outside === undefined) return;
    const open = await startSandbox({ databaseUrl: world.databaseUrl, port: 0, host: '0.0.0.0', log: silent });
    const fromOutside = createClient(`http://${outside.address}:${new URL(open.origin).port}`, 'sandbox-acme');
    await fromOutside.expect(200, 'GET', '/roles');
    await fromOutside.expect(403, 'PUT', '/sandbox/faults', { faults: [] });
    await fromOutside.expect(403, 'GET', '/sandbox/log');
    await createClient(open.origin, null).expect(200, 'GET', '/sandbox/log');
    await open.close();
  });

  it('sees the effects of all partners, or of the one whose token is sent', async () => {
    await world.createCustomer({ externalId: 'of-acme' });
    const form = z.object({ customersCreated: z.array(z.object({ externalId: z.string(), partner: z.string() })) });
    const all = await world.operator.get('/sandbox/effects', form);
    expect(all.customersCreated).toContainEqual({ externalId: 'of-acme', partner: 'acme' });
    expect(await world.nordic.get('/sandbox/effects', form)).toEqual({ customersCreated: [] });
    await world.operator.expect(400, 'PUT', '/sandbox/clock', { advanceMs: -1 });
  });
});
