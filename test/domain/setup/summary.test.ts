// The wizard's review in figures.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { saveSetupPhoneNumbers } from '../../../src/domain/setup/save-phone-numbers.ts';
import { submitSetupDraft } from '../../../src/domain/setup/submit-draft.ts';
import { loadSetupSummaries } from '../../../src/domain/setup/summary.ts';
import { accepted, branch, caller, openWorld, person } from './world.ts';
import type { World } from './world.ts';

describe('the summary of set-up drafts', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  it('counts what each draft adds, and who still needs a number', async () => {
    const customerId = await world.addCustomer(world.viewer);
    const empty = await world.startDraft(customerId);
    const draftId = await world.draftWith(
      customerId,
      [branch('Berlin'), branch('Paris')],
      [
        person('Ada'),
        caller('Ben'),
        caller('Carla', { phoneNumber: '+14155550100', extension: '20' }),
        caller('David', { extension: '21' }),
      ],
    );
    const summaries = () => loadSetupSummaries(world.context.database, [empty, draftId]);
    expect(await summaries()).toEqual(
      new Map([
        [empty, { newLocations: 0, newUsers: 0, usersNeedingNumbers: 0, usersWithNumbers: 0 }],
        [draftId, { newLocations: 2, newUsers: 4, usersNeedingNumbers: 1, usersWithNumbers: 2 }],
      ]),
    );

    const assignments = [{ email: 'ben@blue.example', extension: '22' }];
    accepted(await saveSetupPhoneNumbers(world.context, world.viewer, { draftId, assignments }));
    accepted(await submitSetupDraft(world.context, world.viewer, { draftId }));
    expect((await summaries()).get(draftId)).toEqual({
      newLocations: 2,
      newUsers: 4,
      usersNeedingNumbers: 0,
      usersWithNumbers: 3,
    });
  });

  it('asks for nothing when there is nothing to ask', async () => {
    expect(await loadSetupSummaries(world.context.database, [])).toEqual(new Map());
  });
});
