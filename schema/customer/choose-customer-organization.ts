// Mutation.chooseCustomerOrganization
import { chooseCustomerOrganization } from '../../src/domain/customer/save-steps.ts';
import { builder } from '../builder.ts';
import { viewerOf } from '../context.ts';
import { draftFields, inputDescription, withDraftRow } from '../shared/input.ts';
import { customerDraftPayload } from './customer-draft.ts';

const ChooseCustomerOrganizationInput = builder.inputType('ChooseCustomerOrganizationInput', {
  description: 'Which organisation the customer will have.',
  fields: (t) => ({
    ...draftFields(t),
    organizationId: t.string({
      description: "One of the draft's `organizationCandidates`. Left out or null: a new organisation.",
    }),
  }),
});

const ChooseCustomerOrganizationPayload = customerDraftPayload(
  'ChooseCustomerOrganizationPayload',
  'The answer to choosing an organisation.',
);

builder.mutationField('chooseCustomerOrganization', (t) =>
  t.field({
    type: ChooseCustomerOrganizationPayload,
    nullable: true,
    description:
      "Saves the customer wizard's first screen: a new organisation, or one of the draft's candidates to attach to. `draft.attachAssessment` then tells what attaching would come to.",
    authScopes: { provision: true },
    args: { input: t.arg({ type: ChooseCustomerOrganizationInput, required: true, description: inputDescription }) },
    resolve: (_root, { input }, context) =>
      chooseCustomerOrganization(context.domain, viewerOf(context), withDraftRow('CustomerDraft', input)),
  }),
);
