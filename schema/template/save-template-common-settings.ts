// Mutation.saveTemplateCommonSettings
import { saveCommonSettings } from '../../src/domain/template/save-steps.ts';
import { builder } from '../builder.ts';
import { viewerOf } from '../context.ts';
import { draftFields, inputDescription, withDraftRow } from '../shared/input.ts';
import { templateDraftPayload } from './template-draft.ts';

const SaveTemplateCommonSettingsInput = builder.inputType('SaveTemplateCommonSettingsInput', {
  description: "The template wizard's fourth screen.",
  fields: (t) => ({
    ...draftFields(t),
    restrictAdminInviteEmails: t.boolean({
      defaultValue: false,
      description:
        'True: no invitation may be mailed to administrators of existing organisations. Organisations that need consent can then not be attached.',
    }),
    brandName: t.string({
      description:
        'What the product is called in mails to users; at most 100 characters. Left out or empty: as Webex calls it.',
    }),
    disableCallOnWebex: t.boolean({
      defaultValue: false,
      description: 'True: users cannot call each other inside Webex.',
    }),
  }),
});

const SaveTemplateCommonSettingsPayload = templateDraftPayload(
  'SaveTemplateCommonSettingsPayload',
  'The answer to saving the fourth screen.',
);

builder.mutationField('saveTemplateCommonSettings', (t) =>
  t.field({
    type: SaveTemplateCommonSettingsPayload,
    nullable: true,
    description:
      "Saves the template wizard's fourth screen: invitation mails, brand name, and calls between Webex users. Needs the right to manage templates.",
    authScopes: { manageTemplates: true },
    args: { input: t.arg({ type: SaveTemplateCommonSettingsInput, required: true, description: inputDescription }) },
    resolve: (_root, { input }, context) =>
      saveCommonSettings(context.domain, viewerOf(context), withDraftRow('TemplateDraft', input)),
  }),
);
