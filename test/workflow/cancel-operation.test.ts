// Calling operations off: what was made stays and matches the platform, what was not begun leaves no trace.

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cancelOperation } from '../../src/domain/operation/cancel-operation.ts';
import { addPhoneNumbers } from '../../src/domain/phone-number/add-phone-numbers.ts';
import { provisionUser } from '../../src/domain/user/provision-user.ts';
import { openWorkbench } from '../support/workbench.ts';
import type { Workbench } from '../support/workbench.ts';
import { waitFor } from '../support/wait-for.ts';
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

const cancel = (operationId: string) => cancelOperation(bench.context, customers.viewer, { operationId });

const load = (id: string) => bench.database.provisioningOperation.findUniqueOrThrow({ where: { id } });

async function haveJobsEnded(operationId: string): Promise<boolean> {
  const open = await bench.database.$queryRaw<unknown[]>`
    SELECT 1 FROM pgboss.job WHERE "data"->>'operationId' = ${operationId} AND "state" < 'completed'`;
  return open.length === 0;
}

function staff(count: number, mark: string) {
  return Array.from({ length: count }, (_, index) => ({
    firstName: 'User',
    lastName: `Number${index}`,
    email: `user${index}@${mark}.example`,
    package: 'WEBEX_CALLING' as const,
    locationName: index % 2 === 0 ? 'Headquarters' : 'Branch',
    phoneNumber: null,
    extension: String(3000 + index),
  }));
}

describe('the creation of a customer', () => {
  it('is called off while the administrator is asked: the external id and the organisation are free again', async () => {
    const adminEmail = 'admin@hundred.example';
    const [organization] = await bench.context.directory.findOrganizations('acme', adminEmail);
    const wishes = { organizationId: organization?.organizationId ?? '', externalId: 'again' };
    const { customerId, operationId } = await customers.provision(wishes);
    await bench.waitForNextAction(operationId, 'OBTAIN_ADMIN_CONSENT');
    accepted(await cancel(operationId));
    const operation = await bench.ended(operationId);
    expect(operation).toMatchObject({ status: 'CANCELLED', nextAction: 'NONE' });
    expect(operation.steps.map(({ status }) => status)).toEqual(['CANCELLED', 'CANCELLED', 'CANCELLED']);
    expect(await customers.load(customerId)).toMatchObject({
      status: 'DELETED',
      packages: [],
      locations: [],
      attachConsents: [{ status: 'EXPIRED' }],
    });
    const events = await bench.database.provisioningEvent.findMany({ where: { operationId } });
    expect(events.filter(({ type }) => type === 'OPERATION_CANCELLED')).toHaveLength(1);
    expect(told(await cancel(operationId))).toEqual(['OPERATION_NOT_CANCELLABLE operationId']);
    const again = await customers.provision(wishes);
    await bench.waitForNextAction(again.operationId, 'OBTAIN_ADMIN_CONSENT');
    accepted(await cancel(again.operationId));
  });

  it('is called off under the hands of its worker, who then asks the platform for nothing', async () => {
    await bench.sandbox.setFaults([{ method: 'GET', path: '/wholesale/customers', kind: 'latency', latencyMs: 1_500 }]);
    const { customerId, operationId } = await customers.provision({ externalId: 'never asked for' });
    await waitFor(async () => (await load(operationId)).status === 'RUNNING');
    accepted(await cancel(operationId));
    expect((await load(operationId)).status).toBe('CANCELLED');
    await waitFor(() => haveJobsEnded(operationId));
    await bench.sandbox.setFaults([]);
    const platform = bench.platform.forPartner({ slug: 'acme' });
    expect(await platform.findCustomerByExternalId('never asked for')).toBeNull();
    expect(await load(operationId)).toMatchObject({ status: 'CANCELLED', leaseToken: null });
    expect(await customers.load(customerId)).toMatchObject({ status: 'DELETED', platformId: null });
  });

  it('is not called off any more once the platform has it', async () => {
    await bench.sandbox.setFaults([{ kind: 'stuck' }]);
    const { customerId, operationId } = await customers.provision();
    await waitFor(async () => (await customers.load(customerId)).platformId);
    const outcome = await cancel(operationId);
    await bench.sandbox.setFaults([]);
    expect(told(outcome)).toEqual(['OPERATION_NOT_CANCELLABLE operationId']);
    expect(outcome.problems[0]?.message).toContain('detachCustomer');
    expect((await bench.ended(operationId)).status).toBe('SUCCEEDED');
  });

  it("is nobody else's to call off", async () => {
    const { operationId } = await customers.create('Ended');
    const foreign = await bench.viewer('nordic');
    expect(told(await cancelOperation(bench.context, foreign, { operationId }))).toEqual(['NOT_FOUND operationId']);
    expect(told(await cancel(operationId))).toEqual(['OPERATION_NOT_CANCELLABLE operationId']);
  });
});

describe('a set-up', () => {
  it('stops at the next item, agrees with the platform, and can be done again', async () => {
    const { customerId } = await customers.create('Stopped');
    const users = staff(80, 'stopped');
    await bench.sandbox.setFaults([
      { method: 'POST', path: '/wholesale/subscribers', kind: 'latency', latencyMs: 400 },
    ]);
    const operationId = await customers.setUp(customerId, 'Branch', users);
    await waitFor(() => bench.database.user.findFirst({ where: { customerId, status: 'PROVISIONED' } }));
    accepted(await cancel(operationId));
    const operation = await bench.ended(operationId);
    await bench.sandbox.setFaults([]);
    expect(operation.status).toBe('CANCELLED');
    expect(operation.steps.map(({ status }) => status)).toEqual(['SUCCEEDED', 'CANCELLED']);

    const { platformId, users: kept, locations } = await customers.load(customerId);
    const atPlatform = await bench.platform.forPartner({ slug: 'acme' }).listUsers(platformId ?? '');
    expect(kept.length).toBeLessThan(users.length);
    expect(kept.every(({ status }) => status === 'PROVISIONED')).toBe(true);
    expect(kept.map(({ email }) => email)).toEqual(atPlatform.map(({ email }) => email).toSorted());
    expect(locations.map(({ status }) => status)).toEqual(['PROVISIONED', 'PROVISIONED']);

    const missing = users.filter(({ email }) => !kept.some((user) => user.email === email));
    const again = await customers.setUp(customerId, 'Another', missing);
    expect((await bench.ended(again)).status).toBe('SUCCEEDED');
    const { subscribersCreated } = await bench.sandbox.effects();
    expect(subscribersCreated.filter(({ count }) => count !== 1)).toEqual([]);
  });

  it('keeps what may be at the platform as an error, and removes the rest', async () => {
    const { customerId } = await customers.create('Doubtful');
    await bench.sandbox.setFaults([{ method: 'POST', path: '/wholesale/subscribers', kind: 'unavailable' }]);
    const operationId = await customers.setUp(customerId, 'Branch', staff(20, 'doubtful'));
    await bench.waitForNextAction(operationId, 'RETRY_LATER');
    accepted(await cancel(operationId));
    expect((await bench.ended(operationId)).status).toBe('CANCELLED');
    await bench.sandbox.setFaults([]);
    const { platformId, users } = await customers.load(customerId);
    const atPlatform = await bench.platform.forPartner({ slug: 'acme' }).listUsers(platformId ?? '');
    expect(users.length).toBeGreaterThan(0);
    expect(users.length).toBeLessThan(20);
    const known = new Set(users.map(({ email }) => email));
    expect(atPlatform.filter(({ email }) => !known.has(email))).toEqual([]);
    for (const { status, errors } of users) {
      expect([status, JSON.stringify(errors).includes('OPERATION_CANCELLED')]).toEqual(
        status === 'PROVISIONED' ? ['PROVISIONED', false] : ['ERROR', true],
      );
    }
  });
});

describe('the creation of a user', () => {
  it('leaves the number that it took, while another operation is adding that number', async () => {
    const { customerId } = await customers.create('Shared number');
    const { locations } = await customers.load(customerId);
    const number = '+12175550142';
    await bench.sandbox.setFaults([{ method: 'POST', path: '/telephony', kind: 'latency', latencyMs: 1_500 }]);
    const added = accepted(
      await addPhoneNumbers(bench.context, customers.viewer, {
        idempotencyKey: randomUUID(),
        locationId: locations[0]?.id ?? '',
        numbers: [number],
      }),
    );
    const { operationId } = accepted(
      await provisionUser(bench.context, customers.viewer, {
        ...{ idempotencyKey: randomUUID(), customerId, package: 'WEBEX_CALLING', phoneNumber: number },
        ...{ firstName: 'Ada', lastName: 'Byron', email: 'ada@shared.example' },
      }),
    );
    accepted(await cancel(operationId ?? ''));
    expect((await bench.ended(operationId ?? '')).status).toBe('CANCELLED');
    await bench.sandbox.setFaults([]);
    expect((await bench.ended(added.operationId)).status).toBe('SUCCEEDED');
    const { phoneNumbers, users } = await customers.load(customerId);
    expect(phoneNumbers).toMatchObject([{ id: added.phoneNumberIds[0], number, status: 'PROVISIONED', userId: null }]);
    expect(users.map(({ email }) => email)).not.toContain('ada@shared.example');
  });
});
