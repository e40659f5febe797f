// Mutation.saveCustomerInformation
import { saveCustomerInformation } from '../../src/domain/customer/save-steps.ts';
import { builder } from '../builder.ts';
import { viewerOf } from '../context.ts';
import { optionalRowId, rowId } from '../shared/global-id.ts';
import { draftFields, inputDescription, subPartnerDescription, withDraftRow } from '../shared/input.ts';
import { customerDraftPayload } from './customer-draft.ts';

const SaveCustomerInformationInput = builder.inputType('SaveCustomerInformationInput', {
  description: "The customer wizard's second screen.",
  fields: (t) => ({
    ...draftFields(t),
    companyName: t.string({
      required: true,
      description: 'At most 256 characters, without %. An attached organisation keeps its own name all the same.',
    }),
    templateId: t.id({ required: true, description: 'An ACTIVE template of yours.' }),
    adminEmail: t.string({ description: "The customer's administrator. Left out: the one the draft has." }),
    externalId: t.string({
      description:
        'Your own key for the customer, unique among your customers; at most 255 characters. Left out: the one the draft has, or a generated one.',
    }),
    language: t.string({
      description: "Of mails to the customer, such as en_us. Left out or null: the platform's default.",
    }),
    subPartnerId: t.id({ description: subPartnerDescription }),
  }),
});

const SaveCustomerInformationPayload = customerDraftPayload(
  'SaveCustomerInformationPayload',
  'The answer to saving who the customer is.',
);

builder.mutationField('saveCustomerInformation', (t) =>
  t.field({
    type: SaveCustomerInformationPayload,
    nullable: true,
    description: "Saves the customer wizard's second screen: who the customer is, and the template to create it with.",
    authScopes: { provision: true },
    args: { input: t.arg({ type: SaveCustomerInformationInput, required: true, description: inputDescription }) },
    resolve: (_root, { input }, context) =>
      saveCustomerInformation(context.domain, viewerOf(context), {
        ...withDraftRow('CustomerDraft', input),
        templateId: rowId('OnboardingTemplate', input.templateId),
        subPartnerId: optionalRowId('SubPartner', input.subPartnerId),
      }),
  }),
);
