// The wizard's second screen, filled in from a CSV.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importSetupUsers } from '../../../src/domain/setup/import-users.ts';
import { saveSetupLocations } from '../../../src/domain/setup/save-locations.ts';
import { badKinds, differences, largeCsv } from '../../support/large-csv.ts';
import { accepted, branch, caller, openWorld, person, stepsOf, told } from './world.ts';
import type { World } from './world.ts';

const header = 'firstName,lastName,email,package,locationName,phoneNumber,extension';
const csvOf = (...rows: readonly string[]) => [header, ...rows].join('\r\n');

describe('importing users', () => {
  let world: World;
  let customerId: string;
  beforeAll(async () => {
    world = await openWorld();
    customerId = await world.addCustomer(world.viewer, { limits: { WEBEX_MEETINGS: 3 } });
    await world.addUser(customerId, { email: 'there@blue.example', phoneNumber: '+14155550001', extension: '1000' });
  });
  afterAll(() => world.close());

  const load = (draftId: string, csv: string) => importSetupUsers(world.context, world.viewer, { draftId, csv });
  const issuesOf = (outcome: Awaited<ReturnType<typeof load>>) =>
    outcome.value?.rejectedRows.map(({ row, issues }) => [
      row,
      ...issues.map(({ code, path }) => `${code} ${path.join('.')}`),
    ]);

  it('adds the good rows to the draft and names the bad ones', async () => {
    const draftId = await world.draftWith(customerId, [branch('Berlin')], [person('Ada')]);
    const outcome = await load(
      draftId,
      csvOf(
        'Ben,Okafor,ben@blue.example,WEBEX_CALLING,Berlin,+14155550100,20',
        'Carla,Mendes,carla@blue.example,WEBEX_CALLING,Atlantis,+14155550001,1000',
        'Ada,Summer,ADA@blue.example,Meetings,berlin,,',
        'There,Already,there@blue.example,WEBEX_CALLING,Berlin,,21',
      ),
    );
    expect(accepted(outcome)).toMatchObject({ draftId, importedRows: 2 });
    expect(issuesOf(outcome)).toEqual([
      [3, 'NOT_FOUND locationName', 'NUMBER_UNAVAILABLE phoneNumber', 'EXTENSION_TAKEN extension'],
      [5, 'EMAIL_TAKEN email'],
    ]);
    const draft = await world.loadDraft(draftId);
    expect(draft).toMatchObject({ version: 4, currentStep: 'PHONE_NUMBERS' });
    expect(draft.users).toMatchObject([
      { position: 0, email: 'ada@blue.example', lastName: 'Summer', locationName: 'berlin' },
      { position: 1, email: 'ben@blue.example', phoneNumber: '+14155550100', extension: '20' },
    ]);
  });

  it("saves the users' step, needs no users by hand before", async () => {
    const draftId = await world.startDraft(customerId);
    accepted(await saveSetupLocations(world.context, world.viewer, { draftId, locations: [] }));
    accepted(await load(draftId, csvOf('Ada,Winter,ada@blue.example,Meetings,Headquarters,,')));
    expect(stepsOf(await world.loadDraft(draftId))).toContain('USERS COMPLETE');
  });

  it('S4: judges the numbers again once they have been confirmed', async () => {
    const draftId = await world.readyDraft(customerId, [], [person('Ada')]);
    accepted(await load(draftId, csvOf('Ben,Okafor,ben@blue.example,Calling,Headquarters,,')));
    expect(stepsOf(await world.loadDraft(draftId))).toContain(
      'PHONE_NUMBERS INVALID NUMBER_OR_EXTENSION_REQUIRED assignments',
    );
  });

  it('leaves the draft as it was when no row is good', async () => {
    const draftId = await world.draftWith(customerId, [], [person('Ada')]);
    const before = await world.loadDraft(draftId);
    const outcome = await load(draftId, csvOf('Ben,Okafor,ben@blue.example,Calling,Atlantis,,'));
    expect(accepted(outcome).importedRows).toBe(0);
    expect(issuesOf(outcome)).toEqual([[2, 'NOT_FOUND locationName']]);
    expect(await world.loadDraft(draftId)).toEqual(before);
  });

  it("S8: takes rows up to a package's limit", async () => {
    const draftId = await world.draftWith(customerId, [], [person('Ada'), person('Ben')]);
    const outcome = await load(
      draftId,
      csvOf(...['Carla', 'David'].map((name) => `${name},X,${name}@blue.example,Meetings,Headquarters,,`)),
    );
    expect(accepted(outcome).importedRows).toBe(1);
    expect(issuesOf(outcome)).toEqual([[3, 'PACKAGE_LIMIT_EXCEEDED package']]);
  });

  it('S6: rejects a lower package for the administrator', async () => {
    const draftId = await world.draftWith(customerId, [], []);
    const outcome = await load(draftId, csvOf('Boss,X,boss@blue.example,Meetings,Headquarters,,'));
    expect(issuesOf(outcome)).toEqual([[2, 'ADMIN_PACKAGE_DOWNGRADE package']]);
  });

  it.each([
    ['', 'REQUIRED csv'],
    [header, 'REQUIRED csv'],
    ['email,package\na@b.example,Meetings', 'REQUIRED csv'],
    [`${header},hat\na,b,c,d,e,f,g,h`, 'INVALID_VALUE csv'],
    [`${header}\n"Ada`, 'INVALID_FORMAT csv'],
    ['x'.repeat(4 * 1024 * 1024 + 1), 'TOO_LONG csv'],
  ])('refuses %.50j as a whole and leaves the draft as it was', async (csv, expected) => {
    const draftId = await world.draftWith(customerId, [], [person('Kept')]);
    const before = await world.loadDraft(draftId);
    const outcome = await load(draftId, csv);
    expect(told(outcome)).toEqual([expected]);
    expect(outcome.value).toEqual({ draftId, importedRows: 0, rejectedRows: [] });
    expect(await world.loadDraft(draftId)).toEqual(before);
  });

  it('takes ten thousand rows, and no more than twenty thousand users into one draft', async () => {
    const draftId = await world.draftWith(customerId, [], [caller('Ada')]);
    const rows = (from: number, count: number) =>
      csvOf(
        ...Array.from({ length: count }, (_, index) => {
          const id = from + index;
          return `User,Number${id},user${id}@blue.example,Calling,Headquarters,+1415${5_560_000 + id},${10_000 + id}`;
        }),
      );
    expect(accepted(await load(draftId, rows(0, 10_000)))).toEqual({ draftId, importedRows: 10_000, rejectedRows: [] });
    expect(accepted(await load(draftId, rows(5_000, 14_999))).importedRows).toBe(14_999);
    const before = await world.loadDraft(draftId);
    expect(before.users).toHaveLength(20_000);
    expect(before.users.map(({ position }) => position)).toEqual(Array.from({ length: 20_000 }, (_, index) => index));
    const outcome = await load(draftId, rows(19_998, 2));
    expect(told(outcome)).toEqual(['TOO_MANY csv']);
    expect(outcome.value).toEqual({ draftId, importedRows: 0, rejectedRows: [] });
    expect(await world.loadDraft(draftId)).toEqual(before);
  }, 60_000);

  it('names each of five hundred bad rows of 25 kinds among ten thousand, and keeps the others', async () => {
    const present = { email: 'present@large.example', phoneNumber: '+14155550003', extension: '1003' };
    const large = await world.addCustomer(world.viewer);
    await world.addUser(large, present);
    await world.addNumber(large, '+14155550004');
    const draftId = await world.draftWith(large, [branch('Berlin')], []);
    const file = largeCsv({
      ...{ adminEmail: 'boss@blue.example', present, freeNumber: '+14155550004' },
      ...{ headquarters: 'Headquarters', branch: 'Berlin' },
    });
    expect([badKinds.length, file.bad.size]).toEqual([25, 500]);
    const { importedRows, rejectedRows } = accepted(await load(draftId, file.csv));
    expect(differences(file, rejectedRows)).toEqual([]);
    expect(importedRows).toBe(9_500);
    expect((await world.loadDraft(draftId)).users.map(({ email }) => email)).toEqual(file.goodEmails);
  }, 60_000);

  it('comes after the locations', async () => {
    const draftId = await world.startDraft(customerId);
    const outcome = await load(draftId, csvOf('Ada,Winter,ada@blue.example,Meetings,Headquarters,,'));
    expect(outcome.problems).toMatchObject([{ code: 'STEP_OUT_OF_ORDER', expectedStep: 'LOCATIONS' }]);
    expect(outcome.value).toEqual({ draftId, importedRows: 0, rejectedRows: [] });
  });
});
