// Rules of the domain that show only once the platform has done its part.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import type { PlatformCustomer } from '../../src/platform/port.ts';
import { openStage } from './arrows/stage.ts';
import type { Stage } from './arrows/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(async () => {
  await stage.bench.close();
});

const peopleForm = z.object({ items: z.array(z.object({ roles: z.array(z.string()) })) });
const rolesForm = z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) });

async function rolesAtPlatform(email: string): Promise<string[]> {
  const get = async (path: string): Promise<unknown> => {
    const headers = { authorization: 'Bearer sandbox-acme' };
    return (await fetch(`${stage.bench.sandbox.origin}/v1${path}`, { headers })).json();
  };
  const names = new Map(rolesForm.parse(await get('/roles')).items.map(({ id, name }) => [id, name]));
  const people = peopleForm.parse(await get(`/people?email=${email}`)).items;
  return people.flatMap(({ roles }) => roles.map((id) => names.get(id) ?? id));
}

it('C8: the first administrator of a new organisation has every right in it, as a user of the customer too', async () => {
  const adminEmail = 'owner@first-admin.example';
  const { customerId } = await stage.customers.create('First admin', {
    customerInformation: { companyName: 'First admin', adminEmail },
  });
  expect(await rolesAtPlatform(adminEmail)).toEqual(['Full Administrator']);
  const admin = await stage.beginUser(customerId, { email: adminEmail });
  const other = await stage.beginUser(customerId, { email: 'second@first-admin.example' });
  for (const { operationId } of [admin, other]) expect((await stage.bench.ended(operationId)).status).toBe('SUCCEEDED');
  const { users } = await stage.customers.load(customerId);
  expect(users.map(({ email, isCustomerAdmin }) => [email, isCustomerAdmin])).toEqual([
    [adminEmail, true],
    ['second@first-admin.example', false],
  ]);
  expect(await rolesAtPlatform(adminEmail)).toEqual(['Full Administrator']);
  expect(await rolesAtPlatform('second@first-admin.example')).toEqual([]);
});

it('C9: screening runs beside provisioning: packages come meanwhile, other customers are not held up', async () => {
  const screened = (found: PlatformCustomer): PlatformCustomer =>
    found.externalId === 'screened' ? { ...found, status: 'PENDING_COMPLIANCE_REVIEW' } : found;
  const { customerId, operationId } = await stage.whilePlatform({ customer: screened }, async () => {
    const made = await stage.customers.provision({ externalId: 'screened' });
    await stage.bench.waitForNextAction(made.operationId, 'AWAIT_COMPLIANCE_REVIEW');
    const meanwhile = await stage.customers.load(made.customerId);
    expect(meanwhile).toMatchObject({
      status: 'PENDING_COMPLIANCE_REVIEW',
      organizationId: expect.stringMatching(/\S/) as string,
      packages: [{ status: 'PROVISIONED' }],
    });
    const { operation } = await stage.customers.create('Unscreened');
    expect(operation.status).toBe('SUCCEEDED');
    return made;
  });
  expect((await stage.bench.ended(operationId)).status).toBe('SUCCEEDED');
  expect((await stage.customers.load(customerId)).status).toBe('PROVISIONED');
});

it('S9: an address that belongs to another organisation is told with the code of the platform', async () => {
  const { customerId } = await stage.customers.create('Taken');
  const { userId, operationId } = await stage.beginUser(customerId, { email: 'taken.elsewhere@existing.example' });
  expect((await stage.bench.ended(operationId)).status).toBe('FAILED');
  const user = await stage.bench.database.user.findUniqueOrThrow({ where: { id: userId } });
  expect(user).toMatchObject({ status: 'ERROR', errors: [{ code: 'EMAIL_TAKEN', platformCode: '10022' }] });
});

it("A12: the partner's own organisation is served by the API, user by user", async () => {
  const { customerId, operationId } = await stage.attach('admin@own.example');
  expect((await stage.bench.ended(operationId)).status).toBe('SUCCEEDED');
  const user = await stage.beginUser(customerId);
  expect((await stage.bench.ended(user.operationId)).status).toBe('SUCCEEDED');
});
