// Removing a user: what is accepted, and what is refused.

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { userTransitions } from '../../../src/domain/user/change-status.ts';
import { removeUser } from '../../../src/domain/user/remove-user.ts';
import { accepted, openWorld, told } from '../setup/world.ts';
import type { World } from '../setup/world.ts';
import { addOperation, eventsOf, planOf } from './support.ts';

describe('removing a user', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  const remove = (userId: string, idempotencyKey: string = randomUUID()) =>
    removeUser(world.context, world.viewer, { idempotencyKey, userId });
  const statusOf = async (userId: string) =>
    (await world.context.database.user.findUniqueOrThrow({ where: { id: userId } })).status;

  it('marks the user and accepts the operation that removes it', async () => {
    const customerId = await world.addCustomer(world.viewer);
    const userId = await world.addUser(customerId, { email: 'ada@blue.example' });
    const { operationId } = accepted(await remove(userId));
    expect(await statusOf(userId)).toBe('DELETING');
    expect(await planOf(world, operationId)).toEqual(['REMOVE_USER', ['REMOVE_USERS', userId]]);
    expect(await eventsOf(world, customerId)).toEqual(['OPERATION_ACCEPTED', 'USER_STATUS_CHANGED']);
  });

  it('answers a repeated call as before, and refuses another one while the first goes on', async () => {
    const userId = await world.addUser(await world.addCustomer(world.viewer), { email: 'ada@blue.example' });
    const first = accepted(await remove(userId, 'once'));
    expect(accepted(await remove(userId, 'once'))).toEqual(first);
    expect(told(await remove(userId))).toEqual(['USER_BUSY userId']);
  });

  it.each(['AWAITING_USER_CONSENT', 'ERROR'] as const)('removes a user that is %s', async (status) => {
    const userId = await world.addUser(await world.addCustomer(world.viewer), { email: 'ada@blue.example' });
    await world.context.database.user.update({ where: { id: userId }, data: { status } });
    accepted(await remove(userId));
  });

  it('waits for the work that concerns the user, not for work that has ended without it', async () => {
    const customerId = await world.addCustomer(world.viewer);
    const userId = await world.addUser(customerId, { email: 'ada@blue.example' });
    await world.context.database.user.update({ where: { id: userId }, data: { status: 'PENDING' } });
    await addOperation(world, customerId, 'SET_UP_CUSTOMER');
    expect(told(await remove(userId))).toEqual(['USER_BUSY userId']);
    expect(await statusOf(userId)).toBe('PENDING');
    await world.context.database.provisioningOperation.updateMany({
      where: { customerId },
      data: { status: 'CANCELLED' },
    });
    accepted(await remove(userId));
  });

  it('refuses while the customer itself is changed, and for foreign and missing users alike', async () => {
    const busy = await world.addCustomer(world.viewer, { status: 'UPDATING' });
    expect(told(await remove(await world.addUser(busy, { email: 'ada@blue.example' })))).toEqual([
      'CUSTOMER_BUSY userId',
    ]);
    const foreign = await world.addCustomer(await world.addPartner('other'));
    expect(told(await remove(await world.addUser(foreign, { email: 'ada@blue.example' })))).toEqual([
      'NOT_FOUND userId',
    ]);
    expect(told(await remove(randomUUID(), ' '))).toEqual(['REQUIRED idempotencyKey', 'NOT_FOUND userId']);
  });

  it('can be begun from every status that is not ended by it', () => {
    const closed = Object.entries(userTransitions).filter(([, next]) => !next.includes('DELETING'));
    expect(closed.map(([status]) => status)).toEqual(['DELETING']);
  });
});
