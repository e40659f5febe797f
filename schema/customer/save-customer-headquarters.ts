// Mutation.saveCustomerHeadquarters
import { saveCustomerHeadquarters } from '../../src/domain/customer/save-steps.ts';
import { builder } from '../builder.ts';
import { viewerOf } from '../context.ts';
import { AddressInput, LocationInput } from '../shared/address.ts';
import { draftFields, inputDescription, withDraftRow } from '../shared/input.ts';
import { customerDraftPayload } from './customer-draft.ts';

const SaveCustomerHeadquartersInput = builder.inputType('SaveCustomerHeadquartersInput', {
  description: "The customer wizard's fourth screen.",
  fields: (t) => ({
    ...draftFields(t),
    location: t.field({ type: LocationInput, required: true, description: 'The headquarters.' }),
    billingAddress: t.field({
      type: AddressInput,
      description: "Where bills go. Left out or null: the headquarters' address.",
    }),
    supportedLocationConfirmed: t.boolean({
      required: true,
      description:
        'True: whoever fills in the form has verified that the customer is where Webex is supported. Without it the wizard does not go on.',
    }),
  }),
});

const SaveCustomerHeadquartersPayload = customerDraftPayload(
  'SaveCustomerHeadquartersPayload',
  'The answer to saving the headquarters.',
);

builder.mutationField('saveCustomerHeadquarters', (t) =>
  t.field({
    type: SaveCustomerHeadquartersPayload,
    nullable: true,
    description: "Saves the customer wizard's fourth screen: the first location and the billing address.",
    authScopes: { provision: true },
    args: { input: t.arg({ type: SaveCustomerHeadquartersInput, required: true, description: inputDescription }) },
    resolve: (_root, { input }, context) =>
      saveCustomerHeadquarters(context.domain, viewerOf(context), withDraftRow('CustomerDraft', input)),
  }),
);
