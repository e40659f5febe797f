// Mutation.submitSetupDraft

import { submitSetupDraft } from '../../src/domain/setup/submit-draft.ts';
import type { SubmitSetupOutcome } from '../../src/domain/setup/submit-draft.ts';
import { builder } from '../builder.ts';
import { viewerOf } from '../context.ts';
import { findOperation, ProvisioningOperation } from '../operation/operation.ts';
import { draftFields, inputDescription, withDraftRow } from '../shared/input.ts';
import { draftDescription, payloadType } from '../shared/payload.ts';
import { findSetupDraft, SetupDraft } from './setup-draft.ts';

const SubmitSetupDraftInput = builder.inputType('SubmitSetupDraftInput', {
  description: 'Which set-up to carry out.',
  fields: (t) => draftFields(t),
});

const SubmitSetupDraftPayload = payloadType<SubmitSetupOutcome>(
  'SubmitSetupDraftPayload',
  'The answer to submitting a set-up.',
  (t) => ({
    draft: t.prismaField({
      type: SetupDraft,
      nullable: true,
      description: draftDescription,
      resolve: (query, { value }, _args, context) => findSetupDraft(context, query, value?.draftId),
    }),
    operation: t.prismaField({
      type: ProvisioningOperation,
      nullable: true,
      description:
        'The work that was accepted, to be followed by Subscription.operationUpdated; null when it was refused.',
      resolve: (query, { value }, _args, context) => findOperation(context, query, value?.operationId),
    }),
  }),
);

builder.mutationField('submitSetupDraft', (t) =>
  t.field({
    type: SubmitSetupDraftPayload,
    nullable: true,
    description:
      'Ends the set-up wizard: accepts one operation that creates all locations, phone numbers and users of the draft. Everything is judged once more, so what has changed since may still be refused.',
    authScopes: { provision: true },
    args: { input: t.arg({ type: SubmitSetupDraftInput, required: true, description: inputDescription }) },
    resolve: (_root, { input }, context) =>
      submitSetupDraft(context.domain, viewerOf(context), withDraftRow('SetupDraft', input)),
  }),
);
