// The wizard's third screen: phone numbers and extensions.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importSetupUsers } from '../../../src/domain/setup/import-users.ts';
import { saveSetupPhoneNumbers } from '../../../src/domain/setup/save-phone-numbers.ts';
import type { PhoneNumberAssignmentInput } from '../../../src/domain/setup/save-phone-numbers.ts';
import { accepted, branch, caller, openWorld, person, stepsOf, told } from './world.ts';
import type { World } from './world.ts';

const ada = 'ada@blue.example';
const ben = 'ben@blue.example';
const carla = 'carla@blue.example';

describe('assigning phone numbers', () => {
  let world: World;
  let customerId: string;
  beforeAll(async () => {
    world = await openWorld();
    customerId = await world.addCustomer(world.viewer);
    await world.addUser(customerId, { email: 'there@blue.example', phoneNumber: '+14155550001', extension: '1000' });
    await world.addNumber(customerId, '+14155550002');
  });
  afterAll(() => world.close());

  const save = (draftId: string, assignments: readonly PhoneNumberAssignmentInput[]) =>
    saveSetupPhoneNumbers(world.context, world.viewer, { draftId, assignments });
  const numbersOf = async (draftId: string) =>
    (await world.loadDraft(draftId)).users.map(({ phoneNumber, extension }) => [phoneNumber, extension]);

  it('gives users their numbers and makes the draft ready', async () => {
    const draftId = await world.draftWith(
      customerId,
      [],
      [caller('Ada'), person('Ben'), caller('Carla', { extension: '22' })],
    );
    accepted(await save(draftId, [{ email: ' ADA@blue.example', phoneNumber: '+1 415 555 0100', extension: '20' }]));
    expect(await numbersOf(draftId)).toEqual([
      ['+14155550100', '20'],
      [null, null],
      [null, '22'],
    ]);
    const draft = await world.loadDraft(draftId);
    expect(draft).toMatchObject({ version: 4, currentStep: 'REVIEW' });
    expect(stepsOf(draft)).toEqual([
      'LOCATIONS COMPLETE',
      'USERS COMPLETE',
      'PHONE_NUMBERS COMPLETE',
      'REVIEW PENDING',
    ]);
  });

  it('takes an empty list when nobody lacks anything', async () => {
    const draftId = await world.draftWith(customerId, [], [person('Ada'), caller('Ben', { extension: '20' })]);
    accepted(await save(draftId, []));
    expect(await world.loadDraft(draftId)).toMatchObject({ currentStep: 'REVIEW' });
  });

  it('replaces what a user had, both at once', async () => {
    const draftId = await world.draftWith(
      customerId,
      [],
      [caller('Ada', { phoneNumber: '+14155550100', extension: '20' })],
    );
    accepted(await save(draftId, [{ email: ada, extension: '21' }]));
    expect(await numbersOf(draftId)).toEqual([[null, '21']]);
  });

  it('lets users swap', async () => {
    const draftId = await world.draftWith(
      customerId,
      [],
      [caller('Ada', { extension: '20' }), caller('Ben', { extension: '21' })],
    );
    accepted(
      await save(draftId, [
        { email: ada, extension: '21' },
        { email: ben, extension: '20' },
      ]),
    );
    expect(await numbersOf(draftId)).toEqual([
      [null, '21'],
      [null, '20'],
    ]);
  });

  it("S10: takes a number that is free at the user's location", async () => {
    const draftId = await world.draftWith(customerId, [], [caller('Ada')]);
    accepted(await save(draftId, [{ email: ada, phoneNumber: '+14155550002' }]));
  });

  const refusals: readonly (readonly [string, readonly PhoneNumberAssignmentInput[], readonly string[]])[] = [
    [
      'an address that nobody in the draft has',
      [{ email: 'nobody@blue.example', extension: '20' }],
      ['NOT_FOUND assignments.0.email'],
    ],
    [
      'a user twice',
      [
        { email: ada, extension: '20' },
        { email: 'ADA@blue.example', extension: '21' },
      ],
      ['DUPLICATE assignments.1.email'],
    ],
    [
      'S3: a number for a user without calling',
      [{ email: carla, phoneNumber: '+14155550100' }],
      ['NUMBER_NOT_ALLOWED assignments.0.phoneNumber'],
    ],
    [
      'S3: an extension for a user without calling',
      [{ email: carla, extension: '20' }],
      ['NUMBER_NOT_ALLOWED assignments.0.extension'],
    ],
    ['S4: taking away all that a user had', [{ email: ada }], ['NUMBER_OR_EXTENSION_REQUIRED assignments']],
    [
      'a number that is not E.164',
      [{ email: ada, phoneNumber: '5550100' }],
      ['INVALID_FORMAT assignments.0.phoneNumber'],
    ],
    ['an extension with letters', [{ email: ada, extension: '2O' }], ['INVALID_FORMAT assignments.0.extension']],
    ['an emergency extension', [{ email: ada, extension: '933' }], ['EXTENSION_RESERVED assignments.0.extension']],
    [
      'an extension that the customer uses',
      [{ email: ada, extension: '1000' }],
      ['EXTENSION_TAKEN assignments.0.extension'],
    ],
    [
      'an extension of another user in the draft',
      [{ email: ada, extension: '91' }],
      ['EXTENSION_TAKEN assignments.0.extension'],
    ],
    [
      'S10: a number that somebody has',
      [{ email: ada, phoneNumber: '+14155550001' }],
      ['NUMBER_UNAVAILABLE assignments.0.phoneNumber'],
    ],
    [
      'S10: a number of another location',
      [{ email: ben, phoneNumber: '+14155550002' }],
      ['NUMBER_UNAVAILABLE assignments.0.phoneNumber'],
    ],
    [
      'S10: a number twice',
      [
        { email: ben, phoneNumber: '+14155550100' },
        { email: ada, phoneNumber: '+14155550100' },
      ],
      ['DUPLICATE assignments.0.phoneNumber'],
    ],
    [
      'more than 250 assignments',
      Array.from({ length: 251 }, (_, index) => ({ email: `user${index}@blue.example`, extension: `${3000 + index}` })),
      ['TOO_MANY assignments'],
    ],
    [
      'all at once',
      [
        { email: 'nobody@blue.example' },
        { email: ada, extension: '1' },
        { email: carla, extension: '30' },
        { email: ben, extension: '1000' },
      ],
      [
        'INVALID_FORMAT assignments.1.extension',
        'NOT_FOUND assignments.0.email',
        'EXTENSION_TAKEN assignments.3.extension',
        'NUMBER_NOT_ALLOWED assignments.2.extension',
      ],
    ],
  ];

  it.each(refusals)('refuses %s and leaves the draft as it was', async (_, assignments, expected) => {
    const users = [
      caller('Ada', { extension: '90' }),
      caller('Ben', { extension: '91', locationName: 'Berlin' }),
      person('Carla'),
    ];
    const draftId = await world.draftWith(customerId, [branch('Berlin')], users);
    const before = await world.loadDraft(draftId);
    const outcome = await save(draftId, assignments);
    expect(told(outcome).sort()).toEqual([...expected].sort());
    expect(outcome.value).toEqual({ draftId });
    expect(await world.loadDraft(draftId)).toEqual(before);
  });

  it('S4: refuses while a calling user has neither number nor extension, and names who', async () => {
    const draftId = await world.draftWith(customerId, [], [caller('Ada'), caller('Ben'), person('Carla')]);
    const outcome = await save(draftId, [{ email: ada, extension: '20' }]);
    expect(told(outcome)).toEqual(['NUMBER_OR_EXTENSION_REQUIRED assignments']);
    expect(outcome.problems[0]?.message).toContain(ben);
    expect((await world.loadDraft(draftId)).savedSteps).not.toContain('PHONE_NUMBERS');
  });

  it('S4: takes part of the numbers where one save cannot name everybody; the step is invalid until all have theirs', async () => {
    const draftId = await world.draftWith(customerId, [], []);
    const rows = Array.from({ length: 300 }, (_, index) => `User,X,user${index}@blue.example,Calling,Headquarters`);
    const csv = ['firstName,lastName,email,package,locationName', ...rows].join('\n');
    accepted(await importSetupUsers(world.context, world.viewer, { draftId, csv }));
    const assign = (from: number, count: number) =>
      save(
        draftId,
        Array.from({ length: count }, (_, index) => ({
          email: `user${from + index}@blue.example`,
          extension: `${5000 + from + index}`,
        })),
      );
    accepted(await assign(0, 250));
    const [, , numbers] = stepsOf(await world.loadDraft(draftId));
    expect(numbers).toMatch(/^PHONE_NUMBERS INVALID NUMBER_OR_EXTENSION_REQUIRED assignments/);
    expect(told(await assign(250, 49))).toEqual(['NUMBER_OR_EXTENSION_REQUIRED assignments']);
    accepted(await assign(250, 50));
    expect(await world.loadDraft(draftId)).toMatchObject({ currentStep: 'REVIEW' });
  });

  it('S10: notices that a number was taken since the users were saved', async () => {
    const draftId = await world.draftWith(customerId, [], [caller('Ada', { phoneNumber: '+14155550777' })]);
    await world.addUser(customerId, { email: 'fast@blue.example', phoneNumber: '+14155550777' });
    const outcome = await save(draftId, []);
    expect(told(outcome)).toEqual(['NUMBER_UNAVAILABLE assignments']);
    expect(outcome.problems[0]?.message).toContain(ada);
    accepted(await save(draftId, [{ email: ada, extension: '20' }]));
  });
});
