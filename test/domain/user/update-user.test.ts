// Giving a user another package: what is accepted, and what is refused because Webex would not do it.

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Prisma } from '../../../src/database/generated/client.ts';
import { updateUser } from '../../../src/domain/user/update-user.ts';
import type { UpdateUserInput } from '../../../src/domain/user/update-user.ts';
import { accepted, openWorld, told } from '../setup/world.ts';
import type { CustomerWishes, World } from '../setup/world.ts';
import { addLocationRow, addOperation, eventsOf, planOf } from './support.ts';

describe('changing a user', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  const update = (userId: string, wishes: Partial<UpdateUserInput>) =>
    updateUser(world.context, world.viewer, { idempotencyKey: randomUUID(), userId, ...wishes });
  const rowOf = (userId: string) =>
    world.context.database.user.findUniqueOrThrow({ where: { id: userId }, include: { phoneNumber: true } });

  const codes = ['WEBEX_SUITE', 'WEBEX_CALLING', 'WEBEX_CALLING_STANDARD', 'WEBEX_MEETINGS'] as const;

  /** A calling user with number and extension unless told otherwise. */
  async function addUser(columns: Prisma.UserUncheckedUpdateInput = {}, wishes: CustomerWishes = {}) {
    const customerId = await world.addCustomer(world.viewer, { codes, ...wishes });
    const userId = await world.addUser(customerId, { email: 'ada@blue.example', extension: '2001' });
    await world.context.database.user.update({ where: { id: userId }, data: { platformId: 'there', ...columns } });
    return { customerId, userId };
  }
  const meetings = { package: 'WEBEX_MEETINGS', extension: null, locationId: null } as const;

  it('gives another calling package and leaves the rest alone', async () => {
    const { customerId, userId } = await addUser();
    const { operationId } = accepted(await update(userId, { package: 'WEBEX_SUITE', extension: '2001' }));
    expect(await rowOf(userId)).toMatchObject({ package: 'WEBEX_SUITE', extension: '2001', status: 'UPDATING' });
    expect(await planOf(world, operationId)).toEqual(['UPDATE_USER', ['UPDATE_USERS', userId]]);
    expect(await eventsOf(world, customerId)).toEqual(['OPERATION_ACCEPTED', 'USER_STATUS_CHANGED']);
  });

  it('claims number, extension and location for a user who begins to call', async () => {
    const { customerId, userId } = await addUser(meetings);
    const locationId = await addLocationRow(world, customerId, 'Branch');
    const wishes = { package: 'WEBEX_CALLING', phoneNumber: '+14155550150', extension: '2002', locationId } as const;
    const { operationId } = accepted(await update(userId, wishes));
    const row = await rowOf(userId);
    expect(row).toMatchObject({ package: 'WEBEX_CALLING', extension: '2002', locationId, status: 'UPDATING' });
    expect(row.phoneNumber).toMatchObject({ number: '+14155550150', locationId, status: 'PENDING' });
    expect(await planOf(world, operationId)).toEqual([
      'UPDATE_USER',
      ['ADD_PHONE_NUMBERS', row.phoneNumber?.id],
      ['UPDATE_USERS', userId],
      ['ASSIGN_PHONE_NUMBERS', userId],
    ]);
  });

  it('keeps number and extension until the platform has taken the calling away', async () => {
    const { customerId, userId } = await addUser();
    const numberId = await world.addNumber(customerId, '+14155550151');
    await world.context.database.phoneNumber.update({ where: { id: numberId }, data: { userId } });
    accepted(await update(userId, { package: 'WEBEX_MEETINGS' }));
    expect(await rowOf(userId)).toMatchObject({
      package: 'WEBEX_MEETINGS',
      extension: '2001',
      phoneNumber: { number: '+14155550151' },
    });
  });

  it('U3: refuses numbers and locations unless the user begins to call, which is all that Webex would do', async () => {
    const { customerId, userId } = await addUser();
    const locationId = await addLocationRow(world, customerId, 'Branch');
    const wishes = { phoneNumber: '+14155550152', extension: '2009', locationId };
    const fixed = ['INVALID_VALUE locationId', 'INVALID_VALUE phoneNumber', 'INVALID_VALUE extension'];
    expect(told(await update(userId, wishes))).toEqual(fixed);
    expect(told(await update(userId, { ...wishes, package: 'WEBEX_SUITE' }))).toEqual(fixed);
    expect(told(await update(userId, { ...wishes, package: 'WEBEX_MEETINGS', locationId: null }))).toEqual([
      'NUMBER_NOT_ALLOWED phoneNumber',
      'NUMBER_NOT_ALLOWED extension',
    ]);
    expect(await rowOf(userId)).toMatchObject({ package: 'WEBEX_CALLING', status: 'PROVISIONED' });
  });

  it('refuses a change that changes nothing', async () => {
    const { userId } = await addUser();
    expect(told(await update(userId, {}))).toEqual(['INVALID_VALUE package']);
    expect(told(await update(userId, { package: 'WEBEX_CALLING', extension: '2001' }))).toEqual([
      'INVALID_VALUE package',
    ]);
  });

  it.each<[string, Partial<UpdateUserInput>, string[]]>([
    ['no number and no extension', {}, ['NUMBER_OR_EXTENSION_REQUIRED phoneNumber']],
    ['an extension that somebody has', { extension: '2100' }, ['EXTENSION_TAKEN extension']],
    ['a number that somebody has', { phoneNumber: '+14155550153' }, ['NUMBER_UNAVAILABLE phoneNumber']],
    [
      'an unreadable number and a missing location',
      { phoneNumber: '1', locationId: randomUUID() },
      ['INVALID_FORMAT phoneNumber', 'NOT_FOUND locationId'],
    ],
  ])('refuses calling with %s', async (_what, wishes, problems) => {
    const { customerId, userId } = await addUser(meetings);
    const taken = await world.context.database.phoneNumber.count({ where: { number: '+14155550153' } });
    const phoneNumber = taken === 0 ? { phoneNumber: '+14155550153' } : {};
    await world.addUser(customerId, { email: 'ben@blue.example', extension: '2100', ...phoneNumber });
    expect(told(await update(userId, { package: 'WEBEX_CALLING', ...wishes }))).toEqual(problems);
  });

  it('minds the packages of the customer and their limits', async () => {
    const { userId } = await addUser({}, { limits: { WEBEX_SUITE: 0 } });
    expect(told(await update(userId, { package: 'WEBEX_SUITE' }))).toEqual(['PACKAGE_LIMIT_EXCEEDED package']);
    expect(told(await update(userId, { package: 'WEBEX_VOICE' }))).toEqual(['PACKAGE_NOT_IN_CUSTOMER package']);
    expect(told(await update(userId, { package: 'CISCO_CALLING_PLAN' }))).toEqual(['PACKAGE_NOT_ASSIGNABLE package']);
  });

  it.each<[string, Prisma.UserUncheckedUpdateInput]>([
    ['the first administrator', { isCustomerAdmin: true }],
    ["who has the administrator's address", { email: 'boss@blue.example' }],
    ['a full administrator', { roles: ['FULL_ADMIN'] }],
  ])('S6: takes nothing from %s', async (_who, columns) => {
    const { userId } = await addUser(columns);
    expect(told(await update(userId, { package: 'WEBEX_CALLING_STANDARD' }))).toEqual([
      'ADMIN_PACKAGE_DOWNGRADE package',
    ]);
    expect(told(await update(userId, { package: 'WEBEX_MEETINGS' }))).toEqual(['ADMIN_PACKAGE_DOWNGRADE package']);
    accepted(await update(userId, { package: 'WEBEX_SUITE' }));
  });

  it('changes only users that the platform has, one change at a time', async () => {
    for (const columns of [{ status: 'AWAITING_USER_CONSENT' }, { status: 'ERROR', platformId: null }] as const) {
      const { userId } = await addUser(columns);
      expect(told(await update(userId, { package: 'WEBEX_SUITE' }))).toEqual(['USER_NOT_PROVISIONED userId']);
    }
    const { userId } = await addUser({ status: 'ERROR' });
    accepted(await update(userId, { package: 'WEBEX_SUITE' }));
    expect(told(await update(userId, { package: 'WEBEX_CALLING_STANDARD' }))).toEqual(['USER_BUSY userId']);
  });

  it('refuses while the customer itself is changed, and for foreign and missing users alike', async () => {
    const { customerId, userId } = await addUser();
    await addOperation(world, customerId, 'UPDATE_CUSTOMER');
    expect(told(await update(userId, { package: 'WEBEX_SUITE' }))).toEqual(['CUSTOMER_BUSY userId']);
    const foreign = await world.addCustomer(await world.addPartner('other'));
    const stranger = await world.addUser(foreign, { email: 'ada@blue.example' });
    expect(told(await update(stranger, { package: 'WEBEX_SUITE' }))).toEqual(['NOT_FOUND userId']);
    expect(told(await update(randomUUID(), { package: 'WEBEX_SUITE' }))).toEqual(['NOT_FOUND userId']);
  });

  it('answers a repeated call as before', async () => {
    const { userId } = await addUser();
    const wishes = { package: 'WEBEX_SUITE', idempotencyKey: 'once' } as const;
    const first = accepted(await update(userId, wishes));
    expect(accepted(await update(userId, wishes))).toEqual(first);
    expect(told(await update(userId, { ...wishes, package: 'WEBEX_MEETINGS' }))).toEqual([
      'IDEMPOTENCY_MISMATCH idempotencyKey',
    ]);
  });
});
