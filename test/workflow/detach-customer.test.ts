// Taking the wholesale services away: the customer stays readable as DELETED, everything it held is free again.

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { detachCustomer } from '../../src/domain/customer/detach-customer.ts';
import { openWorkbench } from '../support/workbench.ts';
import type { Workbench } from '../support/workbench.ts';
import { accepted, customersOf, told } from './support/customers.ts';
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

const detach = (customerId: string, idempotencyKey: string = randomUUID()) =>
  detachCustomer(bench.context, customers.viewer, { idempotencyKey, customerId });

async function detached(customerId: string) {
  const { operationId } = accepted(await detach(customerId));
  return bench.ended(operationId ?? '');
}

it('U4: detaches a customer with all it has, leaves the organisation, and frees the external id', async () => {
  const externalId = randomUUID();
  const { customerId } = await customers.create('Leaving', { externalId });
  const setUp = await customers.setUp(customerId, 'Branch', [
    {
      firstName: 'User',
      lastName: 'One',
      email: 'one@leaving.example',
      package: 'WEBEX_CALLING',
      locationName: 'Branch',
      phoneNumber: '+12175558801',
      extension: '3001',
    },
  ]);
  expect(told(await detach(customerId))).toEqual(['CUSTOMER_BUSY customerId']);
  await bench.ended(setUp);
  const { platformId, organizationId } = await customers.load(customerId);

  const operation = await detached(customerId);
  expect(operation).toMatchObject({ kind: 'DETACH_CUSTOMER', status: 'SUCCEEDED' });
  expect(operation.steps.map(({ kind }) => kind)).toEqual(['DETACH_SUBSCRIPTION']);
  expect(await customers.load(customerId)).toMatchObject({
    status: 'DELETED',
    packages: [],
    users: [],
    phoneNumbers: [],
  });
  const platform = bench.platform.forPartner({ slug: 'acme' });
  expect(await platform.getCustomer(platformId ?? '')).toBeNull();
  expect(await platform.getOrganization(organizationId ?? '')).toMatchObject({ organizationId });
  const statuses = await bench.database.provisioningEvent.findMany({
    where: { operationId: operation.id, type: 'CUSTOMER_STATUS_CHANGED' },
    orderBy: { position: 'asc' },
  });
  expect(statuses.map(({ toStatus }) => toStatus)).toEqual(['DELETING', 'DELETED']);
  expect(told(await detach(customerId))).toEqual(['CUSTOMER_NOT_PROVISIONED customerId']);
  const successor = await customers.create('Successor', { externalId });
  expect(successor.operation.status).toBe('SUCCEEDED');
});

it('counts a customer that is gone from the platform as done', async () => {
  const { customerId } = await customers.create('Gone');
  const { platformId } = await customers.load(customerId);
  const platform = bench.platform.forPartner({ slug: 'acme' });
  await platform.detachCustomer(platformId ?? '');
  expect((await detached(customerId)).status).toBe('SUCCEEDED');
  expect((await customers.load(customerId)).status).toBe('DELETED');
});

it('takes away what the platform refused to make, and what never came to be there', async () => {
  const refused = await customers.create('Denied Party Leaving');
  expect((await detached(refused.customerId)).status).toBe('SUCCEEDED');
  expect(await customers.load(refused.customerId)).toMatchObject({ status: 'DELETED', errors: [] });
});

it('survives lost replies', async () => {
  const { customerId } = await customers.create('Lost');
  await bench.sandbox.setFaults([
    { method: 'DELETE', path: '/wholesale/customers', kind: 'unavailable', remaining: 4 },
    { method: 'DELETE', path: '/wholesale/customers', kind: 'reset-after', remaining: 2 },
  ]);
  expect((await detached(customerId)).status).toBe('SUCCEEDED');
  await bench.sandbox.setFaults([]);
  expect((await customers.load(customerId)).status).toBe('DELETED');
});

it('answers a repeated call as the first one, and nobody else at all', async () => {
  const { customerId } = await customers.create('Twice');
  const key = randomUUID();
  const first = accepted(await detach(customerId, key));
  expect(accepted(await detach(customerId, key))).toEqual(first);
  await bench.ended(first.operationId ?? '');
  const foreign = await bench.viewer('nordic');
  const stolen = await detachCustomer(bench.context, foreign, { idempotencyKey: randomUUID(), customerId });
  expect(told(stolen)).toEqual(['NOT_FOUND customerId']);
});
