// Assigning roles to a user: what is accepted, and what is refused.

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OrganizationRole } from '../../../src/database/generated/enums.ts';
import { assignOrganizationRoles } from '../../../src/domain/user/assign-roles.ts';
import { accepted, openWorld, told } from '../setup/world.ts';
import type { World } from '../setup/world.ts';
import { addOperation, eventsOf, planOf } from './support.ts';

describe('assigning roles', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  const assign = (userId: string, roles: OrganizationRole[], idempotencyKey: string = randomUUID()) =>
    assignOrganizationRoles(world.context, world.viewer, { idempotencyKey, userId, roles });

  async function addUser(personId: string | null = 'person') {
    const customerId = await world.addCustomer(world.viewer);
    const userId = await world.addUser(customerId, { email: 'ada@blue.example' });
    await world.context.database.user.update({ where: { id: userId }, data: { personId } });
    return { customerId, userId };
  }

  it('accepts the operation and leaves the roles as they are until it is done', async () => {
    const { customerId, userId } = await addUser();
    const first = accepted(await assign(userId, ['SUPPORT_ADMIN', 'DEVICE_ADMIN'], 'once'));
    expect(await planOf(world, first.operationId)).toEqual(['ASSIGN_ROLES', ['ASSIGN_ROLES', userId]]);
    expect(await eventsOf(world, customerId)).toEqual(['OPERATION_ACCEPTED']);
    const row = await world.context.database.user.findUniqueOrThrow({ where: { id: userId } });
    expect([row.roles, row.status]).toEqual([[], 'PROVISIONED']);
    expect(accepted(await assign(userId, ['DEVICE_ADMIN', 'SUPPORT_ADMIN'], 'once'))).toEqual(first);
    expect(told(await assign(userId, ['DEVICE_ADMIN'], 'once'))).toEqual(['IDEMPOTENCY_MISMATCH idempotencyKey']);
  });

  it('takes an empty list: all roles go', async () => {
    const { userId } = await addUser();
    accepted(await assign(userId, []));
  });

  it('refuses a role that is named twice and a user whom the platform does not have as a person', async () => {
    const { userId } = await addUser(null);
    expect(told(await assign(userId, ['FULL_ADMIN', 'DEVICE_ADMIN', 'FULL_ADMIN']))).toEqual([
      'DUPLICATE roles.2',
      'USER_NOT_PROVISIONED userId',
    ]);
    const { userId: asked } = await addUser();
    await world.context.database.user.update({ where: { id: asked }, data: { status: 'AWAITING_USER_CONSENT' } });
    expect(told(await assign(asked, ['FULL_ADMIN']))).toEqual(['USER_NOT_PROVISIONED userId']);
  });

  it('refuses while the customer itself is changed, and for foreign and missing users alike', async () => {
    const { customerId, userId } = await addUser();
    await addOperation(world, customerId, 'DETACH_CUSTOMER');
    expect(told(await assign(userId, ['FULL_ADMIN']))).toEqual(['CUSTOMER_BUSY userId']);
    const foreign = await world.addCustomer(await world.addPartner('other'));
    const stranger = await world.addUser(foreign, { email: 'ada@blue.example' });
    expect(told(await assign(stranger, ['FULL_ADMIN']))).toEqual(['NOT_FOUND userId']);
    expect(told(await assign(randomUUID(), ['FULL_ADMIN']))).toEqual(['NOT_FOUND userId']);
  });
});
