// What every wizard's draft is refused: too early, too late, or saved by somebody else meanwhile.

import { randomUUID } from 'node:crypto';
import * as documents from '../../generated/graphql.ts';
import { accepted } from '../../support/story.ts';
import type { Refusals } from './world.ts';

export const draftRefusals = {
  STEP_OUT_OF_ORDER: {
    path: '',
    async ask({ api, startTemplateDraft }) {
      const input = { draftId: await startTemplateDraft() };
      return (await api.run(documents.SaveTemplateCallingDocument, { input })).saveTemplateCalling;
    },
  },
  DRAFT_INCOMPLETE: {
    path: '',
    async ask({ api, startTemplateDraft }) {
      const input = { draftId: await startTemplateDraft() };
      return (await api.run(documents.SubmitTemplateDraftDocument, { input })).submitTemplateDraft;
    },
  },
  DRAFT_EXPIRED: {
    path: 'draftId',
    async ask({ gateway, startTemplateDraft, savePrimarySettings }) {
      const draftId = await startTemplateDraft();
      const name = `Left alone ${randomUUID()}`;
      accepted(await savePrimarySettings({ draftId, name }));
      await gateway.database.templateDraft.updateMany({ where: { name }, data: { expiresAt: new Date(0) } });
      return savePrimarySettings({ draftId });
    },
  },
  DRAFT_CLOSED: {
    path: 'draftId',
    async ask({ api, startTemplateDraft, savePrimarySettings }) {
      const draftId = await startTemplateDraft();
      accepted((await api.run(documents.DiscardDraftDocument, { input: { draftId } })).discardDraft);
      return savePrimarySettings({ draftId });
    },
  },
  VERSION_CONFLICT: {
    path: 'expectedVersion',
    async ask({ startTemplateDraft, savePrimarySettings }) {
      const draftId = await startTemplateDraft();
      accepted(await savePrimarySettings({ draftId, expectedVersion: 1 }));
      return savePrimarySettings({ draftId, expectedVersion: 1 });
    },
  },
} satisfies Refusals;
