// What a restart, planned or not, must not change.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { waitFor } from '../support/wait-for.ts';
import { createClient, customerForm, factsForm, list, openWorld, subscriberForm } from './support/world.ts';
import type { World } from './support/world.ts';

let world: World;
afterEach(() => world.close());

const stageMs = 60_000;
const customers = '/wholesale/customers';

describe('a restart', () => {
  it('loses nothing of what is done, of what is under way, and of the clock', async () => {
    world = await openWorld({ stageMs });
    const id = await world.createCustomer();
    await world.advance(stageMs * 2.5);
    const before = await world.customer(id);
    expect(before.status).toBe('provisioning');
    const clockForm = z.object({ advanceMs: z.number() });
    expect(await world.operator.get('/sandbox/clock', clockForm)).toEqual({ advanceMs: stageMs * 2.5 });
    await world.restart();
    expect(await world.operator.get('/sandbox/clock', clockForm)).toEqual({ advanceMs: stageMs * 2.5 });
    expect(await world.customer(id)).toEqual(before);
    await world.advance(stageMs * 5);
    await world.restart();
    const after = await world.customer(id);
    expect(after.status).toBe('provisioned');
    expect(after.orgId).toBeDefined();
    const { locationsCreated, customersCreated } = await world.effects();
    expect([locationsCreated, customersCreated]).toMatchObject([[{ count: 1 }], [{ count: 1 }]]);
  });

  it('finds the same organisations, and faults still on', async () => {
    world = await openWorld();
    const found = () => world.acme.get('/sandbox/organizations?adminEmail=admin@several.example', list(factsForm));
    const before = await found();
    await world.faults([{ path: '/roles', kind: 'unavailable' }]);
    await world.restart();
    await world.acme.expect(503, 'GET', '/roles');
    expect(await found()).toEqual(before);
  });
});

describe('the stages of provisioning', () => {
  it('follow the clock: nothing before its time, the organisation last told, all of it settled by whoever looks', async () => {
    world = await openWorld({ stageMs });
    const id = await world.createCustomer({ packages: ['webex_calling', 'webex_meetings', 'webex_suite'] });
    const seen: string[] = [];
    for (let step = 0; step < 60; step += 1) {
      const { status, orgId, resourceDetails } = await world.customer(id);
      const packages = resourceDetails.packages.filter((entry) => entry.status === 'provisioned').length;
      seen.push(`${status} ${packages} ${orgId === undefined ? 'untold' : 'told'}`);
      await world.advance(stageMs / 4);
    }
    expect([...new Set(seen)]).toEqual([
      'provisioning 0 untold',
      'provisioning 1 untold',
      'provisioning 2 untold',
      'provisioned 3 told',
    ]);
  });

  it('lock the customer against another change, which may be tried again later', async () => {
    world = await openWorld({ stageMs });
    const id = await world.createCustomer();
    for (const method of ['PUT', 'DELETE']) {
      const body = method === 'PUT' ? { packages: ['webex_meetings'] } : undefined;
      const locked = await world.acme.expect(423, method, `${customers}/${id}`, body);
      expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    await world.advance(stageMs * 10);
    const { orgId } = await world.customer(id);
    await world.acme.expect(202, 'DELETE', `${customers}/${id}`);
    const leaving = await world.customer(id);
    expect(leaving).toMatchObject({ status: 'deleting', orgId });
    expect(leaving.resourceDetails.packages.map(({ status }) => status)).toEqual(['deleting', 'deleting']);
    await world.acme.expect(423, 'DELETE', `${customers}/${id}`);
    await world.advance(stageMs * 10);
    await world.acme.expect(404, 'GET', `${customers}/${id}`);
    expect((await world.acme.get(customers, list(customerForm))).items).toEqual([]);
  });

  it('go on after the fault "stuck" where they stood, without catching up', async () => {
    world = await openWorld({ stageMs });
    const id = await world.createCustomer();
    await world.advance(stageMs * 2.5);
    const before = await world.customer(id);
    await world.faults([{ kind: 'stuck' }]);
    await world.advance(stageMs * 100);
    expect(await world.customer(id)).toEqual(before);
    await world.faults([]);
    expect(await world.customer(id)).toEqual(before);
    await world.advance(stageMs * 5);
    expect((await world.customer(id)).status).toBe('provisioned');
  });

  it('show an update package by package', async () => {
    world = await openWorld({ stageMs });
    const id = await world.createCustomer({ packages: ['webex_calling', 'webex_meetings'] });
    await world.advance(stageMs * 10);
    await world.customer(id);
    await world.acme.expect(202, 'PUT', `${customers}/${id}`, { packages: ['webex_calling', 'webex_voice'] });
    const updating = await world.customer(id);
    expect(updating.status).toBe('updating');
    expect(updating.orgId).toBeDefined();
    expect(updating.resourceDetails.packages).toEqual([
      { name: 'webex_calling', status: 'provisioned' },
      { name: 'webex_voice', status: 'provisioning' },
      { name: 'webex_meetings', status: 'deleting' },
    ]);
    await world.advance(stageMs * 10);
    expect((await world.customer(id)).resourceDetails.packages).toEqual([
      { name: 'webex_calling', status: 'provisioned' },
      { name: 'webex_voice', status: 'provisioned' },
    ]);
  });
});

describe('a kill in the middle of work', () => {
  it('leaves every effect whole and counted, whether it was answered or not', async () => {
    world = await openWorld();
    const customerId = await world.createCustomer({ limits: { webex_meetings: 1_000 } });
    const program = fileURLToPath(new URL('support/run-sandbox.ts', import.meta.url));
    const child = spawn(process.execPath, [program, world.databaseUrl], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = z.tuple([z.instanceof(Buffer)]).parse(await once(child.stdout, 'data'));
    const doomed = createClient(line.toString().trim(), 'sandbox-acme');

    const answered: string[] = [];
    let next = 0;
    const worker = async () => {
      for (;;) {
        const email = `u${next++}@kill.example`;
        const body = { customerId, email, package: 'webex_meetings', provisioningParameters: {} };
        const answer = await doomed.call('POST', '/wholesale/subscribers', body).catch(() => null);
        if (answer === null) return;
        expect(answer.status).toBe(200);
        answered.push(email);
        if (answered.length === 40) child.kill('SIGKILL');
      }
    };
    await Promise.all(Array.from({ length: 8 }, worker));
    await world.restart();

    // The database may still be finishing what the dead process asked for, so one look may fall between two reads.
    const items = await waitFor(async () => {
      const path = `/wholesale/subscribers?customerId=${customerId}&max=100`;
      const found = (await world.acme.get(path, list(subscriberForm))).items;
      const { subscribersCreated } = await world.effects();
      expect(subscribersCreated.every(({ count }) => count === 1)).toBe(true);
      const emailsOf = (entries: readonly { readonly email: string }[]) => entries.map(({ email }) => email).toSorted();
      return emailsOf(subscribersCreated).join() === emailsOf(found).join() && found;
    });
    expect(items.map(({ email }) => email)).toEqual(expect.arrayContaining(answered));
    for (const { personId } of items) await world.acme.expect(200, 'GET', `/people/${personId}`);
  });
});
