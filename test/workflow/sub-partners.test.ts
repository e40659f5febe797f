// Customers of sub-partners: everything is asked for on their behalf, and a suspended one may only take away.

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { detachCustomer } from '../../src/domain/customer/detach-customer.ts';
import { provisionCustomer } from '../../src/domain/customer/provision-customer.ts';
import { updateCustomer } from '../../src/domain/customer/update-customer.ts';
import { startSetupDraft } from '../../src/domain/setup/start-draft.ts';
import { takeInSubPartners } from '../../src/domain/sub-partner/take-in.ts';
import { provisionUser } from '../../src/domain/user/provision-user.ts';
import { removeUser } from '../../src/domain/user/remove-user.ts';
import { createLog } from '../../src/log.ts';
import { readAllSubPartners } from '../../src/workflow/elsewhere/sub-partners.ts';
import { openWorkbench } from '../support/workbench.ts';
import type { Workbench } from '../support/workbench.ts';
import { accepted, customersOf, told } from './support/customers.ts';
import type { Customers } from './support/customers.ts';

let bench: Workbench;
let customers: Customers;
beforeAll(async () => {
  bench = await openWorkbench();
  customers = await customersOf(bench);
  await readAllSubPartners(bench.context, bench.platform, createLog('silent'));
});
afterAll(() => bench.close());

const subPartner = (provisioningState: 'ACTIVE' | 'SUSPENDED') =>
  bench.database.subPartner.findFirstOrThrow({
    where: { partnerId: customers.viewer.partnerId, provisioningState },
  });

async function addUser(customerId: string) {
  const { id: locationId } = await bench.database.location.findFirstOrThrow({ where: { customerId } });
  return provisionUser(bench.context, customers.viewer, {
    idempotencyKey: randomUUID(),
    customerId,
    firstName: 'Ada',
    lastName: 'Winter',
    email: `${randomUUID()}@sub.example`,
    package: 'WEBEX_CALLING',
    locationId,
    extension: '4711',
  });
}

it('are read from the platform, and marked where it has them no more', async () => {
  const { partnerId } = customers.viewer;
  const all = () => bench.database.subPartner.findMany({ where: { partnerId }, orderBy: { provisioningState: 'asc' } });
  expect(await all()).toMatchObject([
    { provisioningState: 'ACTIVE', subscriptionNumber: 'Sub23452345', vanishedAt: null, setUpAt: expect.any(Date) },
    { provisioningState: 'SUSPENDED', vanishedAt: null },
  ]);
  await takeInSubPartners(bench.context, partnerId, []);
  expect((await all()).map(({ vanishedAt }) => vanishedAt)).toEqual([expect.any(Date), expect.any(Date)]);
  await readAllSubPartners(bench.context, bench.platform, createLog('silent'));
  expect((await all()).map(({ vanishedAt }) => vanishedAt)).toEqual([null, null]);
});

it('have each request about their customers carry their organisation', async () => {
  const { id: subPartnerId, organizationId } = await subPartner('ACTIVE');
  const before = (await bench.sandbox.requests()).length;
  const { customerId, operation } = await customers.create('Sold by another', { subPartnerId });
  expect(operation.status).toBe('SUCCEEDED');
  const { operationId } = accepted(await addUser(customerId));
  expect(await bench.ended(operationId ?? '')).toMatchObject({ status: 'SUCCEEDED' });
  const asked = (await bench.sandbox.requests()).slice(before).map((request) => request.split(' '));
  const own = asked.filter(([, path]) => /\/wholesale\/(customers|subscribers)/.test(path ?? ''));
  // The watcher's lists are of all customers of the partner; they only say whom to wake.
  const lists = /[?&](status|lastStatusChange|max)=/;
  const mark = `onBehalfOfSubPartnerOrgId=${encodeURIComponent(organizationId)}`;
  const without = own.filter(([, path]) => !path?.includes(mark) && !lists.test(path ?? ''));
  expect(own.map(([method]) => method)).toEqual(expect.arrayContaining(['GET', 'POST']));
  expect(without).toEqual([]);
});

it('are refused new customers, changes and users while they are suspended, and may take away', async () => {
  const { id: active } = await subPartner('ACTIVE');
  const { id: suspended } = await subPartner('SUSPENDED');
  const { context } = bench;
  const { viewer } = customers;
  expect(told(await provisionCustomer(context, viewer, customers.request({ subPartnerId: suspended })))).toEqual([
    'SUB_PARTNER_SUSPENDED subPartnerId',
  ]);
  expect(told(await provisionCustomer(context, viewer, customers.request({ subPartnerId: randomUUID() })))).toEqual([
    'NOT_FOUND subPartnerId',
  ]);

  const { customerId } = await customers.create('Suspended later', { subPartnerId: active });
  const { userId, operationId } = accepted(await addUser(customerId));
  await bench.ended(operationId ?? '');
  await bench.database.customer.update({ where: { id: customerId }, data: { subPartnerId: suspended } });
  const refusals = [
    await updateCustomer(context, viewer, { idempotencyKey: randomUUID(), customerId, externalId: randomUUID() }),
    await addUser(customerId),
    await startSetupDraft(context, viewer, { customerId }),
  ];
  expect(refusals.flatMap((refusal) => told(refusal).filter((text) => text.startsWith('SUB_PARTNER')))).toEqual(
    refusals.map(() => 'SUB_PARTNER_SUSPENDED customerId'),
  );

  const removed = accepted(await removeUser(context, viewer, { idempotencyKey: randomUUID(), userId: userId ?? '' }));
  expect(await bench.ended(removed.operationId ?? '')).toMatchObject({ status: 'SUCCEEDED' });
  const detached = accepted(await detachCustomer(context, viewer, { idempotencyKey: randomUUID(), customerId }));
  expect(await bench.ended(detached.operationId ?? '')).toMatchObject({ status: 'SUCCEEDED' });
});
