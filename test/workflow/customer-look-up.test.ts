// The look-up under the external id that precedes a customer's creation, while the platform cannot be used: failing to look
// is not asking.

import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { detachCustomer } from '../../src/domain/customer/detach-customer.ts';
import { cancelOperation } from '../../src/domain/operation/cancel-operation.ts';
import { retryOperation } from '../../src/domain/operation/retry-operation.ts';
import { openWorkbench } from '../support/workbench.ts';
import type { Workbench } from '../support/workbench.ts';
import { accepted, address as plainAddress, customersOf, place } from './support/customers.ts';
import type { Customers } from './support/customers.ts';

let bench: Workbench;
let customers: Customers;
beforeAll(async () => {
  bench = await openWorkbench();
  customers = await customersOf(bench);
});
afterEach(async () => {
  await bench.sandbox.setFaults([]);
});
afterAll(async () => {
  await bench.close();
});

const noLookUp = [{ method: 'GET', path: '/wholesale/customers', kind: 'unavailable' }];
const platform = () => bench.platform.forPartner({ slug: 'acme' });

const address = { ...plainAddress, addressLine2: null };

/** Past the gateway, as with another tool. */
async function createElsewhere(externalId: string): Promise<string> {
  const { platformId } = await platform().createCustomer({
    provisioningId: customers.provisioningId,
    externalId,
    organizationId: null,
    packages: [{ package: 'WEBEX_CALLING', limit: null }],
    billingAddress: address,
    headquarters: {
      ...place('Headquarters'),
      address,
      announcementLanguage: null,
      emergencyLocationIdentifier: null,
    },
    meetingsTimeZone: null,
    customerInformation: { companyName: 'Elsewhere', adminEmail: `boss@${externalId}.example`, language: null },
  });
  return platformId;
}

it('does not adopt a customer that was made elsewhere while the external id could not be looked up', async () => {
  await bench.sandbox.setFaults(noLookUp);
  const externalId = randomUUID();
  const { customerId, operationId } = await customers.provision({ externalId });
  await bench.waitForNextAction(operationId, 'RETRY_LATER');
  const elsewhere = await createElsewhere(externalId);
  await bench.sandbox.setFaults([]);
  expect(await bench.ended(operationId)).toMatchObject({ status: 'FAILED', errors: [{ code: 'EXTERNAL_ID_TAKEN' }] });
  expect(await customers.load(customerId)).toMatchObject({ status: 'ERROR', platformId: null });

  const detached = accepted(
    await detachCustomer(bench.context, customers.viewer, { idempotencyKey: randomUUID(), customerId }),
  );
  expect((await bench.ended(detached.operationId ?? '')).status).toBe('SUCCEEDED');
  expect(await platform().getCustomer(elsewhere)).not.toBeNull();
});

it('lets a creation be cancelled while the external id cannot be looked up', async () => {
  await bench.sandbox.setFaults(noLookUp);
  const { customerId, operationId } = await customers.provision();
  await bench.waitForNextAction(operationId, 'RETRY_LATER');
  accepted(await cancelOperation(bench.context, customers.viewer, { operationId }));
  expect((await bench.ended(operationId)).status).toBe('CANCELLED');
  expect(await customers.load(customerId)).toMatchObject({ status: 'DELETED', platformId: null });
});

it('counts a look-up that failed as a try, for the time till the next one, and creates the customer afterwards', async () => {
  await bench.sandbox.setFaults(noLookUp);
  const { operationId } = await customers.provision();
  await bench.waitForNextAction(operationId, 'RETRY_LATER');
  const [item] = await bench.database.operationItem.findMany({
    where: { step: { operationId, kind: 'CREATE_ORGANIZATION' } },
  });
  expect(item).toMatchObject({ isAsked: false, status: 'PENDING' });
  expect(item?.attempts).toBeGreaterThan(0);
  await bench.sandbox.setFaults([]);
  expect((await bench.ended(operationId)).status).toBe('SUCCEEDED');
});

it('does not adopt at the second attempt what somebody made after the platform had refused the first', async () => {
  const externalId = randomUUID();
  await bench.sandbox.setFaults([
    { method: 'POST', path: '/wholesale/customers', kind: 'too-many-requests', retryAfterSeconds: 1, remaining: 1 },
  ]);
  const { customerId, operationId } = await customers.provision({ externalId });
  await bench.waitForNextAction(operationId, 'RETRY_LATER');
  await createElsewhere(externalId);
  expect(await bench.ended(operationId)).toMatchObject({ status: 'FAILED', errors: [{ code: 'EXTERNAL_ID_TAKEN' }] });
  accepted(await retryOperation(bench.context, customers.viewer, { operationId }));
  expect(await bench.ended(operationId)).toMatchObject({ status: 'FAILED', errors: [{ code: 'EXTERNAL_ID_TAKEN' }] });
  expect(await customers.load(customerId)).toMatchObject({ status: 'ERROR', platformId: null });
});

it('takes as its own what it asked for without hearing the answer', async () => {
  await bench.sandbox.setFaults([{ method: 'POST', path: '/wholesale/customers', kind: 'reset-after', remaining: 1 }]);
  const { operationId } = await customers.provision();
  expect((await bench.ended(operationId)).status).toBe('SUCCEEDED');
});
