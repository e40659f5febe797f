// The platform is away for long: work waits, says so, asks rarely, and nothing fails because of it.

import { afterEach, beforeEach, expect, it } from 'vitest';
import { openWorkbench } from '../support/workbench.ts';
import type { Workbench } from '../support/workbench.ts';
import { waitFor } from '../support/wait-for.ts';
import { customersOf } from './support/customers.ts';
import type { Customers } from './support/customers.ts';

let bench: Workbench;
let customers: Customers;
beforeEach(async () => {
  bench = await openWorkbench();
  customers = await customersOf(bench);
});
afterEach(() => bench.close());

const minuteMs = 60_000;

/** Lets everybody who waits try now, and waits until they have. */
async function everybodyTries(operationIds: readonly string[]): Promise<void> {
  await bench.database.$executeRaw`
    UPDATE pgboss.job SET start_after = now() - interval '1 ms'
    WHERE name = 'advance-operation' AND state = 'created' AND "data"->>'operationId' = ANY (${operationIds}::text[])`;
  await waitFor(async () => {
    const [open] = await bench.database.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int FROM pgboss.job WHERE name = 'advance-operation' AND "data"->>'operationId' = ANY (${operationIds}::text[])
      AND (state = 'active' OR (state IN ('created', 'retry') AND start_after <= now()))`;
    return open?.count === 0;
  });
}

const load = (operationIds: readonly string[]) =>
  bench.database.provisioningOperation.findMany({ where: { id: { in: [...operationIds] } } });

it('an hour without the platform fails nothing, and costs it hardly a request', { timeout: 120_000 }, async () => {
  await bench.sandbox.setFaults([{ kind: 'unavailable' }]);
  const operationIds: string[] = [];
  for (let count = 0; count < 4; count++) operationIds.push((await customers.provision()).operationId);
  for (const id of operationIds) await bench.waitForNextAction(id, 'RETRY_LATER');

  for (let minute = 0; minute < 60; minute += 6) {
    bench.turnClock(6 * minuteMs);
    await everybodyTries(operationIds);
  }
  const waiting = await load(operationIds);
  expect(waiting.map(({ status, nextAction }) => `${status} ${nextAction}`)).toEqual(
    operationIds.map(() => 'WAITING RETRY_LATER'),
  );
  expect(waiting.flatMap(({ errors }) => errors)).toContainEqual(
    expect.objectContaining({ code: 'PLATFORM_AWAY', isRetryable: true }),
  );
  expect(bench.context.directory.isAway()).toBe(true);
  // Some to find out, then one each time that goes ahead of the others.
  const asked = await bench.sandbox.requests();
  expect(asked.filter((request) => request.includes('/wholesale/customers')).length).toBeLessThan(50);

  await bench.sandbox.setFaults([]);
  bench.turnClock(minuteMs);
  await waitFor(async () => {
    await everybodyTries(operationIds);
    const operations = await load(operationIds);
    return operations.every(({ nextAction }) => nextAction !== 'RETRY_LATER');
  });
  for (const id of operationIds) expect(await bench.ended(id)).toMatchObject({ status: 'SUCCEEDED', errors: [] });
  expect(bench.context.directory.isAway()).toBe(false);
  const { customersCreated } = await bench.sandbox.effects();
  expect(customersCreated.map(({ count }) => count)).toEqual(operationIds.map(() => 1));
});

it('what the platform answers with an internal error is given up after two hours and not before', async () => {
  await bench.sandbox.setFaults([{ kind: 'server-error', method: 'POST', path: '/wholesale/customers' }]);
  const { operationId } = await customers.provision();
  await bench.waitForNextAction(operationId, 'RETRY_LATER');
  await bench.database.operationItem.updateMany({
    where: { step: { operationId } },
    data: { attempts: 100 },
  });
  bench.turnClock(119 * minuteMs);
  await everybodyTries([operationId]);
  expect(await load([operationId])).toMatchObject([{ status: 'WAITING', nextAction: 'RETRY_LATER' }]);

  bench.turnClock(2 * minuteMs);
  await everybodyTries([operationId]);
  const { status, nextAction, errors } = await bench.ended(operationId);
  expect({ status, nextAction, errors }).toEqual({
    status: 'FAILED',
    nextAction: 'RETRY_LATER',
    errors: [expect.objectContaining({ code: 'PLATFORM_UNAVAILABLE' })],
  });
});
