// Bringing in what is on the platform already: whole, once, and on after it was broken off.

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { importCustomers } from '../../src/domain/customer/import-customers.ts';
import { provisionUser } from '../../src/domain/user/provision-user.ts';
import { PlatformFailure } from '../../src/platform/failure.ts';
import type { Platform } from '../../src/platform/port.ts';
import { openWorkbench } from '../support/workbench.ts';
import type { Workbench } from '../support/workbench.ts';
import { accepted, customersOf } from './support/customers.ts';
import type { Customers } from './support/customers.ts';

/** Pages of two, and a list that fails once after so many pages. */
const list = { pagesUntilFailure: Number.POSITIVE_INFINITY, asked: new Array<string | null>() };

function inSmallPages(platform: Platform): Platform {
  return {
    ...platform,
    forPartner(partner) {
      const real = platform.forPartner(partner);
      return {
        ...real,
        async listCustomerPage(page) {
          list.asked.push(page);
          if (list.pagesUntilFailure-- === 0) throw new PlatformFailure({ kind: 'busy', message: 'Not now.' });
          const { customers } = await real.listCustomerPage(null);
          const start = Number(page ?? 0);
          const end = start + 2;
          return { customers: customers.slice(start, end), nextPage: end < customers.length ? String(end) : null };
        },
      };
    },
  };
}

let bench: Workbench;
let customers: Customers;
beforeAll(async () => {
  bench = await openWorkbench({ behind: inSmallPages });
  customers = await customersOf(bench);
});
afterAll(async () => {
  await bench.close();
});

async function runImport() {
  const { operationId } = accepted(
    await importCustomers(bench.context, customers.viewer, { idempotencyKey: randomUUID() }),
  );
  return bench.ended(operationId);
}

/** As if this gateway had never heard of them. */
async function forgetAll(): Promise<void> {
  await bench.database.user.deleteMany();
  await bench.database.phoneNumber.deleteMany();
  await bench.database.customer.deleteMany();
}

it('brings customers in with locations, users, numbers and packages, and repeats nothing', async () => {
  const { customerId } = await customers.create('Moved in');
  const headquarters = await bench.database.location.findFirstOrThrow({ where: { customerId } });
  const made = accepted(
    await provisionUser(bench.context, customers.viewer, {
      idempotencyKey: randomUUID(),
      customerId,
      firstName: 'Ada',
      lastName: 'Winter',
      email: 'ada@moved.example',
      package: 'WEBEX_CALLING',
      locationId: headquarters.id,
      phoneNumber: '+12175551234',
      extension: '4711',
    }),
  );
  await bench.ended(made.operationId ?? '');
  const before = await customers.load(customerId);
  await forgetAll();

  expect(await runImport()).toMatchObject({ status: 'SUCCEEDED', customerId: null });
  const { id } = await bench.database.customer.findFirstOrThrow({ where: { externalId: before.externalId } });
  const after = await customers.load(id);
  expect(after).toMatchObject({
    companyName: 'Moved in',
    adminEmail: before.adminEmail,
    status: 'PROVISIONED',
    platformId: before.platformId,
    organizationId: before.organizationId,
    billingCity: before.billingCity,
    vanishedAt: null,
    packages: [{ code: 'WEBEX_CALLING', status: 'PROVISIONED' }],
    locations: [{ kind: 'HEADQUARTERS', name: 'Headquarters', city: 'Springfield', timeZone: 'America/Chicago' }],
    users: [
      {
        firstName: 'Ada',
        lastName: 'Winter',
        email: 'ada@moved.example',
        extension: '4711',
        status: 'PROVISIONED',
        phoneNumber: { number: '+12175551234' },
      },
    ],
  });
  const events = await bench.database.provisioningEvent.findMany({ where: { customerId: id } });
  expect(events.map(({ type, customerVersion }) => [type, customerVersion])).toEqual([['FOUND_ON_PLATFORM', 1]]);

  expect(await runImport()).toMatchObject({ status: 'SUCCEEDED' });
  expect(await customers.load(id)).toEqual(after);
  expect(await bench.database.provisioningEvent.count({ where: { customerId: id } })).toBe(1);
});

it('goes on at the page where it was broken off', async () => {
  for (const name of ['One', 'Two', 'Three', 'Four', 'Five']) await customers.create(name);
  const total = await bench.database.customer.count();
  await forgetAll();
  Object.assign(list, { asked: [], pagesUntilFailure: 2 });
  const operation = await runImport();
  Object.assign(list, { pagesUntilFailure: Number.POSITIVE_INFINITY });
  expect(operation.status).toBe('SUCCEEDED');
  expect(operation.steps.map(({ kind, completedItems }) => [kind, completedItems])).toEqual([
    ['LIST_CUSTOMERS', 1],
    ['IMPORT_CUSTOMERS', total],
  ]);
  // Nothing that was read before the failure was asked for again.
  expect(list.asked.slice(0, 4)).toEqual([null, '2', '4', '4']);
  expect(await bench.database.customer.count()).toBe(total);
});

it('tells what was changed elsewhere, and nothing of what our own work has changed', async () => {
  const { customerId } = await customers.create('Renamed elsewhere');
  const { platformId, externalId } = await customers.load(customerId);
  await runImport();
  const types = async () => {
    const events = await bench.database.provisioningEvent.findMany({
      where: { customerId, operation: { kind: 'IMPORT_CUSTOMERS' } },
      orderBy: { position: 'asc' },
    });
    return events.map(({ type }) => type);
  };
  expect(await types()).toEqual([]);

  const partnerHub = bench.platform.forPartner({ slug: 'acme' });
  const { billingAddress } = (await partnerHub.getCustomer(platformId ?? '')) ?? {};
  if (!billingAddress) throw new Error('the sandbox tells no address');
  await partnerHub.updateCustomer(platformId ?? '', {
    externalId: `${externalId}-new`,
    packages: ['WEBEX_CALLING' as const, 'WEBEX_MEETINGS' as const].map((code) => ({ package: code, limit: null })),
    billingAddress: { ...billingAddress, city: 'Shelbyville' },
    headquarters: null,
    meetingsTimeZone: null,
  });
  await bench.sandbox.turnClock(60_000);
  await runImport();
  expect(await types()).toEqual(['CHANGED_ELSEWHERE', 'PACKAGE_STATUS_CHANGED']);
  expect(await customers.load(customerId)).toMatchObject({
    externalId: `${externalId}-new`,
    billingCity: 'Shelbyville',
    packages: [{ code: 'WEBEX_CALLING' }, { code: 'WEBEX_MEETINGS', status: 'PROVISIONED' }],
  });
});
