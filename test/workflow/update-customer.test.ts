// Changing a customer: packages, limits, external id, billing address, and the headquarters of the first calling package.

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { updateCustomer } from '../../src/domain/customer/update-customer.ts';
import type { UpdateCustomerInput } from '../../src/domain/customer/update-form.ts';
import { retryOperation } from '../../src/domain/operation/retry-operation.ts';
import { openWorkbench } from '../support/workbench.ts';
import type { Workbench } from '../support/workbench.ts';
import { accepted, address, customersOf, place, told } from './support/customers.ts';
import type { Customers } from './support/customers.ts';

let bench: Workbench;
let customers: Customers;
beforeAll(async () => {
  bench = await openWorkbench();
  customers = await customersOf(bench);
});
afterAll(async () => {
  await bench.close();
});

type Wishes = Omit<Partial<UpdateCustomerInput>, 'customerId'>;

const update = (customerId: string, wishes: Wishes) =>
  updateCustomer(bench.context, customers.viewer, { idempotencyKey: randomUUID(), customerId, ...wishes });

async function updated(customerId: string, wishes: Wishes) {
  const { operationId } = accepted(await update(customerId, wishes));
  return bench.ended(operationId ?? '');
}

async function atPlatform(customerId: string) {
  const { platformId } = await customers.load(customerId);
  return bench.platform.forPartner({ slug: 'acme' }).getCustomer(platformId ?? '');
}

const packagesOf = async (customerId: string) =>
  (await customers.load(customerId)).packages.map(({ code, status, limit }) => [code, status, limit]);

describe('an update', () => {
  it('U1: takes the list as complete: adds, keeps and removes packages, and changes limits', async () => {
    const { customerId } = await customers.create('Changing');
    const added = await updated(customerId, {
      packages: [{ package: 'WEBEX_CALLING', limit: 5 }, { package: 'WEBEX_MEETINGS' }],
    });
    expect(added).toMatchObject({ kind: 'UPDATE_CUSTOMER', status: 'SUCCEEDED' });
    expect(added.steps.map(({ kind, totalItems }) => [kind, totalItems])).toEqual([['UPDATE_PACKAGES', 2]]);
    expect(await packagesOf(customerId)).toEqual([
      ['WEBEX_CALLING', 'PROVISIONED', 5],
      ['WEBEX_MEETINGS', 'PROVISIONED', null],
    ]);
    const removed = await updated(customerId, { packages: [{ package: 'WEBEX_CALLING' }] });
    expect(removed.status).toBe('SUCCEEDED');
    expect(await packagesOf(customerId)).toEqual([['WEBEX_CALLING', 'PROVISIONED', null]]);
    expect((await atPlatform(customerId))?.packages.map((entry) => entry.package)).toEqual(['WEBEX_CALLING']);
    expect((await customers.load(customerId)).status).toBe('PROVISIONED');
  });

  it('is UPDATING until the platform has done it, and nothing else is accepted meanwhile', async () => {
    const { customerId } = await customers.create('Slow');
    await bench.sandbox.setFaults([{ kind: 'stuck' }]);
    const wishes = { packages: [{ package: 'WEBEX_MEETINGS' as const }], headquarters: null };
    const { operationId } = accepted(await update(customerId, wishes));
    expect(await customers.load(customerId)).toMatchObject({
      status: 'UPDATING',
      packages: [
        { code: 'WEBEX_CALLING', status: 'DELETING' },
        { code: 'WEBEX_MEETINGS', status: 'PROVISIONING' },
      ],
    });
    expect(told(await update(customerId, wishes))).toEqual(['CUSTOMER_BUSY customerId']);
    await bench.sandbox.setFaults([]);
    expect((await bench.ended(operationId ?? '')).status).toBe('SUCCEEDED');
    expect(await packagesOf(customerId)).toEqual([['WEBEX_MEETINGS', 'PROVISIONED', null]]);
  });

  it('changes external id and billing address on the platform too, leaving the packages alone', async () => {
    const { customerId } = await customers.create('Moving');
    const externalId = randomUUID();
    const operation = await updated(customerId, {
      externalId,
      billingAddress: { ...address, addressLine1: '2 New Road' },
    });
    expect(operation.status).toBe('SUCCEEDED');
    expect(await atPlatform(customerId)).toMatchObject({ externalId });
    expect(await customers.load(customerId)).toMatchObject({
      externalId,
      billingAddressLine1: '2 New Road',
      status: 'PROVISIONED',
      packages: [{ status: 'PROVISIONED' }],
    });
  });

  it('brings the headquarters along with the first calling package, once', async () => {
    const { customerId } = await customers.create('Bare', {
      packages: [{ package: 'WEBEX_MEETINGS' }],
      headquarters: null,
    });
    const packages = [{ package: 'WEBEX_CALLING' as const }];
    expect(told(await update(customerId, { packages }))).toEqual(['CALLING_LOCATION_REQUIRED headquarters']);
    expect(told(await update(customerId, { headquarters: place('Main') }))).toEqual(['INVALID_VALUE headquarters']);
    expect((await updated(customerId, { packages, headquarters: place('Main') })).status).toBe('SUCCEEDED');
    const { locations, organizationId } = await customers.load(customerId);
    expect(locations).toMatchObject([{ kind: 'HEADQUARTERS', name: 'Main', status: 'PROVISIONED' }]);
    const listed = await bench.platform.forPartner({ slug: 'acme' }).listLocations(organizationId ?? '');
    expect(listed.map(({ name }) => name)).toEqual(['Main']);
    expect(told(await update(customerId, { headquarters: place('Second') }))).toEqual(['INVALID_VALUE headquarters']);
  });

  it('uses the headquarters that a customer without telephony has already', async () => {
    const { customerId } = await customers.create('Located', { packages: [{ package: 'WEBEX_MEETINGS' }] });
    const operation = await updated(customerId, { packages: [{ package: 'WEBEX_CALLING' }] });
    expect(operation.status).toBe('SUCCEEDED');
    const { locationsCreated } = await bench.sandbox.effects();
    expect(locationsCreated.filter(({ count }) => count !== 1)).toEqual([]);
  });

  it('survives lost replies without doing anything twice', async () => {
    const { customerId } = await customers.create('Lost replies');
    await bench.sandbox.setFaults([
      { method: 'PUT', path: '/wholesale/customers', kind: 'reset-after', remaining: 1 },
      { method: 'PUT', path: '/wholesale/customers', kind: 'unavailable', remaining: 4 },
    ]);
    const packages = [{ package: 'WEBEX_CALLING' as const }, { package: 'WEBEX_VOICE' as const }];
    const operation = await updated(customerId, { packages });
    await bench.sandbox.setFaults([]);
    expect(operation.status).toBe('SUCCEEDED');
    expect((await packagesOf(customerId)).map(([code, status]) => [code, status])).toEqual([
      ['WEBEX_CALLING', 'PROVISIONED'],
      ['WEBEX_VOICE', 'PROVISIONED'],
    ]);
  });

  it('that the platform refuses fails, keeps what was there, and can be tried again', async () => {
    const { customerId } = await customers.create('Refused');
    const other = bench.platform.forPartner({ slug: 'acme' });
    const { platformId } = await customers.load(customerId);
    // Somebody gave the package to a user behind our back.
    const email = `hidden-${randomUUID()}@refused.example`;
    const calling = { locationPlatformId: null, phoneNumber: null, extension: '4001' };
    const user = await other.createUser({
      customerPlatformId: platformId ?? '',
      email,
      firstName: 'Hidden',
      lastName: 'User',
      package: 'WEBEX_CALLING',
      calling,
    });
    const operation = await updated(customerId, { packages: [{ package: 'WEBEX_MEETINGS' }] });
    expect(operation).toMatchObject({ status: 'FAILED', errors: [{ code: 'PLATFORM_REJECTED' }, {}] });
    expect(await customers.load(customerId)).toMatchObject({
      status: 'PROVISIONED_WITH_ERRORS',
      errors: [{ code: 'PLATFORM_REJECTED' }],
      packages: [{ status: 'ERROR' }, { status: 'ERROR' }],
    });
    await other.removeUser(user.platformId);
    accepted(await retryOperation(bench.context, customers.viewer, { operationId: operation.id }));
    expect((await bench.ended(operation.id)).status).toBe('SUCCEEDED');
    expect(await packagesOf(customerId)).toEqual([['WEBEX_MEETINGS', 'PROVISIONED', null]]);
    expect((await customers.load(customerId)).status).toBe('PROVISIONED');
  });
});

describe('an update is refused', () => {
  it('with all problems of the form at once', async () => {
    const { customerId } = await customers.create('Form');
    const { customerId: otherId } = await customers.create('Other');
    const { externalId } = await customers.load(otherId);
    expect(told(await update(customerId, {}))).toEqual(['REQUIRED ']);
    expect(
      told(await update(customerId, { packages: [], externalId, billingAddress: { ...address, city: '' } })),
    ).toEqual(['PACKAGE_REQUIRED packages', 'REQUIRED billingAddress.city', 'EXTERNAL_ID_TAKEN externalId']);
    expect(told(await update(randomUUID(), { externalId: 'x' }))).toEqual(['NOT_FOUND customerId']);
  });

  it('U6: where an add-on would stay without the package it needs', async () => {
    const { customerId } = await customers.create('Add-on');
    expect(told(await update(customerId, { packages: [{ package: 'ATTENDANT_CONSOLE' }] }))).toEqual([
      'PACKAGE_DEPENDENCY_UNMET packages.0.package',
    ]);
  });

  it('U5: where users have the package, or more have it than the limit allows', async () => {
    const { customerId } = await customers.create('In use');
    const users = [1, 2].map((index) => ({
      firstName: 'User',
      lastName: `Number${index}`,
      email: `user${index}@inuse.example`,
      package: 'WEBEX_CALLING' as const,
      locationName: 'Branch',
      phoneNumber: null,
      extension: String(3000 + index),
    }));
    await bench.ended(await customers.setUp(customerId, 'Branch', users));
    expect(told(await update(customerId, { packages: [{ package: 'WEBEX_MEETINGS' }] }))).toEqual([
      'PACKAGE_IN_USE packages',
    ]);
    expect(told(await update(customerId, { packages: [{ package: 'WEBEX_CALLING', limit: 1 }] }))).toEqual([
      'PACKAGE_LIMIT_EXCEEDED packages.0.limit',
    ]);
    accepted(await update(customerId, { packages: [{ package: 'WEBEX_CALLING', limit: 2 }], validateOnly: true }));
    expect((await customers.load(customerId)).status).toBe('PROVISIONED');
  });

  it('for a customer that is not there yet, and for one that never was', async () => {
    const { customerId } = await customers.create('Denied Party Update');
    expect(told(await update(customerId, { externalId: randomUUID() }))).toEqual([
      'CUSTOMER_NOT_PROVISIONED customerId',
    ]);
  });
});

it('does the work of a repeated call once', async () => {
  const { customerId } = await customers.create('Repeated');
  const call = { idempotencyKey: randomUUID(), externalId: randomUUID() };
  const first = accepted(await update(customerId, call));
  expect(accepted(await update(customerId, call))).toEqual(first);
  expect(told(await update(customerId, { ...call, externalId: 'another' }))).toEqual([
    'IDEMPOTENCY_MISMATCH idempotencyKey',
  ]);
  await bench.ended(first.operationId ?? '');
});
