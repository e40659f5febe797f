// A customer that Cisco screens: the operation says that people decide, and goes on by itself when they have.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { createSeedTemplate } from '../../prisma/seed.ts';
import { provisionCustomer } from '../../src/domain/customer/provision-customer.ts';
import { openWorkbench } from '../support/workbench.ts';
import type { Workbench } from '../support/workbench.ts';

let bench: Workbench;
beforeAll(async () => {
  bench = await openWorkbench({ stageMs: 60_000 });
});
afterAll(async () => {
  await bench.close();
});

const address = {
  addressLine1: '1 Mill Lane',
  city: 'Springfield',
  stateOrProvince: 'IL',
  zipOrPostalCode: '62701',
  countryCode: 'US',
};

/** Until Cisco screens it. */
async function provision(companyName: string) {
  const viewer = await bench.viewer('acme');
  const template = { name: `Template for ${companyName}`, countryCode: 'US', brandName: 'Acme' };
  const { value, problems } = await provisionCustomer(bench.context, viewer, {
    idempotencyKey: companyName,
    provisioningId: await createSeedTemplate(bench.context, viewer, template),
    externalId: companyName,
    packages: [{ package: 'WEBEX_CALLING' }],
    billingAddress: address,
    customerInformation: { companyName, adminEmail: 'owner@screened.example' },
    headquarters: { name: 'Headquarters', address, timeZone: 'America/Chicago', language: 'en_us' },
  });
  expect(problems).toEqual([]);
  const operationId = value?.operationId ?? '';
  await bench.waitForNextAction(operationId, 'AWAIT_COMPLIANCE_REVIEW', () => bench.sandbox.turnClock(5_000));
  const customer = { id: value?.customerId ?? '' };
  expect(await bench.database.customer.findUnique({ where: customer })).toMatchObject({
    status: 'PENDING_COMPLIANCE_REVIEW',
  });
  return { operationId, customer };
}

it('keeps a customer that Cisco screens waiting, then goes on', async () => {
  const { operationId, customer } = await provision('Compliance Hold Ltd');
  await bench.sandbox.turnClock(86_400_000);
  expect((await bench.ended(operationId)).status).toBe('SUCCEEDED');
  expect(await bench.database.customer.findUnique({ where: customer })).toMatchObject({ status: 'PROVISIONED' });
});

it('ends in an error where Cisco denies the party that it has screened', async () => {
  const { operationId, customer } = await provision('Denied Party Ltd');
  await bench.sandbox.turnClock(86_400_000);
  expect((await bench.ended(operationId)).status).toBe('FAILED');
  expect(await bench.database.customer.findUnique({ where: customer })).toMatchObject({ status: 'ERROR' });
});
