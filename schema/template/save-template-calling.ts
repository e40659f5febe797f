// Mutation.saveTemplateCalling
import { saveCalling } from '../../src/domain/template/save-steps.ts';
import { builder } from '../builder.ts';
import { pstnProviderId } from '../catalogue/pstn-provider.ts';
import { viewerOf } from '../context.ts';
import { draftFields, inputDescription, withDraftRow } from '../shared/input.ts';
import { templateDraftPayload } from './template-draft.ts';

const SaveTemplateCallingInput = builder.inputType('SaveTemplateCallingInput', {
  description: "The template wizard's third screen.",
  fields: (t) => ({
    ...draftFields(t),
    pstnProviderId: t.id({
      description:
        'One of Query.pstnProviders for the country of the template; naming one earns a warning. Left out or null: none.',
    }),
  }),
});

const SaveTemplateCallingPayload = templateDraftPayload(
  'SaveTemplateCallingPayload',
  'The answer to saving the third screen.',
);

builder.mutationField('saveTemplateCalling', (t) =>
  t.field({
    type: SaveTemplateCallingPayload,
    nullable: true,
    description:
      "Saves the template wizard's third screen: whether a telephone network provider is preselected, which Cisco advises against. Needs the right to manage templates.",
    authScopes: { manageTemplates: true },
    args: { input: t.arg({ type: SaveTemplateCallingInput, required: true, description: inputDescription }) },
    resolve: (_root, { input }, context) =>
      saveCalling(context.domain, viewerOf(context), {
        ...withDraftRow('TemplateDraft', input),
        pstnProviderId: pstnProviderId(input.pstnProviderId),
      }),
  }),
);
