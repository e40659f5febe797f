// Users taken off the platform: gone there and here, their numbers free, also when nobody knows whether it happened.

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { removeUser } from '../../src/domain/user/remove-user.ts';
import { accepted, openOffice } from './support/office.ts';
import type { Office } from './support/office.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(async () => {
  await office.bench.close();
});
beforeEach(async () => {
  await office.bench.sandbox.setFaults([]);
});

async function remove(userId: string) {
  const { operationId } = accepted(
    await removeUser(office.context, office.viewer, { idempotencyKey: randomUUID(), userId }),
  );
  return office.bench.ended(operationId ?? '');
}
const rowOf = (id: string) => office.bench.database.user.findUnique({ where: { id } });
const isAtPlatform = async (platformId: string | null | undefined) =>
  (await office.bench.platform.forPartner({ slug: 'acme' }).getUser(platformId ?? '')) !== null;

describe('removing a user', () => {
  it('takes the user off the platform and frees the number for the next one', async () => {
    const phoneNumber = office.newNumber();
    const { userId } = await office.addUser({ phoneNumber });
    const before = await rowOf(userId);
    expect(await isAtPlatform(before?.platformId)).toBe(true);
    expect(await remove(userId)).toMatchObject({ kind: 'REMOVE_USER', status: 'SUCCEEDED' });
    expect(await rowOf(userId)).toBeNull();
    expect(await isAtPlatform(before?.platformId)).toBe(false);
    const event = await office.bench.database.provisioningEvent.findFirst({
      where: { subjectId: userId, toStatus: 'DELETED' },
    });
    expect(event).toMatchObject({ type: 'USER_STATUS_CHANGED', fromStatus: 'DELETING' });

    const next = await office.addUser({ phoneNumber });
    expect(next.operation.status).toBe('SUCCEEDED');
    expect(next.operation.steps.map(({ kind }) => kind)).toEqual(['CREATE_USERS', 'ASSIGN_PHONE_NUMBERS']);
  });

  it('counts a user as removed who is not there any more, or whose removal lost its answer', async () => {
    const absent = await office.addUser();
    const { platformId } = (await rowOf(absent.userId)) ?? {};
    await office.bench.platform.forPartner({ slug: 'acme' }).removeUser(platformId ?? '');
    expect((await remove(absent.userId)).status).toBe('SUCCEEDED');

    const { userId } = await office.addUser();
    await office.bench.sandbox.setFaults([
      { method: 'DELETE', path: '/v1/wholesale/subscribers/*', kind: 'reset-after', remaining: 1 },
    ]);
    expect((await remove(userId)).status).toBe('SUCCEEDED');
    expect(await rowOf(userId)).toBeNull();
  });

  it('removes a user that was never created, and leaves no one behind', async () => {
    const { userId, operation } = await office.addUser({ email: `taken-${office.mark}@existing.example` });
    expect(operation.status).toBe('FAILED');
    expect((await remove(userId)).status).toBe('SUCCEEDED');
    expect(await rowOf(userId)).toBeNull();
  });

  it('ends the work that waits for a user who is removed meanwhile, and does not create the user again', async () => {
    const email = `asked-${office.mark}@consumer.example`;
    const asked = await office.beginUser({ email });
    await office.bench.waitForNextAction(asked.operationId, 'OBTAIN_USER_CONSENT');
    expect((await remove(asked.userId)).status).toBe('SUCCEEDED');
    expect((await office.bench.ended(asked.operationId)).steps[0]?.items[0]?.status).toBe('FAILED');
    expect(await office.repeatedEffects()).toEqual([]);
    const customer = await office.bench.database.customer.findUniqueOrThrow({ where: { id: office.customerId } });
    const platform = office.bench.platform.forPartner({ slug: 'acme' });
    expect(await platform.listUsers(customer.platformId ?? '', { email })).toEqual([]);
  });
});
