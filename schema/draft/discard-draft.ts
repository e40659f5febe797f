// Mutation.discardDraft

import { discardDraft, draftKinds } from '../../src/domain/draft/discard-draft.ts';
import type { DiscardDraftOutcome } from '../../src/domain/draft/discard-draft.ts';
import { builder } from '../builder.ts';
import { viewerOf } from '../context.ts';
import { decodeNodeId, rowId } from '../shared/global-id.ts';
import { inputDescription } from '../shared/input.ts';
import { payloadType } from '../shared/payload.ts';
import { WizardDraft } from '../shared/wizard-draft.ts';
import { loadDrafts } from './load-drafts.ts';

const DiscardDraftInput = builder.inputType('DiscardDraftInput', {
  description: 'Which draft to give up.',
  fields: (t) => ({
    draftId: t.id({ required: true, description: 'A draft of any wizard.' }),
  }),
});

const DiscardDraftPayload = payloadType<DiscardDraftOutcome>(
  'DiscardDraftPayload',
  'The answer to giving up a draft.',
  (t) => ({
    draft: t.field({
      type: WizardDraft,
      nullable: true,
      description: 'The draft as it is now. Null when there is none.',
      resolve: async ({ value }, _args, context, info) => {
        if (value === null) return null;
        const [draft] = await loadDrafts(value.kind, context, info, { where: { id: value.draftId }, take: 1 });
        return draft ?? null;
      },
    }),
  }),
);

builder.mutationField('discardDraft', (t) =>
  t.field({
    type: DiscardDraftPayload,
    nullable: true,
    description:
      'Gives up a draft. What was typed can still be looked at, but neither changed nor submitted. Drafts of templates need the right to manage templates.',
    authScopes: (_root, { input }) =>
      decodeNodeId(input.draftId)?.typename === 'TemplateDraft' ? { manageTemplates: true } : { provision: true },
    args: { input: t.arg({ type: DiscardDraftInput, required: true, description: inputDescription }) },
    resolve: (_root, { input }, context) => {
      const kind = draftKinds.find((each) => decodeNodeId(input.draftId)?.typename === each) ?? 'TemplateDraft';
      return discardDraft(context.domain, viewerOf(context), { draftId: rowId(kind, input.draftId) });
    },
  }),
);
