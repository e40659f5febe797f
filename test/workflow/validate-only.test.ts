// provisionCustomer with validateOnly: what the platform itself would refuse is told too; whether it can be asked is not decisive.

import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { provisionCustomer } from '../../src/domain/customer/provision-customer.ts';
import type { DomainContext } from '../../src/domain/context.ts';
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
afterEach(async () => {
  await bench.sandbox.setFaults([]);
});
afterAll(async () => {
  await bench.close();
});

const validate = (wishes: Parameters<Customers['request']>[0] = {}) =>
  provisionCustomer(bench.context, customers.viewer, customers.request({ ...wishes, validateOnly: true }));

/** Only the platform knows that somebody has the external id. */
async function takeElsewhere(externalId: string): Promise<void> {
  const { customerId } = await customers.create('Taken', { externalId });
  await bench.database.customer.update({ where: { id: customerId }, data: { externalId: `${externalId}-renamed` } });
}

it('tells what the platform would refuse, with its own code, and makes nothing', async () => {
  await takeElsewhere('taken-there');
  const before = await bench.database.customer.count();
  const outcome = await validate({ externalId: 'taken-there' });
  expect(told(outcome)).toEqual(['PLATFORM_REJECTED ']);
  expect(outcome.problems[0]?.message).toContain('taken-there');
  expect(outcome.problems[0]?.platformCode).toMatch(/^\d+$/);
  expect(await bench.database.customer.count()).toBe(before);
});

it('passes where the platform has nothing against it, for a new organisation and for one that exists', async () => {
  expect(accepted(await validate())).toEqual({ customerId: null, operationId: null, warnings: [] });
  const [organization] = await bench.context.directory.findOrganizations('acme', 'admin@hundred.example');
  const attach = { organizationId: organization?.organizationId ?? '', customerInformation: null };
  expect(accepted(await validate(attach)).warnings).toMatchObject([{ code: 'CONSENT_WILL_BE_REQUIRED' }]);
});

const withPrecheck = (precheckCustomer: () => Promise<void>): DomainContext => ({
  ...bench.context,
  directory: { ...bench.context.directory, precheckCustomer },
});

it('does not ask the platform about what the rules refuse already', async () => {
  const context = withPrecheck(() => Promise.reject(new Error('must not be asked')));
  const request = customers.request({ packages: [], validateOnly: true });
  expect(told(await provisionCustomer(context, customers.viewer, request))).toEqual(['PACKAGE_REQUIRED packages']);
});

it.each(['unavailable', 'server-error', 'reset-before', 'too-many-requests'])(
  'does not fail because the platform cannot be asked (%s)',
  async (kind) => {
    await bench.sandbox.setFaults([{ path: '/wholesale/customers/validate', kind }]);
    expect(accepted(await validate())).toEqual({ customerId: null, operationId: null, warnings: [] });
  },
);

it('does not wait for a platform that does not answer', async () => {
  const silent = withPrecheck(() => new Promise(() => undefined));
  const request = customers.request({ validateOnly: true });
  expect(accepted(await provisionCustomer(silent, customers.viewer, request)).customerId).toBeNull();
});
