// Customers with five users each are set up while three of ten calls to the platform fail in every way there is. CUSTOMERS says how
// many customers; 500 for the full size.

import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { endedOperationStatuses } from '../../src/domain/operation/status.ts';
import { faultsOf, isPublished, published } from '../platform/support/openapi.ts';
import type { RecordedRequest } from '../platform/support/scripted-server.ts';
import { openWorkbench } from '../support/workbench.ts';
import { waitFor } from '../support/wait-for.ts';
import type { Workbench } from '../support/workbench.ts';
import { customersOf } from './support/customers.ts';

const customerCount = Number(process.env['CUSTOMERS'] ?? 8);
const usersOfEach = 5;
const seed = Number(process.env['SEED'] ?? 7);

/** Each hits what the ones before it have spared; together they hit three calls of ten. */
const weather = [
  { kind: 'unavailable', rate: 0.05 },
  { kind: 'unavailable', retryAfterSeconds: 1, rate: 0.02 },
  { kind: 'too-many-requests', retryAfterSeconds: 1, rate: 0.03 },
  { kind: 'locked', retryAfterSeconds: 1, rate: 0.03 },
  { kind: 'server-error', rate: 0.06 },
  { kind: 'reset-before', rate: 0.04 },
  { kind: 'reset-after', rate: 0.04 },
  { kind: 'hang-before', rate: 0.02 },
  { kind: 'hang-after', rate: 0.02 },
  { kind: 'double-answer', rate: 0.03 },
];

let bench: Workbench;
const sent: RecordedRequest[] = [];
beforeAll(async () => {
  bench = await openWorkbench({ timeoutMs: 700 });
  const send = globalThis.fetch;
  vi.stubGlobal('fetch', (input: string, init: RequestInit = {}) => {
    const url = new URL(input);
    if (init.method !== undefined && url.pathname.startsWith('/v1/')) {
      const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : null;
      const query = Object.fromEntries(url.searchParams);
      sent.push({ method: init.method, path: url.pathname, query, headers: {}, body });
    }
    return send(input, init);
  });
});
afterAll(async () => {
  vi.unstubAllGlobals();
  await bench.close();
});

it(
  `${customerCount} customers with ${usersOfEach} users come out right, each thing made once`,
  { timeout: 0 },
  async () => {
    const customers = await customersOf(bench);
    await bench.sandbox.setFaults(weather, seed);
    const customerIds: string[] = [];
    const operationIds: string[] = [];
    await inTurns(customerCount, async () => {
      const { customerId, operationId } = await customers.provision();
      customerIds.push(customerId);
      operationIds.push(operationId);
      await ended(operationId);
      const branch = `Branch ${customerId.slice(0, 8)}`;
      const users = Array.from({ length: usersOfEach }, (_, n) => ({
        email: `user${n}@${customerId}.example`,
        firstName: 'User',
        lastName: `${n}`,
        package: 'WEBEX_CALLING' as const,
        locationName: branch,
        phoneNumber: null,
        extension: `${200 + n}`,
      }));
      const setUp = await customers.setUp(customerId, branch, users);
      operationIds.push(setUp);
      await ended(setUp);
    });

    const statuses = await bench.database.provisioningOperation.groupBy({
      by: ['status'],
      where: { id: { in: operationIds } },
      _count: true,
    });
    expect(statuses).toEqual([{ status: 'SUCCEEDED', _count: 2 * customerCount }]);
    const rows = await bench.database.customer.findMany({
      where: { id: { in: customerIds } },
      include: { locations: true, users: true },
    });
    expect(rows).toHaveLength(customerCount);
    for (const { status, locations, users } of rows) {
      expect(status).toBe('PROVISIONED');
      expect(locations.map((location) => location.status)).toEqual(['PROVISIONED', 'PROVISIONED']);
      expect(users.map((user) => user.status)).toEqual(Array.from({ length: usersOfEach }, () => 'PROVISIONED'));
    }

    const { customersCreated, subscribersCreated, locationsCreated } = await bench.sandbox.effects();
    expect(customersCreated).toHaveLength(customerCount);
    expect(subscribersCreated).toHaveLength(customerCount * usersOfEach);
    const made = [...customersCreated, ...subscribersCreated, ...locationsCreated];
    expect(made.filter(({ count }) => count > 1)).toEqual([]);
    const windows = await bench.sandbox.retryWindows();
    expect(windows.announced).toBeGreaterThan(0);
    expect(windows.inside).toEqual([]);
    const operations = isPublished ? published() : [];
    const violations = isPublished ? sent.flatMap((request) => faultsOf(request, operations)) : [];
    expect(violations).toEqual([]);
    process.stdout.write(
      `bad weather: ${customerCount} customers, ${operationIds.length} operations, ${sent.length} requests, ${windows.announced} times told to come back later\n`,
    );
  },
);

/** Pauses grow with each try in vain, so a single operation may take long. */
const longestMs = 15 * 60_000;

async function ended(id: string): Promise<void> {
  await waitFor(async () => {
    const { status } = await bench.database.provisioningOperation.findUniqueOrThrow({ where: { id } });
    return endedOperationStatuses.includes(status);
  }, longestMs);
}

/** So many customers are under way at once. */
const lanes = 20;

async function inTurns(count: number, work: () => Promise<void>): Promise<void> {
  let begun = 0;
  const lane = async (): Promise<void> => {
    while (begun++ < count) await work();
  };
  await Promise.all(Array.from({ length: Math.min(lanes, count) }, lane));
}
