// Giving up a draft of any of the three wizards.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { submitCustomerDraft } from '../../../src/domain/customer/submit-draft.ts';
import { discardDraft } from '../../../src/domain/draft/discard-draft.ts';
import { startTemplateDraft } from '../../../src/domain/template/start-draft.ts';
import { accepted, openWorld, told } from './support/world.ts';
import type { World } from './support/world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(async () => {
  await world.close();
});

const discard = (draftId: string, viewer = world.viewer) => discardDraft(world.context, viewer, { draftId });

async function setupDraft(): Promise<string> {
  const submitted = await world.readyDraft();
  const { customerId } = accepted(await submitCustomerDraft(world.context, world.viewer, { draftId: submitted }));
  const { partnerId, subject: createdBy } = world.viewer;
  const { id } = await world.database.setupDraft.create({
    data: {
      partnerId,
      customerId: customerId ?? '',
      createdBy,
      steps: [],
      expiresAt: new Date(world.context.now().getTime() + world.context.draftLifetimeMs),
    },
  });
  return id;
}

describe('discarding', () => {
  it('closes a customer draft and keeps what was typed', async () => {
    const draftId = await world.readyDraft();
    expect(accepted(await discard(draftId))).toEqual({ draftId, kind: 'CustomerDraft' });
    expect(await world.loadDraft(draftId)).toMatchObject({ status: 'DISCARDED', version: 5, companyName: 'Newco' });
  });

  it('closes a template draft', async () => {
    const { draftId } = accepted(await startTemplateDraft(world.context, world.viewer, {}));
    expect(accepted(await discard(draftId))).toEqual({ draftId, kind: 'TemplateDraft' });
    const draft = await world.database.templateDraft.findUniqueOrThrow({ where: { id: draftId } });
    expect(draft).toMatchObject({ status: 'DISCARDED', version: 2 });
  });

  it('closes a set-up draft', async () => {
    const draftId = await setupDraft();
    expect(accepted(await discard(draftId))).toEqual({ draftId, kind: 'SetupDraft' });
    const draft = await world.database.setupDraft.findUniqueOrThrow({ where: { id: draftId } });
    expect(draft).toMatchObject({ status: 'DISCARDED', version: 2 });
  });

  it('is refused where the draft is not open any more', async () => {
    const draftId = await world.readyDraft();
    const outcomes = await Promise.all([discard(draftId), discard(draftId)]);
    expect(outcomes.map(told).sort()).toEqual([[], ['DRAFT_CLOSED draftId']]);
    const submitted = await world.readyDraft();
    accepted(await submitCustomerDraft(world.context, world.viewer, { draftId: submitted }));
    const outcome = await discard(submitted);
    expect(told(outcome)).toEqual(['DRAFT_CLOSED draftId']);
    expect(outcome.value).toEqual({ draftId: submitted, kind: 'CustomerDraft' });
    expect((await world.loadDraft(submitted)).status).toBe('SUBMITTED');
  });

  it('is refused where the draft has expired', async () => {
    const draftId = await world.readyDraft();
    world.moveClock(world.context.draftLifetimeMs);
    expect(told(await discard(draftId))).toEqual(['DRAFT_EXPIRED draftId']);
  });

  it("knows neither a draft that is not there nor another partner's", async () => {
    const draftId = await world.readyDraft();
    const stranger = await world.addPartner('stranger');
    const foreign = await discard(draftId, stranger);
    expect(foreign).toEqual(await discard('01890000-0000-7000-8000-000000000000'));
    expect(told(foreign)).toEqual(['NOT_FOUND draftId']);
    expect((await world.loadDraft(draftId)).status).toBe('OPEN');
  });

  it('and submitting at the same time: one of them', async () => {
    const draftId = await world.readyDraft();
    const [discarded, submitted] = await Promise.all([
      discard(draftId),
      submitCustomerDraft(world.context, world.viewer, { draftId }),
    ]);
    expect([told(discarded), told(submitted)].sort()).toEqual([[], ['DRAFT_CLOSED draftId']]);
  });
});
