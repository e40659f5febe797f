// Mutation.saveTemplatePrimarySettings
import { savePrimarySettings } from '../../src/domain/template/save-steps.ts';
import { builder } from '../builder.ts';
import { viewerOf } from '../context.ts';
import { rowId } from '../shared/global-id.ts';
import { draftFields, inputDescription, withDraftRow } from '../shared/input.ts';
import { templateDraftPayload } from './template-draft.ts';

const SaveTemplatePrimarySettingsInput = builder.inputType('SaveTemplatePrimarySettingsInput', {
  description: "The template wizard's first screen.",
  fields: (t) => ({
    ...draftFields(t),
    name: t.string({
      required: true,
      description: 'At most 100 characters; no other template of yours that is in use may have it, regardless of case.',
    }),
    countryCode: t.string({
      required: true,
      description: 'Where the customers are: ISO 3166-1 alpha-2, one that Query.countries calls supported.',
    }),
    serviceProviderAdminId: t.id({ required: true, description: 'One of Partner.serviceProviderAdmins.' }),
    wholesaleSubscriptionId: t.id({ required: true, description: 'One of Partner.wholesaleSubscriptions.' }),
  }),
});

const SaveTemplatePrimarySettingsPayload = templateDraftPayload(
  'SaveTemplatePrimarySettingsPayload',
  'The answer to saving the first screen.',
);

builder.mutationField('saveTemplatePrimarySettings', (t) =>
  t.field({
    type: SaveTemplatePrimarySettingsPayload,
    nullable: true,
    description:
      "Saves the template wizard's first screen: what the template is called, where its customers are, who is responsible and what is billed. Needs the right to manage templates.",
    authScopes: { manageTemplates: true },
    args: { input: t.arg({ type: SaveTemplatePrimarySettingsInput, required: true, description: inputDescription }) },
    resolve: (_root, { input }, context) =>
      savePrimarySettings(context.domain, viewerOf(context), {
        ...withDraftRow('TemplateDraft', input),
        serviceProviderAdminId: rowId('ServiceProviderAdmin', input.serviceProviderAdminId),
        wholesaleSubscriptionId: rowId('WholesaleSubscription', input.wholesaleSubscriptionId),
      }),
  }),
);
