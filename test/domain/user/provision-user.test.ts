// Creating one user without the wizard: what is written in one commit, and what is refused.

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OperationKind } from '../../../src/database/generated/enums.ts';
import { provisionUser } from '../../../src/domain/user/provision-user.ts';
import type { ProvisionUserInput } from '../../../src/domain/user/provision-user.ts';
import { accepted, openWorld, told } from '../setup/world.ts';
import type { World } from '../setup/world.ts';
import { addLocationRow, addOperation, eventsOf, planOf } from './support.ts';

describe('provisioning one user', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  function form(customerId: string, overrides: Partial<ProvisionUserInput> = {}): ProvisionUserInput {
    return {
      idempotencyKey: randomUUID(),
      customerId,
      firstName: 'Ada',
      lastName: 'Winter',
      email: 'Ada@Blue.example',
      package: 'WEBEX_CALLING',
      extension: '2001',
      ...overrides,
    };
  }
  const provision = (customerId: string, overrides: Partial<ProvisionUserInput> = {}) =>
    provisionUser(world.context, world.viewer, form(customerId, overrides));
  const countUsers = (customerId: string) => world.context.database.user.count({ where: { customerId } });

  it('writes the user at the headquarters and accepts the operation that creates it', async () => {
    const customerId = await world.addCustomer(world.viewer);
    const { userId, operationId } = accepted(await provision(customerId));
    const user = await world.context.database.user.findUniqueOrThrow({
      where: { id: userId ?? '' },
      include: { location: true },
    });
    expect(user).toMatchObject({
      email: 'ada@blue.example',
      package: 'WEBEX_CALLING',
      extension: '2001',
      status: 'PENDING',
      isCustomerAdmin: false,
      location: { name: 'Headquarters' },
    });
    expect(await planOf(world, operationId)).toEqual(['CREATE_USER', ['CREATE_USERS', userId]]);
    expect(await eventsOf(world, customerId)).toEqual(['OPERATION_ACCEPTED']);
  });

  it('adds a new number to the location first', async () => {
    const customerId = await world.addCustomer(world.viewer);
    const { userId, operationId } = accepted(await provision(customerId, { phoneNumber: '+1 415 555 0130' }));
    const number = await world.context.database.phoneNumber.findFirstOrThrow({ where: { customerId } });
    expect(number).toMatchObject({ number: '+14155550130', userId, status: 'PENDING' });
    expect(await planOf(world, operationId)).toEqual([
      'CREATE_USER',
      ['ADD_PHONE_NUMBERS', number.id],
      ['CREATE_USERS', userId],
      ['ASSIGN_PHONE_NUMBERS', userId],
    ]);
  });

  it('takes a number that is free at the location, and adds nothing', async () => {
    const customerId = await world.addCustomer(world.viewer);
    const numberId = await world.addNumber(customerId, '+14155550131');
    const { userId, operationId } = accepted(await provision(customerId, { phoneNumber: '+14155550131' }));
    expect(await world.context.database.phoneNumber.findUniqueOrThrow({ where: { id: numberId } })).toMatchObject({
      userId,
      status: 'PROVISIONED',
    });
    expect(await planOf(world, operationId)).toEqual([
      'CREATE_USER',
      ['CREATE_USERS', userId],
      ['ASSIGN_PHONE_NUMBERS', userId],
    ]);
  });

  it('gives a user without calling a location only when told', async () => {
    const customerId = await world.addCustomer(world.viewer);
    const locationId = await addLocationRow(world, customerId, 'Branch');
    const meetings = { package: 'WEBEX_MEETINGS', extension: null } as const;
    const nowhere = accepted(await provision(customerId, meetings));
    const there = accepted(await provision(customerId, { ...meetings, email: 'ben@blue.example', locationId }));
    const { user } = world.context.database;
    expect(await user.findUniqueOrThrow({ where: { id: nowhere.userId ?? '' } })).toMatchObject({ locationId: null });
    expect(await user.findUniqueOrThrow({ where: { id: there.userId ?? '' } })).toMatchObject({ locationId });
  });

  it('C8, A7: makes the first administrator of a new organisation an administrator, of an attached one not', async () => {
    const created = await world.addCustomer(world.viewer);
    const attached = await world.addCustomer(world.viewer, { origin: 'ATTACHED' });
    for (const [customerId, isCustomerAdmin] of [
      [created, true],
      [attached, false],
    ] as const) {
      const { userId } = accepted(await provision(customerId, { email: 'boss@blue.example' }));
      expect(await world.context.database.user.findUniqueOrThrow({ where: { id: userId ?? '' } })).toMatchObject({
        isCustomerAdmin,
      });
    }
  });

  it("A12: serves the partner's own organisation", async () => {
    const customerId = await world.addCustomer(world.viewer, { isPartnerOwnOrganization: true });
    accepted(await provision(customerId));
  });

  it('tells everything that is wrong at once and writes nothing', async () => {
    const customerId = await world.addCustomer(world.viewer, { limits: { WEBEX_CALLING: 1 } });
    await world.addUser(customerId, { email: 'ada@blue.example', phoneNumber: '+14155550132', extension: '2001' });
    const refusal = await provision(customerId, { phoneNumber: '+14155550132' });
    expect(told(refusal)).toEqual([
      'PACKAGE_LIMIT_EXCEEDED package',
      'EMAIL_TAKEN email',
      'NUMBER_UNAVAILABLE phoneNumber',
      'EXTENSION_TAKEN extension',
    ]);
    expect(await countUsers(customerId)).toBe(1);
    expect(await eventsOf(world, customerId)).toEqual([]);
  });

  it.each<[string, Partial<ProvisionUserInput>, string[]]>([
    ['no name', { firstName: ' ', lastName: '' }, ['REQUIRED firstName', 'REQUIRED lastName']],
    ['a name that calling does not take', { firstName: 'Zoë' }, ['INVALID_FORMAT firstName']],
    ['no number and no extension', { extension: null }, ['NUMBER_OR_EXTENSION_REQUIRED phoneNumber']],
    ['an unreadable number alone', { extension: null, phoneNumber: '12' }, ['INVALID_FORMAT phoneNumber']],
    ['an emergency code as extension', { extension: '911' }, ['EXTENSION_RESERVED extension']],
    [
      'a number without calling',
      { package: 'WEBEX_MEETINGS', phoneNumber: '+14155550133' },
      ['NUMBER_NOT_ALLOWED phoneNumber', 'NUMBER_NOT_ALLOWED extension'],
    ],
    ['a package the customer lacks', { package: 'WEBEX_SUITE' }, ['PACKAGE_NOT_IN_CUSTOMER package']],
    ['an add-on', { package: 'ATTENDANT_CONSOLE', extension: null }, ['PACKAGE_NOT_ASSIGNABLE package']],
    [
      'too little for the administrator',
      { email: 'boss@blue.example', package: 'WEBEX_MEETINGS', extension: null },
      ['ADMIN_PACKAGE_DOWNGRADE package'],
    ],
    ["somebody else's location", { locationId: randomUUID() }, ['NOT_FOUND locationId']],
  ])('refuses %s', async (_what, overrides, problems) => {
    const customerId = await world.addCustomer(world.viewer);
    expect(told(await provision(customerId, overrides))).toEqual(problems);
    expect(await countUsers(customerId)).toBe(0);
  });

  it('sees that an e-mail address is taken although the name cannot be read', async () => {
    const customerId = await world.addCustomer(world.viewer);
    await world.addUser(customerId, { email: 'ada@blue.example' });
    expect(told(await provision(customerId, { lastName: ' ' }))).toEqual(['REQUIRED lastName', 'EMAIL_TAKEN email']);
  });

  it('refuses a number of another location and a location that could not be created', async () => {
    const customerId = await world.addCustomer(world.viewer);
    await world.addNumber(customerId, '+14155550134');
    const branch = await addLocationRow(world, customerId, 'Branch');
    const broken = await addLocationRow(world, customerId, 'Broken', 'ERROR');
    const phoneNumber = '+14155550134';
    expect(told(await provision(customerId, { phoneNumber, locationId: branch }))).toEqual([
      'NUMBER_UNAVAILABLE phoneNumber',
    ]);
    expect(told(await provision(customerId, { locationId: broken }))).toEqual(['INVALID_VALUE locationId']);
  });

  it('asks for a location where the customer has no headquarters', async () => {
    const customerId = await world.addCustomer(world.viewer);
    await world.context.database.location.deleteMany({ where: { customerId } });
    expect(told(await provision(customerId))).toEqual(['CALLING_LOCATION_REQUIRED locationId']);
  });

  it('refuses a missing customer and one of another partner alike', async () => {
    const other = await world.addCustomer(await world.addPartner('other'));
    expect(told(await provision(other))).toEqual(['NOT_FOUND customerId']);
    expect(told(await provision(randomUUID()))).toEqual(['NOT_FOUND customerId']);
  });

  it('waits for the customer to be provisioned, and while the customer itself is changed', async () => {
    for (const [status, problem] of [
      ['PROVISIONING', 'CUSTOMER_NOT_PROVISIONED customerId'],
      ['ERROR', 'CUSTOMER_NOT_PROVISIONED customerId'],
      ['UPDATING', 'CUSTOMER_BUSY customerId'],
      ['DELETING', 'CUSTOMER_BUSY customerId'],
    ] as const) {
      expect(told(await provision(await world.addCustomer(world.viewer, { status })))).toEqual([problem]);
    }
    for (const kind of ['CREATE_CUSTOMER', 'UPDATE_CUSTOMER', 'DETACH_CUSTOMER'] satisfies OperationKind[]) {
      const customerId = await world.addCustomer(world.viewer);
      await addOperation(world, customerId, kind);
      expect(told(await provision(customerId))).toEqual(['CUSTOMER_BUSY customerId']);
    }
  });

  it('is not held up by work on other users', async () => {
    const customerId = await world.addCustomer(world.viewer, { status: 'PROVISIONED_WITH_ERRORS' });
    await addOperation(world, customerId, 'SET_UP_CUSTOMER');
    accepted(await provision(customerId));
    accepted(await provision(customerId, { email: 'ben@blue.example', extension: '2002' }));
  });

  it('answers a repeated call as before, and refuses its key for another input', async () => {
    const customerId = await world.addCustomer(world.viewer);
    const input = form(customerId);
    const first = accepted(await provisionUser(world.context, world.viewer, input));
    expect(accepted(await provisionUser(world.context, world.viewer, { ...input, email: 'ada@blue.example' }))).toEqual(
      first,
    );
    const other = await provisionUser(world.context, world.viewer, { ...input, lastName: 'Summer' });
    expect(told(other)).toEqual(['IDEMPOTENCY_MISMATCH idempotencyKey']);
    expect(await countUsers(customerId)).toBe(1);
  });

  it('gives the last seat, and a number, to one of two who ask at once', async () => {
    const customerId = await world.addCustomer(world.viewer, { limits: { WEBEX_CALLING: 1 } });
    const answers = await Promise.all([
      provision(customerId, { phoneNumber: '+14155550135' }),
      provision(customerId, { phoneNumber: '+14155550135', email: 'ben@blue.example', extension: '2002' }),
    ]);
    expect(answers.map((answer) => answer.problems.length > 0).sort()).toEqual([false, true]);
    const rivals = [await world.addCustomer(world.viewer), await world.addCustomer(world.viewer)];
    const race = await Promise.all(rivals.map((rival) => provision(rival, { phoneNumber: '+14155550136' })));
    expect(race.map(told).sort()).toEqual([[], ['NUMBER_UNAVAILABLE phoneNumber']]);
  });

  it('validates without writing, under any key', async () => {
    const customerId = await world.addCustomer(world.viewer);
    const input = form(customerId, { validateOnly: true });
    expect(accepted(await provisionUser(world.context, world.viewer, input))).toEqual({
      userId: null,
      operationId: null,
    });
    expect(await countUsers(customerId)).toBe(0);
    accepted(await provisionUser(world.context, world.viewer, { ...input, validateOnly: false }));
  });
});
