// What all saves of the set-up wizard have in common: whose draft it is, its version, its end, and two at once.

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DomainContext } from '../../../src/domain/context.ts';
import type { DraftReference } from '../../../src/domain/draft/lifecycle.ts';
import type { Outcome } from '../../../src/domain/outcome.ts';
import { importSetupUsers } from '../../../src/domain/setup/import-users.ts';
import { saveSetupLocations } from '../../../src/domain/setup/save-locations.ts';
import { saveSetupPhoneNumbers } from '../../../src/domain/setup/save-phone-numbers.ts';
import { saveSetupUsers } from '../../../src/domain/setup/save-users.ts';
import { submitSetupDraft } from '../../../src/domain/setup/submit-draft.ts';
import type { Viewer } from '../../../src/domain/viewer.ts';
import { accepted, branch, openWorld, person, told } from './world.ts';
import type { World } from './world.ts';

type Command = (
  context: DomainContext,
  viewer: Viewer,
  reference: DraftReference,
) => Promise<Outcome<{ readonly draftId: string }>>;

const csv = 'firstName,lastName,email,package,locationName\nBen,Okafor,ben@blue.example,Meetings,Headquarters';
const commands: readonly (readonly [string, Command])[] = [
  [
    'saveSetupLocations',
    (context, viewer, reference) => saveSetupLocations(context, viewer, { ...reference, locations: [] }),
  ],
  [
    'saveSetupUsers',
    (context, viewer, reference) => saveSetupUsers(context, viewer, { ...reference, users: [person('Ben')] }),
  ],
  ['importSetupUsers', (context, viewer, reference) => importSetupUsers(context, viewer, { ...reference, csv })],
  [
    'saveSetupPhoneNumbers',
    (context, viewer, reference) => saveSetupPhoneNumbers(context, viewer, { ...reference, assignments: [] }),
  ],
  ['submitSetupDraft', submitSetupDraft],
];

describe.each(commands)('%s', (_, command) => {
  let world: World;
  let draftId: string;
  beforeAll(async () => {
    world = await openWorld();
  });
  beforeEach(async () => {
    draftId = await world.readyDraft(await world.addCustomer(world.viewer), [branch('Berlin')], [person('Ada')]);
  });
  afterAll(() => world.close());

  const run = (expectedVersion?: number | null) => command(world.context, world.viewer, { draftId, expectedVersion });

  it('raises the version, whether it is expected or not', async () => {
    accepted(await run(4));
    expect((await world.loadDraft(draftId)).version).toBe(5);
  });

  it('refuses to write over what somebody else saved', async () => {
    const before = await world.loadDraft(draftId);
    const outcome = await run(3);
    expect(outcome.problems).toMatchObject([
      { code: 'VERSION_CONFLICT', path: ['expectedVersion'], currentVersion: 4 },
    ]);
    expect(outcome.value).toMatchObject({ draftId });
    expect(await world.loadDraft(draftId)).toEqual(before);
  });

  it('refuses an expired draft', async () => {
    const before = await world.loadDraft(draftId);
    world.moveClock(world.context.draftLifetimeMs);
    expect(told(await run())).toEqual(['DRAFT_EXPIRED draftId']);
    expect(await world.loadDraft(draftId)).toEqual(before);
  });

  it.each(['SUBMITTED', 'DISCARDED'] as const)('refuses a draft that is %s', async (status) => {
    await world.context.database.setupDraft.update({ where: { id: draftId }, data: { status } });
    const before = await world.loadDraft(draftId);
    expect(told(await run())).toEqual(['DRAFT_CLOSED draftId']);
    expect(await world.loadDraft(draftId)).toEqual(before);
  });

  it("does not tell another partner's draft from one that does not exist", async () => {
    const stranger = await world.addPartner(`stranger-${randomUUID()}`);
    const foreign = await command(world.context, stranger, { draftId });
    expect(told(foreign)).toEqual(['NOT_FOUND draftId']);
    expect(foreign).toEqual(await command(world.context, stranger, { draftId: randomUUID() }));
  });

  it('twice at once from the same version: one wins, the other is told', async () => {
    const outcomes = await Promise.all([run(4), run(4)]);
    const [lost] = outcomes.flatMap(({ problems }) => problems.map(({ code }) => code));
    expect(outcomes.filter(({ problems }) => problems.length === 0)).toHaveLength(1);
    expect(lost).toBe(command === submitSetupDraft ? 'DRAFT_CLOSED' : 'VERSION_CONFLICT');
    expect((await world.loadDraft(draftId)).version).toBe(5);
  });
});
