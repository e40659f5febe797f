// The wizard's second screen, filled in by hand.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { saveSetupLocations } from '../../../src/domain/setup/save-locations.ts';
import { saveSetupPhoneNumbers } from '../../../src/domain/setup/save-phone-numbers.ts';
import { saveSetupUsers } from '../../../src/domain/setup/save-users.ts';
import type { SetupUserInput } from '../../../src/domain/setup/setup-user.ts';
import { accepted, branch, caller, openWorld, person, stepsOf, told } from './world.ts';
import type { World } from './world.ts';

describe('saving users by hand', () => {
  let world: World;
  let customerId: string;
  beforeAll(async () => {
    world = await openWorld();
    customerId = await world.addCustomer(world.viewer, {
      codes: ['WEBEX_CALLING', 'WEBEX_MEETINGS', 'COMMON_AREA_CALLING', 'ATTENDANT_CONSOLE'],
      limits: { WEBEX_MEETINGS: 3 },
    });
    await world.addUser(customerId, { email: 'there@blue.example', phoneNumber: '+14155550001', extension: '1000' });
    await world.addNumber(customerId, '+14155550002');
    const neighbour = await world.addCustomer(world.viewer);
    await world.addUser(neighbour, { email: 'neighbour@red.example', phoneNumber: '+14155550003', extension: '2000' });
    await world.addNumber(neighbour, '+14155550004');
  });
  afterAll(() => world.close());

  const save = (draftId: string, users: readonly SetupUserInput[]) =>
    saveSetupUsers(world.context, world.viewer, { draftId, users });

  it("stores them normalised, in the form's order", async () => {
    const draftId = await world.draftWith(
      customerId,
      [branch('Berlin')],
      [
        caller('Ada', {
          email: ' ADA@Blue.example ',
          phoneNumber: '+1 (415) 555-0100',
          extension: ' 20 ',
          locationName: 'berlin',
        }),
        person('Ben', { firstName: ' Bén ', phoneNumber: '', extension: null }),
      ],
    );
    const draft = await world.loadDraft(draftId);
    expect(draft).toMatchObject({ version: 3, currentStep: 'PHONE_NUMBERS', savedSteps: ['LOCATIONS', 'USERS'] });
    expect(draft.users).toEqual([
      {
        position: 0,
        firstName: 'Ada',
        lastName: 'Winter',
        email: 'ada@blue.example',
        package: 'WEBEX_CALLING',
        locationName: 'berlin',
        phoneNumber: '+14155550100',
        extension: '20',
      },
      {
        position: 1,
        firstName: 'Bén',
        lastName: 'Winter',
        email: 'ben@blue.example',
        package: 'WEBEX_MEETINGS',
        locationName: 'Headquarters',
        phoneNumber: null,
        extension: null,
      },
    ]);
  });

  it('replaces the list', async () => {
    const draftId = await world.draftWith(customerId, [], [person('Ada'), person('Ben')]);
    accepted(await save(draftId, [person('Carla')]));
    expect((await world.loadDraft(draftId)).users.map(({ email }) => email)).toEqual(['carla@blue.example']);
    accepted(await save(draftId, []));
    expect(await world.loadDraft(draftId)).toMatchObject({ users: [], currentStep: 'PHONE_NUMBERS' });
  });

  it("S10: takes a number that is free at the user's location", async () => {
    const draftId = await world.draftWith(customerId, [], []);
    accepted(await save(draftId, [caller('Ada', { phoneNumber: '+14155550002' })]));
  });

  it('takes an extension that only another customer uses', async () => {
    const draftId = await world.draftWith(customerId, [], []);
    accepted(await save(draftId, [caller('Ada', { extension: '2000' })]));
  });

  const refusals: readonly (readonly [string, readonly SetupUserInput[], readonly string[]])[] = [
    ['S2: an empty first name', [person('Ada', { firstName: ' ' })], ['REQUIRED users.0.firstName']],
    ['S2: an empty last name', [person('Ada', { lastName: '' })], ['REQUIRED users.0.lastName']],
    ['S2: an empty e-mail address', [person('Ada', { email: '' })], ['REQUIRED users.0.email']],
    ['S2: no e-mail address', [person('Ada', { email: 'ada at blue' })], ['INVALID_FORMAT users.0.email']],
    ['S2: an empty location', [person('Ada', { locationName: '' })], ['REQUIRED users.0.locationName']],
    ['S2: an unknown location', [person('Ada', { locationName: 'Atlantis' })], ['NOT_FOUND users.0.locationName']],
    ['a name of more than 64 characters', [person('Ada', { lastName: 'x'.repeat(65) })], ['TOO_LONG users.0.lastName']],
    ['a line break in a name', [person('Ada', { firstName: 'A\nB' })], ['INVALID_FORMAT users.0.firstName']],
    [
      'more than 30 characters with calling',
      [caller('Ada', { firstName: 'x'.repeat(31) })],
      ['TOO_LONG users.0.firstName'],
    ],
    ['a letter beyond ASCII with calling', [caller('Ada', { firstName: 'Zoë' })], ['INVALID_FORMAT users.0.firstName']],
    ...['%', '#', '<', '>', '\\', '/', '"'].map(
      (sign) =>
        [
          `${sign} in a name with calling`,
          [caller('Ada', { lastName: `A${sign}B` })],
          ['INVALID_FORMAT users.0.lastName'],
        ] as const,
    ),
    [
      'S3: a number without calling',
      [person('Ada', { phoneNumber: '+14155550100' })],
      ['NUMBER_NOT_ALLOWED users.0.phoneNumber'],
    ],
    [
      'S3: an extension without calling',
      [person('Ada', { extension: '20' })],
      ['NUMBER_NOT_ALLOWED users.0.extension'],
    ],
    ['S6: a lower package for the administrator', [person('Boss')], ['ADMIN_PACKAGE_DOWNGRADE users.0.package']],
    [
      'S8: a package the customer lacks',
      [person('Ada', { package: 'WEBEX_SUITE' })],
      ['PACKAGE_NOT_IN_CUSTOMER users.0.package'],
    ],
    [
      'S8: a package for places',
      [person('Ada', { package: 'COMMON_AREA_CALLING' })],
      ['PACKAGE_NOT_ASSIGNABLE users.0.package'],
    ],
    ['S8: an add-on', [person('Ada', { package: 'ATTENDANT_CONSOLE' })], ['PACKAGE_NOT_ASSIGNABLE users.0.package']],
    [
      "S8: more users than the package's limit",
      ['Ada', 'Ben', 'Carla', 'David'].map((name) => person(name)),
      ['PACKAGE_LIMIT_EXCEEDED users'],
    ],
    [
      'S9: an address twice',
      [person('Ada'), person('Ben', { email: 'ADA@blue.example' })],
      ['DUPLICATE users.1.email'],
    ],
    ['S9: an address the customer has', [person('There')], ['EMAIL_TAKEN users.0.email']],
    [
      'a number that is not E.164',
      [caller('Ada', { phoneNumber: '415 555 0100' })],
      ['INVALID_FORMAT users.0.phoneNumber'],
    ],
    [
      'S10: a number that a user of the customer has',
      [caller('Ada', { phoneNumber: '+14155550001' })],
      ['NUMBER_UNAVAILABLE users.0.phoneNumber'],
    ],
    [
      "S10: a number that another customer's user has",
      [caller('Ada', { phoneNumber: '+14155550003' })],
      ['NUMBER_UNAVAILABLE users.0.phoneNumber'],
    ],
    [
      'S10: a number of another customer',
      [caller('Ada', { phoneNumber: '+14155550004' })],
      ['NUMBER_UNAVAILABLE users.0.phoneNumber'],
    ],
    [
      'S10: a number of another location',
      [caller('Ada', { phoneNumber: '+14155550002', locationName: 'Berlin' })],
      ['NUMBER_UNAVAILABLE users.0.phoneNumber'],
    ],
    [
      'S10: a number twice',
      [caller('Ada', { phoneNumber: '+14155550100' }), caller('Ben', { phoneNumber: '+1 415 555 0100' })],
      ['DUPLICATE users.1.phoneNumber'],
    ],
    ['an extension of one digit', [caller('Ada', { extension: '1' })], ['INVALID_FORMAT users.0.extension']],
    ['an emergency extension', [caller('Ada', { extension: '911' })], ['EXTENSION_RESERVED users.0.extension']],
    ['an extension that is used', [caller('Ada', { extension: '1000' })], ['EXTENSION_TAKEN users.0.extension']],
    [
      'an extension twice',
      [caller('Ada', { extension: '20' }), caller('Ben', { extension: '20' })],
      ['EXTENSION_TAKEN users.1.extension'],
    ],
    ['more than 250', Array.from({ length: 251 }, (_, index) => caller(`User${index}`)), ['TOO_MANY users']],
    [
      'all at once',
      [
        person('', { email: 'x@blue.example' }),
        person('Ada', { package: 'WEBEX_SUITE', locationName: 'Atlantis' }),
        person('There', { extension: '20' }),
      ],
      [
        'REQUIRED users.0.firstName',
        'PACKAGE_NOT_IN_CUSTOMER users.1.package',
        'NOT_FOUND users.1.locationName',
        'EMAIL_TAKEN users.2.email',
        'NUMBER_NOT_ALLOWED users.2.extension',
      ],
    ],
  ];

  it.each(refusals)('refuses %s and leaves the draft as it was', async (_, users, expected) => {
    const draftId = await world.draftWith(customerId, [branch('Berlin')], [person('Kept')]);
    const before = await world.loadDraft(draftId);
    const outcome = await save(draftId, users);
    expect(told(outcome)).toEqual(expected);
    expect(outcome.value).toEqual({ draftId });
    expect(await world.loadDraft(draftId)).toEqual(before);
  });

  it('sees an e-mail address twice although another value of one of the users cannot be read', async () => {
    const draftId = await world.draftWith(customerId, [], []);
    const nameless = person('Ann', { lastName: ' ' });
    expect(told(await save(draftId, [nameless, person('Ann')]))).toEqual([
      'REQUIRED users.0.lastName',
      'DUPLICATE users.1.email',
    ]);
    expect(told(await save(draftId, [person('Ann'), nameless]))).toEqual([
      'REQUIRED users.1.lastName',
      'DUPLICATE users.1.email',
    ]);
  });

  it('sees that an e-mail address is taken, and an administrator downgraded, although the name cannot be read', async () => {
    const draftId = await world.draftWith(customerId, [], []);
    const users = [person('There', { lastName: ' ' }), person('Boss', { lastName: ' ' })];
    expect(told(await save(draftId, users))).toEqual([
      'REQUIRED users.0.lastName',
      'REQUIRED users.1.lastName',
      'EMAIL_TAKEN users.0.email',
      'ADMIN_PACKAGE_DOWNGRADE users.1.package',
    ]);
  });

  it('takes 250, and names of 30 printable ASCII characters with calling', async () => {
    const draftId = await world.draftWith(customerId, [], []);
    const users = Array.from({ length: 250 }, (_, index) =>
      caller(`User${index}`, { firstName: "O'Hara-Smith (Jr.) & Co. !?*+;" }),
    );
    accepted(await save(draftId, users));
    expect((await world.loadDraft(draftId)).users).toHaveLength(250);
  });

  it("S6: lets the administrator have the customer's highest package", async () => {
    const draftId = await world.draftWith(customerId, [], []);
    accepted(await save(draftId, [caller('Boss', { email: 'BOSS@blue.example' })]));
  });

  it('S4: judges the numbers again once they have been confirmed', async () => {
    const draftId = await world.readyDraft(customerId, [], [person('Ada')]);
    accepted(await save(draftId, [person('Ada'), caller('Ben')]));
    const draft = await world.loadDraft(draftId);
    expect(draft.currentStep).toBe('PHONE_NUMBERS');
    expect(stepsOf(draft)).toContain('PHONE_NUMBERS INVALID NUMBER_OR_EXTENSION_REQUIRED assignments');
    accepted(await save(draftId, [person('Ada')]));
    expect(stepsOf(await world.loadDraft(draftId))).toContain('PHONE_NUMBERS COMPLETE');
  });

  it('comes before the numbers', async () => {
    const draftId = await world.startDraft(customerId);
    accepted(await saveSetupLocations(world.context, world.viewer, { draftId, locations: [] }));
    const outcome = await saveSetupPhoneNumbers(world.context, world.viewer, { draftId, assignments: [] });
    expect(outcome.problems).toMatchObject([{ code: 'STEP_OUT_OF_ORDER', expectedStep: 'USERS' }]);
  });
});
