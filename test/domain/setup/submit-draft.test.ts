// Ending the wizard: what is written, in one commit, and what is refused.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OperationStatus } from '../../../src/database/generated/enums.ts';
import { saveSetupLocations } from '../../../src/domain/setup/save-locations.ts';
import { saveSetupUsers } from '../../../src/domain/setup/save-users.ts';
import { submitSetupDraft } from '../../../src/domain/setup/submit-draft.ts';
import { accepted, branch, caller, openWorld, person, site, told } from './world.ts';
import type { World } from './world.ts';

describe('submitting a set-up', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  const submit = (draftId: string) => submitSetupDraft(world.context, world.viewer, { draftId });
  const addOperation = (customerId: string, status: OperationStatus) =>
    world.context.database.provisioningOperation.create({
      data: {
        partnerId: world.viewer.partnerId,
        customerId,
        kind: 'CREATE_USER',
        status,
        correlationId: 'c',
        requestedBy: 'r',
      },
    });

  async function operationOf(operationId: string | null) {
    if (operationId === null) throw new Error('an accepted set-up has an operation');
    return world.context.database.provisioningOperation.findUniqueOrThrow({
      where: { id: operationId },
      include: { steps: { orderBy: { position: 'asc' }, include: { items: { orderBy: { position: 'asc' } } } } },
    });
  }

  /** Kind and items of each step. */
  const planOf = async (operationId: string | null) =>
    (await operationOf(operationId)).steps.map(({ kind, items }) => [kind, items.map(({ subjectKey }) => subjectKey)]);

  async function rowsOf(customerId: string) {
    const { database } = world.context;
    return {
      locations: await database.location.findMany({ where: { customerId }, orderBy: { id: 'asc' } }),
      users: await database.user.findMany({ where: { customerId }, orderBy: { id: 'asc' } }),
      numbers: await database.phoneNumber.findMany({ where: { customerId }, orderBy: { id: 'asc' } }),
      operations: await database.provisioningOperation.count({ where: { customerId } }),
      jobs: await database.$queryRaw`SELECT count(*)::int FROM pgboss.job WHERE name = 'advance-operation'`,
      events: await database.provisioningEvent.count({ where: { customerId } }),
    };
  }

  it('writes locations, users and numbers as PENDING and accepts the operation that works through them', async () => {
    const customerId = await world.addCustomer(world.viewer);
    const draftId = await world.readyDraft(
      customerId,
      [branch('Berlin'), branch('Paris')],
      [
        caller('Ada', { phoneNumber: '+14155550100', extension: '20', locationName: 'PARIS' }),
        person('Ben'),
        caller('Carla', { extension: '21' }),
        caller('Boss', { phoneNumber: '+14155550101' }),
      ],
    );
    const { operationId, ...value } = accepted(await submit(draftId));
    expect(value).toEqual({ draftId });

    const { locations, users, numbers } = await rowsOf(customerId);
    const idOfLocation = (name: string) => locations.find((location) => location.name === name)?.id;
    expect(locations).toHaveLength(3);
    expect(locations.find(({ name }) => name === 'Paris')).toMatchObject({
      ...site('Paris'),
      partnerId: world.viewer.partnerId,
      kind: 'BRANCH',
      status: 'PENDING',
      platformId: null,
      createdAt: world.context.now(),
    });
    const pending = {
      partnerId: world.viewer.partnerId,
      status: 'PENDING',
      createdAt: world.context.now(),
      errors: [],
    };
    const user = {
      ...pending,
      lastName: 'Winter',
      roles: [],
      platformId: null,
      lastStatusChangeAt: world.context.now(),
    };
    expect(users).toMatchObject([
      {
        ...user,
        email: 'ada@blue.example',
        extension: '20',
        locationId: idOfLocation('Paris'),
        isCustomerAdmin: false,
      },
      {
        ...user,
        email: 'ben@blue.example',
        extension: null,
        locationId: idOfLocation('Headquarters'),
        package: 'WEBEX_MEETINGS',
      },
      { ...user, email: 'carla@blue.example', extension: '21', package: 'WEBEX_CALLING' },
      { ...user, email: 'boss@blue.example', extension: null, isCustomerAdmin: true },
    ]);
    expect(numbers).toMatchObject([
      { ...pending, number: '+14155550100', userId: users[0]?.id, locationId: idOfLocation('Paris'), isMain: false },
      { ...pending, number: '+14155550101', userId: users[3]?.id, locationId: idOfLocation('Headquarters') },
    ]);

    expect(await operationOf(operationId)).toMatchObject({ kind: 'SET_UP_CUSTOMER', status: 'ACCEPTED', customerId });
    expect(await planOf(operationId)).toEqual([
      ['CREATE_LOCATIONS', [idOfLocation('Berlin'), idOfLocation('Paris')]],
      ['ADD_PHONE_NUMBERS', numbers.map(({ id }) => id)],
      ['CREATE_USERS', users.map(({ id }) => id)],
      ['ASSIGN_PHONE_NUMBERS', [users[0]?.id, users[3]?.id]],
    ]);
    expect(await world.loadDraft(draftId)).toMatchObject({
      status: 'SUBMITTED',
      operationId,
      currentStep: 'REVIEW',
      version: 5,
    });

    const { database } = world.context;
    const events = await database.provisioningEvent.findMany({ where: { customerId } });
    expect(events).toMatchObject([
      { type: 'OPERATION_ACCEPTED', operationId, toStatus: 'ACCEPTED', customerVersion: 1 },
    ]);
    expect(events[0]?.message).toContain('Blue Bottle was accepted: 2 locations, 4 users, 2 phone numbers');
    const jobs = await database.$queryRaw`SELECT data FROM pgboss.job WHERE data->>'operationId' = ${operationId}`;
    expect(jobs).toEqual([{ data: { operationId } }]);
  });

  it('leaves out steps that have nothing to do', async () => {
    const customerId = await world.addCustomer(world.viewer);
    const onlyUsers = accepted(await submit(await world.readyDraft(customerId, [], [person('Ada')])));
    expect((await planOf(onlyUsers.operationId)).map(([kind]) => kind)).toEqual(['CREATE_USERS']);

    const other = await world.addCustomer(world.viewer);
    const onlyPlaces = accepted(await submit(await world.readyDraft(other, [branch('Berlin')], [])));
    expect((await planOf(onlyPlaces.operationId)).map(([kind]) => kind)).toEqual(['CREATE_LOCATIONS']);
  });

  it('S10: takes numbers that were free at the location, and brings to the platform only those it does not have', async () => {
    const customerId = await world.addCustomer(world.viewer);
    const ready = await world.addNumber(customerId, '+14155550200');
    const failed = await world.addNumber(customerId, '+14155550201', 'ERROR');
    const draftId = await world.readyDraft(
      customerId,
      [],
      [caller('Ada', { phoneNumber: '+14155550200' }), caller('Ben', { phoneNumber: '+14155550201' })],
    );
    const { operationId } = accepted(await submit(draftId));
    const { users, numbers } = await rowsOf(customerId);
    expect(numbers).toMatchObject([
      { id: ready, userId: users[0]?.id, status: 'PROVISIONED' },
      { id: failed, userId: users[1]?.id, status: 'PENDING' },
    ]);
    expect(await planOf(operationId)).toEqual([
      ['ADD_PHONE_NUMBERS', [failed]],
      ['CREATE_USERS', users.map(({ id }) => id)],
      ['ASSIGN_PHONE_NUMBERS', users.map(({ id }) => id)],
    ]);
  });

  it('A7: makes nobody of an attached organisation its administrator', async () => {
    const customerId = await world.addCustomer(world.viewer, { origin: 'ATTACHED' });
    accepted(await submit(await world.readyDraft(customerId, [], [caller('Boss', { extension: '20' })])));
    expect((await rowsOf(customerId)).users).toMatchObject([{ email: 'boss@blue.example', isCustomerAdmin: false }]);
  });

  it('knows the administrator whatever the case of the address', async () => {
    const customerId = await world.addCustomer(world.viewer, { adminEmail: 'Boss@Blue.example' });
    accepted(await submit(await world.readyDraft(customerId, [], [caller('Boss', { extension: '20' })])));
    expect((await rowsOf(customerId)).users).toMatchObject([{ isCustomerAdmin: true }]);
  });

  it('takes a thousand users at once', async () => {
    const customerId = await world.addCustomer(world.viewer);
    const draftId = await world.readyDraft(customerId, [], []);
    const { database } = world.context;
    await database.setupDraftUser.createMany({
      data: Array.from({ length: 1_000 }, (_, position) => ({
        ...caller(`User${position}`),
        email: `user${position}@blue.example`,
        draftId,
        position,
        phoneNumber: `+1415${6_000_000 + position}`,
        extension: `${10_000 + position}`,
      })),
    });
    const { operationId } = accepted(await submit(draftId));
    const plan = await planOf(operationId);
    expect(plan.map(([kind, items]) => [kind, items?.length])).toEqual([
      ['ADD_PHONE_NUMBERS', 1_000],
      ['CREATE_USERS', 1_000],
      ['ASSIGN_PHONE_NUMBERS', 1_000],
    ]);
    const { users } = await rowsOf(customerId);
    expect(users.map(({ email }) => email)).toEqual(
      Array.from({ length: 1_000 }, (_, index) => `user${index}@blue.example`),
    );
  });

  interface Refusal {
    readonly draft: (customerId: string) => Promise<string>;
    /** What happens between the last save and the submit. */
    readonly meanwhile?: (customerId: string, draftId: string) => Promise<unknown>;
    readonly expected: readonly string[];
  }

  const oneUser = (customerId: string) => world.readyDraft(customerId, [], [person('Ada')]);
  const refusals: Readonly<Record<string, Refusal>> = {
    'nothing saved': {
      draft: (customerId) => world.startDraft(customerId),
      expected: ['DRAFT_INCOMPLETE', 'DRAFT_INCOMPLETE', 'DRAFT_INCOMPLETE'],
    },
    'numbers that were not confirmed': {
      draft: (customerId) => world.draftWith(customerId, [], [person('Ada')]),
      expected: ['DRAFT_INCOMPLETE'],
    },
    'S4: a calling user without a number': {
      draft: oneUser,
      meanwhile: (_, draftId) => saveSetupUsers(world.context, world.viewer, { draftId, users: [caller('Ben')] }),
      expected: ['DRAFT_INCOMPLETE assignments'],
    },
    'S2: users at a location that went': {
      draft: (customerId) =>
        world.readyDraft(customerId, [branch('Berlin')], [person('Ada', { locationName: 'Berlin' })]),
      meanwhile: (_, draftId) => saveSetupLocations(world.context, world.viewer, { draftId, locations: [] }),
      expected: ['DRAFT_INCOMPLETE users.0.locationName'],
    },
    'nothing to do': {
      draft: (customerId) => world.readyDraft(customerId, [], []),
      expected: ['DRAFT_INCOMPLETE'],
    },
    'S1: a customer that is being changed': {
      draft: oneUser,
      meanwhile: (id) => world.context.database.customer.update({ where: { id }, data: { status: 'UPDATING' } }),
      expected: ['CUSTOMER_NOT_PROVISIONED draftId'],
    },
    'a customer with an operation under way': {
      draft: oneUser,
      meanwhile: (customerId) => addOperation(customerId, 'RUNNING'),
      expected: ['CUSTOMER_BUSY draftId'],
    },
    'A12: a customer that turned out to be the partner itself': {
      draft: oneUser,
      meanwhile: (id) =>
        world.context.database.customer.update({ where: { id }, data: { isPartnerOwnOrganization: true } }),
      expected: ['PARTNER_OWN_ORGANIZATION_API_ONLY draftId'],
    },
    'S8: a package that the customer lost': {
      draft: oneUser,
      meanwhile: (customerId) =>
        world.context.database.customerPackage.delete({
          where: { customerId_code: { customerId, code: 'WEBEX_MEETINGS' } },
        }),
      expected: ['DRAFT_INCOMPLETE users.0.package'],
    },
    'S8: a limit that others have used up': {
      draft: (customerId) => world.readyDraft(customerId, [], [caller('Ada', { extension: '20' })]),
      async meanwhile(customerId) {
        const where = { customerId_code: { customerId, code: 'WEBEX_CALLING' as const } };
        await world.context.database.customerPackage.update({ where, data: { limit: 1 } });
        await world.addUser(customerId, { email: 'fast@blue.example' });
      },
      expected: ['DRAFT_INCOMPLETE users'],
    },
    'S9: an address that became a user': {
      draft: oneUser,
      meanwhile: (customerId) => world.addUser(customerId, { email: 'ada@blue.example' }),
      expected: ['DRAFT_INCOMPLETE users.0.email'],
    },
    'S10: a number that was taken': {
      draft: (customerId) => world.readyDraft(customerId, [], [caller('Ada', { phoneNumber: '+14155550300' })]),
      async meanwhile() {
        const other = await world.addCustomer(world.viewer);
        await world.addNumber(other, '+14155550300');
      },
      expected: ['DRAFT_INCOMPLETE assignments'],
    },
    'a location that was added elsewhere': {
      draft: (customerId) => world.readyDraft(customerId, [branch('Berlin')], []),
      meanwhile: (customerId) =>
        world.context.database.location.create({
          data: { ...site('BERLIN'), customerId, partnerId: world.viewer.partnerId, kind: 'BRANCH' },
        }),
      expected: ['DRAFT_INCOMPLETE locations.0.name'],
    },
  };

  it.each(Object.entries(refusals))('refuses %s and writes nothing', async (_, { draft, meanwhile, expected }) => {
    const customerId = await world.addCustomer(world.viewer);
    const draftId = await draft(customerId);
    await meanwhile?.(customerId, draftId);
    const before = { rows: await rowsOf(customerId), draft: await world.loadDraft(draftId) };
    const outcome = await submit(draftId);
    expect(told(outcome)).toEqual(expected);
    expect(outcome.value).toEqual({ draftId, operationId: null });
    expect({ rows: await rowsOf(customerId), draft: await world.loadDraft(draftId) }).toEqual(before);
  });

  it('says what the matter is when there is nothing to do', async () => {
    const outcome = await submit(await world.readyDraft(await world.addCustomer(world.viewer), [], []));
    expect(outcome.problems[0]?.message).toContain('nothing to do');
  });

  it('names the operation when it is submitted once more', async () => {
    const draftId = await oneUser(await world.addCustomer(world.viewer));
    const { operationId } = accepted(await submit(draftId));
    const again = await submit(draftId);
    expect(told(again)).toEqual(['DRAFT_CLOSED draftId']);
    expect(again.value).toEqual({ draftId, operationId });
  });

  it('accepts a customer whose earlier operations have ended', async () => {
    const customerId = await world.addCustomer(world.viewer);
    for (const status of ['SUCCEEDED', 'PARTIALLY_SUCCEEDED', 'FAILED', 'CANCELLED'] as const) {
      await addOperation(customerId, status);
    }
    accepted(await submit(await oneUser(customerId)));
  });

  describe('at once', () => {
    it('the same draft: one wins, the other finds it closed, and everything is there once', async () => {
      const customerId = await world.addCustomer(world.viewer);
      const draftId = await world.readyDraft(customerId, [branch('Berlin')], [person('Ada')]);
      const outcomes = await Promise.all([submit(draftId), submit(draftId), submit(draftId)]);
      expect(outcomes.map(told).sort()).toEqual([[], ['DRAFT_CLOSED draftId'], ['DRAFT_CLOSED draftId']]);
      const { users, locations, operations } = await rowsOf(customerId);
      expect([users.length, locations.length, operations]).toEqual([1, 2, 1]);
    });

    it('two drafts of one customer: one wins, the other finds the customer busy', async () => {
      const customerId = await world.addCustomer(world.viewer);
      const drafts = [
        await world.readyDraft(customerId, [], [person('Ada')]),
        await world.readyDraft(customerId, [], [person('Ada'), person('Ben')]),
      ];
      const outcomes = await Promise.all(drafts.map(submit));
      expect(outcomes.map(told).sort()).toEqual([[], ['CUSTOMER_BUSY draftId']]);
      expect((await rowsOf(customerId)).operations).toBe(1);
    });

    it('one number for two customers: one gets it, the other is told', async () => {
      for (let round = 0; round < 5; round++) {
        const users = [caller('Ada', { phoneNumber: `+1415555040${round}` })];
        const drafts = [
          await world.readyDraft(await world.addCustomer(world.viewer), [], users),
          await world.readyDraft(await world.addCustomer(world.viewer), [], users),
        ];
        const outcomes = await Promise.all(drafts.map(submit));
        expect(outcomes.map(told).sort()).toEqual([[], ['DRAFT_INCOMPLETE assignments']]);
      }
    });
  });
});
