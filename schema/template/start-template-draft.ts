// Mutation.startTemplateDraft

import { startTemplateDraft } from '../../src/domain/template/start-draft.ts';
import { builder } from '../builder.ts';
import { viewerOf } from '../context.ts';
import { optionalRowId } from '../shared/global-id.ts';
import { inputDescription } from '../shared/input.ts';
import { templateDraftPayload } from './template-draft.ts';
import { TemplateOffer } from './template.ts';

const StartTemplateDraftInput = builder.inputType('StartTemplateDraftInput', {
  description: 'How the template wizard begins: empty, or filled in from a template.',
  fields: (t) => ({
    offer: t.field({
      type: TemplateOffer,
      defaultValue: 'WEBEX_FOR_WHOLESALE',
      description: 'What the template will sell.',
    }),
    editTemplateId: t.id({
      description: 'A template to change; submitting replaces its settings. Not together with `copyTemplateId`.',
    }),
    copyTemplateId: t.id({ description: 'A template to start from; the copy needs a name of its own.' }),
  }),
});

const StartTemplateDraftPayload = templateDraftPayload(
  'StartTemplateDraftPayload',
  'The answer to starting the template wizard.',
);

builder.mutationField('startTemplateDraft', (t) =>
  t.field({
    type: StartTemplateDraftPayload,
    nullable: true,
    description: 'Starts the template wizard. Needs the right to manage templates.',
    authScopes: { manageTemplates: true },
    args: { input: t.arg({ type: StartTemplateDraftInput, required: true, description: inputDescription }) },
    resolve: (_root, { input }, context) =>
      startTemplateDraft(context.domain, viewerOf(context), {
        ...input,
        editTemplateId: optionalRowId('OnboardingTemplate', input.editTemplateId),
        copyTemplateId: optionalRowId('OnboardingTemplate', input.copyTemplateId),
      }),
  }),
);
