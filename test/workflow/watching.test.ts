// Customers that wait for the platform are watched together, at the cost of as few requests as it takes; settled ones cost none.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { createLog } from '../../src/log.ts';
import { PlatformFailure } from '../../src/platform/failure.ts';
import type { Platform } from '../../src/platform/port.ts';
import { lookOnce, startWatcher } from '../../src/workflow/watching/watcher.ts';
import { waitFor } from '../support/wait-for.ts';
import { openWorkbench } from '../support/workbench.ts';
import type { Workbench } from '../support/workbench.ts';
import { customersOf } from './support/customers.ts';
import type { Customers } from './support/customers.ts';

let bench: Workbench;
let customers: Customers;
beforeAll(async () => {
  // Nothing at the platform moves on unless its clock is turned, and nobody looks unless the test does.
  bench = await openWorkbench({ stageMs: 60_000, watches: false });
  customers = await customersOf(bench);
});
afterAll(async () => {
  await bench.close();
});

const hour = 3_600_000;

/** Until so many operations sleep, watched for. */
function watched(count: number): Promise<unknown> {
  return waitFor(async () => (await bench.database.platformWatch.count()) === count);
}

/** What was asked while it was done. */
async function requestsDuring(act: () => Promise<unknown>): Promise<string[]> {
  const before = (await bench.sandbox.requests()).length;
  await act();
  return (await bench.sandbox.requests()).slice(before);
}

/** Everything at the platform ends; whoever waits for it is woken, as often as that takes. */
async function untilEnded(operationIds: readonly string[]): Promise<void> {
  const open = {
    id: { in: [...operationIds] },
    status: { in: ['ACCEPTED' as const, 'RUNNING' as const, 'WAITING' as const] },
  };
  await waitFor(async () => {
    await bench.sandbox.turnClock(hour);
    bench.turnClock(1_000);
    await bench.lookOnce();
    return (await bench.database.provisioningOperation.count({ where: open })) === 0;
  });
}

async function provisionMany(count: number) {
  return Promise.all(Array.from({ length: count }, () => customers.provision()));
}

it('customers that wait are looked at together: one request for thirty of them', async () => {
  const made = await provisionMany(30);
  await watched(30);
  bench.turnClock(1_000);
  const asked = await requestsDuring(() => bench.lookOnce());
  expect(asked).toHaveLength(1);
  expect(asked[0]).toMatch(/^GET \/v1\/wholesale\/customers\?max=100&status=provisioning&/);
  expect(await bench.database.platformWatch.count()).toBe(30);
  await untilEnded(made.map(({ operationId }) => operationId));
});

it('customers cost few requests each from acceptance to the end, however long it takes', async () => {
  const count = 25;
  const asked = await requestsDuring(async () => {
    const made = await provisionMany(count);
    await watched(count);
    for (let looks = 0; looks < 50; looks++) {
      bench.turnClock(60_000);
      await bench.lookOnce();
    }
    await untilEnded(made.map(({ operationId }) => operationId));
  });
  const each = asked.length / count;
  process.stdout.write(
    `requests per customer, from acceptance to the end, ${count} at a time over 50 looks: ${each.toFixed(1)}\n`,
  );
  // Looked up, asked for, looked at once; looked at when woken, once for each step; its headquarters; and its share of the lists.
  expect(each).toBeLessThan(10);
});

it('customers that have settled cost no request at all, while others are watched', async () => {
  const { customerId, operationId } = await customers.provision();
  await untilEnded([operationId]);
  const { platformId } = await customers.load(customerId);
  const [other] = await provisionMany(1);
  await watched(1);
  const asked = await requestsDuring(async () => {
    for (let days = 0; days < 7; days++) {
      bench.turnClock(24 * hour);
      await bench.lookOnce();
      await waitFor(async () => (await bench.database.platformWatch.count()) === 1);
    }
  });
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.filter((request) => request.includes(platformId ?? 'none'))).toEqual([]);
  await untilEnded([other?.operationId ?? '']);
  expect(await bench.database.platformWatch.count()).toBe(0);
  const atRest = await requestsDuring(async () => {
    bench.turnClock(24 * hour);
    await bench.lookOnce();
  });
  expect(atRest).toEqual([]);
});

it('customers stay watched when a look fails', async () => {
  const made = await provisionMany(3);
  await watched(3);
  await bench.sandbox.setFaults([{ path: '/wholesale/customers', method: 'GET', kind: 'server-error' }]);
  bench.turnClock(1_000);
  await bench.lookOnce();
  await bench.sandbox.setFaults([]);
  expect(await bench.database.platformWatch.count()).toBe(3);
  await untilEnded(made.map(({ operationId }) => operationId));
});

it('customers are asked for one by one where the platform refuses the list', async () => {
  const made = await provisionMany(3);
  await watched(3);
  const { context, platform } = bench;
  const listCustomers = () => Promise.reject(new PlatformFailure({ kind: 'rejected', message: 'No lists here.' }));
  const refusing: Platform = {
    ...platform,
    forPartner: (partner) => ({ ...platform.forPartner(partner), listCustomers }),
  };
  bench.turnClock(1_000);
  const asked = await requestsDuring(async () => {
    await lookOnce({ context, platform: refusing, log: createLog('silent') });
    await waitFor(async () => (await bench.database.platformWatch.count({ where: { looks: 0 } })) === 3);
  });
  expect(asked.filter((request) => /^GET \/v1\/wholesale\/customers\/\w+$/.test(request))).toHaveLength(3);
  await untilEnded(made.map(({ operationId }) => operationId));
});

it('customers are watched on by another process after the one that accepted them is gone', async () => {
  const { customerId, operationId } = await customers.provision();
  await watched(1);
  await bench.sandbox.turnClock(hour);
  bench.turnClock(1_000);
  const watcher = startWatcher({ context: bench.context, platform: bench.platform, log: createLog('silent') });
  expect(await bench.ended(operationId)).toMatchObject({ status: 'SUCCEEDED' });
  await watcher.close();
  expect(await customers.load(customerId)).toMatchObject({ status: 'PROVISIONED' });
});
