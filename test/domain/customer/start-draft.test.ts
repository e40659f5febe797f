// Opening the create-customer wizard: what the platform is asked, and where the wizard goes on.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCustomerDraft } from '../../../src/domain/customer/start-draft.ts';
import { parseCandidates } from '../../../src/domain/customer/stored-values.ts';
import { organization } from './support/organizations.ts';
import { openWorld, startOfTest, stepsOf, told } from './support/world.ts';
import type { World } from './support/world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(async () => {
  await world.close();
});

describe('starting the wizard', () => {
  it('asks for organisations of this partner by the e-mail in lower case', async () => {
    await world.startDraft(' Jane@Asked.Example ');
    expect(world.directory.asked.at(-1)).toBe('acme find jane@asked.example');
  });

  it('skips the organisation screen where there is nothing to choose', async () => {
    const draft = await world.loadDraft(await world.startDraft());
    expect(draft).toMatchObject({
      version: 1,
      status: 'OPEN',
      currentStep: 'INFORMATION',
      adminEmail: 'jane@newco.example',
      organizationId: null,
      createdBy: 'acme-operator',
      warnings: [],
    });
    expect(draft.expiresAt.getTime()).toBe(startOfTest.getTime() + world.context.draftLifetimeMs);
    expect(stepsOf(draft)).toEqual([
      'ORGANIZATION COMPLETE',
      'INFORMATION PENDING',
      'PACKAGES PENDING',
      'HEADQUARTERS PENDING',
      'REVIEW PENDING',
    ]);
  });

  it('offers what was found, the suggested one first', async () => {
    world.directory.organizations.set('admin@several.example', [
      organization({ organizationId: 'one' }),
      organization({ organizationId: 'two', isSuggested: true }),
      organization({ organizationId: 'three' }),
    ]);
    const draft = await world.loadDraft(await world.startDraft('admin@several.example'));
    expect(parseCandidates(draft.organizationCandidates).map(({ organizationId }) => organizationId)).toEqual([
      'two',
      'one',
      'three',
    ]);
    expect(draft.currentStep).toBe('ORGANIZATION');
    expect(stepsOf(draft)[0]).toBe('ORGANIZATION PENDING');
  });

  it('needs an e-mail address, and asks the platform for none other', async () => {
    const askedBefore = world.directory.asked.length;
    const start = (adminEmail: string) => startCustomerDraft(world.context, world.viewer, { adminEmail });
    expect(told(await start(''))).toEqual(['REQUIRED adminEmail']);
    expect(told(await start('jane'))).toEqual(['INVALID_FORMAT adminEmail']);
    expect(told(await start(`${'x'.repeat(255)}@y.example`))).toEqual(['TOO_LONG adminEmail']);
    expect(world.directory.asked).toHaveLength(askedBefore);
  });

  it('is refused while the platform cannot answer, with its tracking id', async () => {
    const draftsBefore = await world.database.customerDraft.count();
    world.directory.failure = Object.assign(new Error('503'), { kind: 'busy', trackingId: 'ROUTER_1' });
    const outcome = await startCustomerDraft(world.context, world.viewer, { adminEmail: 'jane@newco.example' });
    world.directory.failure = null;
    expect(told(outcome)).toEqual(['PLATFORM_UNAVAILABLE adminEmail']);
    expect(outcome.value).toBeNull();
    expect(outcome.problems[0]).toMatchObject({ trackingId: 'ROUTER_1', platformCode: null });
    expect(outcome.problems[0]?.message).not.toContain('503');
    expect(await world.database.customerDraft.count()).toBe(draftsBefore);
  });
});
