// Mutation.submitTemplateDraft

import { submitTemplateDraft } from '../../src/domain/template/submit-draft.ts';
import type { SubmitTemplateOutcome } from '../../src/domain/template/submit-draft.ts';
import { builder } from '../builder.ts';
import { viewerOf } from '../context.ts';
import { draftFields, inputDescription, withDraftRow } from '../shared/input.ts';
import { draftDescription, payloadType } from '../shared/payload.ts';
import { findTemplateDraft, TemplateDraft } from './template-draft.ts';
import { findTemplate, OnboardingTemplate } from './template.ts';

const SubmitTemplateDraftInput = builder.inputType('SubmitTemplateDraftInput', {
  description: 'Which template to make or change.',
  fields: (t) => draftFields(t),
});

const SubmitTemplateDraftPayload = payloadType<SubmitTemplateOutcome>(
  'SubmitTemplateDraftPayload',
  'The answer to submitting a template.',
  (t) => ({
    draft: t.prismaField({
      type: TemplateDraft,
      nullable: true,
      description: draftDescription,
      resolve: (query, { value }, _args, context) => findTemplateDraft(context, query, value?.draftId),
    }),
    template: t.prismaField({
      type: OnboardingTemplate,
      nullable: true,
      description:
        'The template that was made or changed. It may still be waiting for its provisioning ID; TEMPLATE_UPDATED tells when that is there. Null when the draft was refused.',
      resolve: (query, { value }, _args, context) => findTemplate(context, query, value?.templateId),
    }),
  }),
);

builder.mutationField('submitTemplateDraft', (t) =>
  t.field({
    type: SubmitTemplateDraftPayload,
    nullable: true,
    description:
      'Ends the template wizard: makes the template, or changes the one that the draft edits. Customers that exist already are not affected. Needs the right to manage templates.',
    authScopes: { manageTemplates: true },
    args: { input: t.arg({ type: SubmitTemplateDraftInput, required: true, description: inputDescription }) },
    resolve: (_root, { input }, context) =>
      submitTemplateDraft(context.domain, viewerOf(context), withDraftRow('TemplateDraft', input)),
  }),
);
