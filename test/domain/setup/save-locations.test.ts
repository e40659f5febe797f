// The wizard's first screen: further locations.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocationInput } from '../../../src/domain/address.ts';
import { saveSetupLocations } from '../../../src/domain/setup/save-locations.ts';
import { saveSetupUsers } from '../../../src/domain/setup/save-users.ts';
import { accepted, branch, openWorld, person, stepsOf, told } from './world.ts';
import type { World } from './world.ts';

describe('saving the further locations', () => {
  let world: World;
  let customerId: string;
  beforeAll(async () => {
    world = await openWorld();
    customerId = await world.addCustomer(world.viewer);
  });
  afterAll(() => world.close());

  const save = (draftId: string, locations: readonly LocationInput[]) =>
    saveSetupLocations(world.context, world.viewer, { draftId, locations });

  it('stores them normalised and goes on to the users', async () => {
    const draftId = await world.startDraft(customerId);
    const input = {
      ...branch(' Berlin ', { countryCode: 'de', addressLine2: ' ' }),
      language: 'de-DE',
      announcementLanguage: null,
    };
    expect(accepted(await save(draftId, [input]))).toEqual({ draftId });
    const draft = await world.loadDraft(draftId);
    expect(draft).toMatchObject({ version: 2, currentStep: 'USERS', savedSteps: ['LOCATIONS'] });
    expect(stepsOf(draft)).toEqual(['LOCATIONS COMPLETE', 'USERS PENDING', 'PHONE_NUMBERS PENDING', 'REVIEW PENDING']);
    expect(draft.locations).toEqual([
      {
        name: 'Berlin',
        address: {
          addressLine1: '1 Mill Lane',
          addressLine2: null,
          city: 'Springfield',
          stateOrProvince: 'IL',
          zipOrPostalCode: '62701',
          countryCode: 'DE',
        },
        timeZone: 'America/Chicago',
        language: 'de_de',
        announcementLanguage: null,
        emergencyLocationIdentifier: null,
      },
    ]);
  });

  it('takes an empty list for "none to add"', async () => {
    const draftId = await world.startDraft(customerId);
    accepted(await save(draftId, []));
    expect(await world.loadDraft(draftId)).toMatchObject({
      currentStep: 'USERS',
      savedSteps: ['LOCATIONS'],
      locations: [],
    });
  });

  it('replaces what was saved before', async () => {
    const draftId = await world.startDraft(customerId);
    accepted(await save(draftId, [branch('Berlin'), branch('Paris')]));
    accepted(await save(draftId, [branch('Paris')]));
    const draft = await world.loadDraft(draftId);
    expect(draft.locations).toMatchObject([{ name: 'Paris' }]);
    expect(draft.version).toBe(3);
  });

  it('prolongs the draft', async () => {
    const draftId = await world.startDraft(customerId);
    world.moveClock(world.context.draftLifetimeMs - 1);
    accepted(await save(draftId, []));
    const { expiresAt } = await world.loadDraft(draftId);
    expect(expiresAt.getTime()).toBe(world.context.now().getTime() + world.context.draftLifetimeMs);
  });

  const refusals: readonly (readonly [string, readonly LocationInput[], readonly string[]])[] = [
    ['an empty name', [branch(' ')], ['REQUIRED locations.0.name']],
    ['a name that is too long', [branch('x'.repeat(101))], ['TOO_LONG locations.0.name']],
    ['an empty street', [branch('A', { addressLine1: '' })], ['REQUIRED locations.0.address.addressLine1']],
    ['a long street', [branch('A', { addressLine1: 'x'.repeat(51) })], ['TOO_LONG locations.0.address.addressLine1']],
    ['a country that is none', [branch('A', { countryCode: 'XX' })], ['INVALID_VALUE locations.0.address.countryCode']],
    [
      'a country without the service',
      [branch('A', { countryCode: 'AQ' })],
      ['COUNTRY_UNSUPPORTED locations.0.address.countryCode'],
    ],
    [
      'an unknown time zone',
      [{ ...branch('A'), timeZone: 'Mars/Olympus' }],
      ['TIME_ZONE_UNSUPPORTED locations.0.timeZone'],
    ],
    ['an unknown language', [{ ...branch('A'), language: 'tlh' }], ['LANGUAGE_UNSUPPORTED locations.0.language']],
    ['the name of a location the customer has', [branch('headquarters')], ['DUPLICATE locations.0.name']],
    ['the same name twice', [branch('Berlin'), branch('BERLIN')], ['DUPLICATE locations.1.name']],
    ['more than a hundred', Array.from({ length: 101 }, (_, index) => branch(`B${index}`)), ['TOO_MANY locations']],
    [
      'all at once',
      [
        branch('Berlin'),
        branch('berlin', { city: '', stateOrProvince: null }),
        branch('Headquarters', { zipOrPostalCode: '' }),
      ],
      [
        'REQUIRED locations.1.address.city',
        'STATE_REQUIRED locations.1.address.stateOrProvince',
        'POSTAL_CODE_REQUIRED locations.2.address.zipOrPostalCode',
        'DUPLICATE locations.1.name',
        'DUPLICATE locations.2.name',
      ],
    ],
  ];

  it.each(refusals)('refuses %s and leaves the draft as it was', async (_, locations, expected) => {
    const draftId = await world.startDraft(customerId);
    accepted(await save(draftId, [branch('Kept')]));
    const before = await world.loadDraft(draftId);
    const outcome = await save(draftId, locations);
    expect(told(outcome)).toEqual(expected);
    expect(outcome.value).toEqual({ draftId });
    expect(await world.loadDraft(draftId)).toEqual(before);
  });

  it.each(['DE', 'AE', 'SG', 'US'])('asks state and postal code of a branch in %s, each once', async (countryCode) => {
    const draftId = await world.startDraft(customerId);
    const outcome = await save(draftId, [branch('A', { countryCode, stateOrProvince: ' ', zipOrPostalCode: null })]);
    expect(told(outcome).sort()).toEqual([
      'POSTAL_CODE_REQUIRED locations.0.address.zipOrPostalCode',
      'STATE_REQUIRED locations.0.address.stateOrProvince',
    ]);
  });

  it('judges the users again: whoever is at a location that goes makes their step invalid', async () => {
    const draftId = await world.draftWith(
      customerId,
      [branch('Berlin'), branch('Paris')],
      [person('Ada', { locationName: 'Paris' }), person('Ben', { locationName: 'berlin' })],
    );
    accepted(await save(draftId, [branch('Paris')]));
    const draft = await world.loadDraft(draftId);
    expect(draft.currentStep).toBe('USERS');
    expect(stepsOf(draft)).toEqual([
      'LOCATIONS COMPLETE',
      'USERS INVALID NOT_FOUND users.1.locationName',
      'PHONE_NUMBERS PENDING',
      'REVIEW PENDING',
    ]);
    accepted(await save(draftId, [branch('Berlin'), branch('Paris')]));
    expect(stepsOf(await world.loadDraft(draftId))).toContain('USERS COMPLETE');
  });

  it('may come again after the later steps', async () => {
    const draftId = await world.draftWith(customerId, [], [person('Ada')]);
    accepted(await save(draftId, [branch('Berlin')]));
    expect(await world.loadDraft(draftId)).toMatchObject({
      savedSteps: ['LOCATIONS', 'USERS'],
      currentStep: 'PHONE_NUMBERS',
    });
  });

  it('comes before the users', async () => {
    const draftId = await world.startDraft(customerId);
    const before = await world.loadDraft(draftId);
    const outcome = await saveSetupUsers(world.context, world.viewer, { draftId, users: [person('Ada')] });
    expect(outcome.problems).toMatchObject([{ code: 'STEP_OUT_OF_ORDER', path: [], expectedStep: 'LOCATIONS' }]);
    expect(await world.loadDraft(draftId)).toEqual(before);
  });
});
