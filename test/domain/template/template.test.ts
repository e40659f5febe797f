// Templates at the edges of their life: edited while somebody archives them, linked while somebody else does something.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lockRow } from '../../../src/database/locks.ts';
import { inTransaction } from '../../../src/database/transaction.ts';
import { archiveTemplate, linkProvisioningId } from '../../../src/domain/template/change-template.ts';
import {
  saveAuthentication,
  saveCalling,
  saveCommonSettings,
  savePrimarySettings,
} from '../../../src/domain/template/save-steps.ts';
import { startTemplateDraft } from '../../../src/domain/template/start-draft.ts';
import { submitTemplateDraft } from '../../../src/domain/template/submit-draft.ts';
import { waitFor } from '../../support/wait-for.ts';
import { accepted, openWorld, told } from '../setup/world.ts';
import type { World } from '../setup/world.ts';

let world: World;
let references: { serviceProviderAdminId: string; wholesaleSubscriptionId: string };

beforeAll(async () => {
  world = await openWorld();
  const { database } = world.context;
  const { partnerId } = world.viewer;
  const admin = await database.serviceProviderAdmin.create({ data: { partnerId, name: 'A', email: 'a@b.example' } });
  const subscription = await database.wholesaleSubscription.create({ data: { partnerId, name: 'S', number: 'Sub1' } });
  references = { serviceProviderAdminId: admin.id, wholesaleSubscriptionId: subscription.id };
});
afterAll(() => world.close());

const load = (id: string) => world.context.database.onboardingTemplate.findUniqueOrThrow({ where: { id } });

async function startDraft(editTemplateId?: string): Promise<string> {
  const input = editTemplateId === undefined ? {} : { editTemplateId };
  return accepted(await startTemplateDraft(world.context, world.viewer, input)).draftId;
}

/** Without a provisioning ID: nobody issues one here. */
async function addTemplate(name: string): Promise<string> {
  const { context, viewer } = world;
  const draftId = await startDraft();
  accepted(await savePrimarySettings(context, viewer, { draftId, name, countryCode: 'US', ...references }));
  accepted(await saveAuthentication(context, viewer, { draftId, method: 'WEBEX' }));
  accepted(await saveCalling(context, viewer, { draftId }));
  accepted(await saveCommonSettings(context, viewer, { draftId }));
  return accepted(await submitTemplateDraft(context, viewer, { draftId })).templateId ?? '';
}

describe('the template wizard', () => {
  it('names every problem of a screen at once: those of single values and those of what they refer to', async () => {
    const draftId = await startDraft();
    const unknown = world.viewer.partnerId;
    const outcome = await savePrimarySettings(world.context, world.viewer, {
      draftId,
      name: ' ',
      countryCode: 'US',
      serviceProviderAdminId: unknown,
      wholesaleSubscriptionId: unknown,
    });
    expect(told(outcome)).toEqual([
      'REQUIRED name',
      'NOT_FOUND serviceProviderAdminId',
      'NOT_FOUND wholesaleSubscriptionId',
    ]);
  });

  it.each(['Under_core', '100%', 'Back\\slash'])(
    'takes %j for another name than one that differs in that character',
    async (name) => {
      const { context, viewer } = world;
      await addTemplate(name.replace(/[_%\\]/, 'x'));
      const draftId = await startDraft();
      accepted(await savePrimarySettings(context, viewer, { draftId, name, countryCode: 'US', ...references }));
    },
  );

  it.each(['Own_name', '50%', 'Left\\right'])('knows that %j is taken, in whatever case', async (name) => {
    const { context, viewer } = world;
    await addTemplate(name);
    const draftId = await startDraft();
    const input = { draftId, name: name.toUpperCase(), countryCode: 'US', ...references };
    expect(told(await savePrimarySettings(context, viewer, input))).toEqual(['NAME_TAKEN name']);
  });

  it('calls metadata that it cannot read invalid, not missing', async () => {
    const draftId = await startDraft();
    const primary = { draftId, name: 'Metadata', countryCode: 'US', ...references };
    accepted(await savePrimarySettings(world.context, world.viewer, primary));
    const input = { draftId, method: 'PARTNER_SAML', samlMetadataXml: '<x/>' } as const;
    expect(told(await saveAuthentication(world.context, world.viewer, input))).toEqual([
      'SAML_METADATA_INVALID samlMetadataXml',
    ]);
  });

  it('does not change a template that was archived while it was edited', async () => {
    const { context, viewer } = world;
    const templateId = await addTemplate('Archived meanwhile');
    const draftId = await startDraft(templateId);
    accepted(await archiveTemplate(context, viewer, { templateId }));
    const before = await load(templateId);
    const archived = ['TEMPLATE_ARCHIVED draftId'];
    expect(told(await saveCommonSettings(context, viewer, { draftId, brandName: 'New' }))).toEqual(archived);
    expect(told(await submitTemplateDraft(context, viewer, { draftId }))).toEqual(archived);
    expect(await load(templateId)).toEqual(before);
  });
});

describe('linking a provisioning ID', () => {
  it('makes the template usable, once; repeating it is no change', async () => {
    const templateId = await addTemplate('Linked');
    expect(await load(templateId)).toMatchObject({ status: 'AWAITING_PROVISIONING_ID', provisioningId: null });
    const link = (provisioningId: string) =>
      linkProvisioningId(world.context, world.viewer, { templateId, provisioningId });
    accepted(await link('from-partner-hub'));
    const linked = await load(templateId);
    expect(linked).toMatchObject({ status: 'ACTIVE', provisioningId: 'from-partner-hub' });
    accepted(await link('from-partner-hub'));
    expect(await load(templateId)).toEqual(linked);
    expect(told(await link('another'))).toEqual(['INVALID_VALUE provisioningId']);
  });

  it('does not call one that cannot be read a duplicate of templates that have none yet', async () => {
    const templateId = await addTemplate('Linked to nothing');
    await addTemplate('Waiting too');
    const outcome = await linkProvisioningId(world.context, world.viewer, { templateId, provisioningId: ' ' });
    expect(told(outcome)).toEqual(['REQUIRED provisioningId']);
  });

  it('does not call one that cannot be read another than the template has', async () => {
    const templateId = await addTemplate('Linked already');
    const { context, viewer } = world;
    accepted(await linkProvisioningId(context, viewer, { templateId, provisioningId: 'linked-already' }));
    const outcome = await linkProvisioningId(context, viewer, { templateId, provisioningId: ' ' });
    expect(told(outcome)).toEqual(['REQUIRED provisioningId']);
  });

  it.each([
    ['an archiving', { status: 'ARCHIVED' }, 'TEMPLATE_ARCHIVED templateId'],
    ['a registration', { status: 'ACTIVE', provisioningId: 'issued' }, 'INVALID_VALUE provisioningId'],
  ] as const)('does not undo %s that goes on at the same time', async (name, change, problem) => {
    const { database } = world.context;
    const templateId = await addTemplate(name);
    const linking = inTransaction(database, async (transaction) => {
      await lockRow(transaction, 'OnboardingTemplate', templateId);
      const input = { templateId, provisioningId: `typed for ${name}` };
      // Awaited outside: it waits for this transaction.
      const outcome = linkProvisioningId(world.context, world.viewer, input);
      await waitFor(async () => {
        const waiting = await database.$queryRaw<unknown[]>`
          SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
        return waiting.length > 0;
      });
      await transaction.onboardingTemplate.update({ where: { id: templateId }, data: change });
      return { outcome };
    });
    expect(told(await (await linking).outcome)).toEqual([problem]);
    expect(await load(templateId)).toMatchObject(change);
  });
});
