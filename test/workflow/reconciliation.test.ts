// Changes made elsewhere appear by themselves, as often as the operator wants; what vanished is marked.

import { randomUUID } from 'node:crypto';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { takeDueReconciliation } from '../../src/domain/elsewhere/reconciliation.ts';
import { createLog } from '../../src/log.ts';
import { startReconciler } from '../../src/workflow/elsewhere/reconciler.ts';
import { openWorkbench } from '../support/workbench.ts';
import type { Workbench } from '../support/workbench.ts';
import { waitFor } from '../support/wait-for.ts';
import { customersOf } from './support/customers.ts';
import type { Customers } from './support/customers.ts';

let bench: Workbench;
let customers: Customers;
const partnerHub = () => bench.platform.forPartner({ slug: 'acme' });
beforeAll(async () => {
  bench = await openWorkbench();
  customers = await customersOf(bench);
});
afterAll(() => bench.close());

const everyMs = 3_600_000;

/** Lets an hour pass, and waits until every partner was compared; answers what was logged. */
async function anHourLater(): Promise<Record<string, unknown>[]> {
  const lines: Record<string, unknown>[] = [];
  const destination = new Writable({
    write(line: Buffer, _encoding, next) {
      lines.push(JSON.parse(line.toString()) as Record<string, unknown>);
      next();
    },
  });
  const partners = await bench.database.partner.count();
  bench.turnClock(everyMs + 1_000);
  const { context, platform } = bench;
  const reconciler = startReconciler({ context, platform, log: createLog('info', destination), everyMs });
  await waitFor(async () => lines.length >= partners);
  await reconciler.close();
  return lines;
}

/** The first hour: who is new has to wait for it. */
async function begin(): Promise<void> {
  const { context, platform } = bench;
  await startReconciler({ context, platform, log: createLog('silent'), everyMs }).close();
  await waitFor(async () => (await bench.database.reconciliation.count()) > 0);
}

const eventsOf = async (customerId: string, after: number) => {
  const events = await bench.database.provisioningEvent.findMany({
    where: { customerId, customerVersion: { gt: after } },
    orderBy: { position: 'asc' },
  });
  return events.map(({ type, subjectType }) => `${type} ${subjectType}`);
};

it(
  'tells what came, went and was changed in Partner Hub, each once, and nothing else',
  { timeout: 120_000 },
  async () => {
    await begin();
    const quiet = await customers.create('Quiet');
    const busy = await customers.create('Busy');
    const { platformId, organizationId, version } = await customers.load(busy.customerId);
    const before = version;
    await anHourLater();
    expect(await eventsOf(busy.customerId, before)).toEqual([]);

    const hub = partnerHub();
    const [location] = await hub.listLocations(organizationId ?? '');
    const user = await hub.createUser({
      customerPlatformId: platformId ?? '',
      email: `hub-${randomUUID()}@example.com`,
      firstName: 'Hub',
      lastName: 'User',
      package: 'WEBEX_CALLING',
      calling: { locationPlatformId: location?.platformId ?? '', phoneNumber: null, extension: '4242' },
    });
    await anHourLater();
    expect(await eventsOf(busy.customerId, before)).toEqual(['FOUND_ON_PLATFORM User']);

    await hub.removeUser(user.platformId);
    await anHourLater();
    expect(await eventsOf(busy.customerId, before + 1)).toEqual(['VANISHED User']);
    expect(await bench.database.user.findFirst({ where: { platformId: user.platformId } })).toMatchObject({
      email: user.email,
      vanishedAt: expect.any(Date),
    });

    await hub.detachCustomer(platformId ?? '');
    await waitFor(async () => (await hub.getCustomer(platformId ?? '')) === null);
    await anHourLater();
    expect(await eventsOf(busy.customerId, before + 2)).toEqual(['VANISHED Customer']);
    expect(await customers.load(busy.customerId)).toMatchObject({
      status: 'PROVISIONED',
      vanishedAt: expect.any(Date),
    });
    await anHourLater();
    expect(await eventsOf(busy.customerId, before + 3)).toEqual([]);
    expect(await eventsOf(quiet.customerId, (await customers.load(quiet.customerId)).version)).toEqual([]);
  },
);

it('brings in a customer that was made elsewhere', { timeout: 60_000 }, async () => {
  const made = await customers.create('Made elsewhere');
  const { externalId } = await customers.load(made.customerId);
  await bench.database.customer.delete({ where: { id: made.customerId } });
  await anHourLater();
  const found = await bench.database.customer.findFirstOrThrow({ where: { externalId } });
  expect(await eventsOf(found.id, 0)).toEqual(['FOUND_ON_PLATFORM Customer']);
});

it('costs a few requests where nothing has happened', { timeout: 60_000 }, async () => {
  const count = await bench.database.customer.count({ where: { partner: { slug: 'acme' }, vanishedAt: null } });
  await anHourLater();
  const before = (await bench.sandbox.requests()).length;
  const lines = await anHourLater();
  const requests = (await bench.sandbox.requests()).length - before;
  process.stdout.write(`reconciliation: ${requests} requests for ${count} customers at rest\n`);
  expect(lines).toContainEqual(expect.objectContaining({ partner: 'acme', customers: count, events: 0 }));
  // Three lists of each partner, and three looks at each customer whose turn it is.
  const partners = await bench.database.partner.count();
  expect(requests).toBeLessThanOrEqual(3 * partners + 3 * count);
});

it('goes on with the other partners where one cannot be asked, and with that one the next time', async () => {
  await bench.sandbox.setFaults([{ kind: 'unauthorized', remaining: 1 }]);
  const lines = await anHourLater();
  expect(lines.map(({ msg }) => msg).sort()).toEqual([
    'compared with the platform',
    'compared with the platform',
    'the platform could not be compared',
  ]);
  expect((await anHourLater()).map(({ msg }) => msg)).toEqual(lines.map(() => 'compared with the platform'));
});

it('is done for each partner by one process', async () => {
  bench.turnClock(everyMs + 1_000);
  const partners = await bench.database.partner.count();
  const taken = await Promise.all(Array.from({ length: 10 }, () => takeDueReconciliation(bench.context)));
  const slugs = taken.flatMap((due) => due?.slug ?? []);
  expect(new Set(slugs).size).toBe(slugs.length);
  for (let due = await takeDueReconciliation(bench.context); due; due = await takeDueReconciliation(bench.context))
    slugs.push(due.slug);
  expect(slugs).toHaveLength(partners);
});
