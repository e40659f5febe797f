// Mutation.startSetupDraft

import { startSetupDraft } from '../../src/domain/setup/start-draft.ts';
import { builder } from '../builder.ts';
import { viewerOf } from '../context.ts';
import { rowId } from '../shared/global-id.ts';
import { inputDescription } from '../shared/input.ts';
import { setupDraftPayload } from './setup-draft.ts';

const StartSetupDraftInput = builder.inputType('StartSetupDraftInput', {
  description: 'Whom to set up.',
  fields: (t) => ({
    customerId: t.id({ required: true, description: 'A customer that is provisioned and has no operation under way.' }),
  }),
});

const StartSetupDraftPayload = setupDraftPayload('StartSetupDraftPayload', 'The answer to starting the set-up wizard.');

builder.mutationField('startSetupDraft', (t) =>
  t.field({
    type: StartSetupDraftPayload,
    nullable: true,
    description:
      "Starts the set-up wizard for a provisioned customer. Not for the partner's own organisation, which is provisioned through the API only.",
    authScopes: { provision: true },
    args: { input: t.arg({ type: StartSetupDraftInput, required: true, description: inputDescription }) },
    resolve: (_root, { input }, context) =>
      startSetupDraft(context.domain, viewerOf(context), { customerId: rowId('Customer', input.customerId) }),
  }),
);
