// Mutation.saveCustomerPackages
import { saveCustomerPackages } from '../../src/domain/customer/save-steps.ts';
import { builder } from '../builder.ts';
import { PackageSelectionInput } from '../catalogue/package-offering.ts';
import { viewerOf } from '../context.ts';
import { draftFields, inputDescription, withDraftRow } from '../shared/input.ts';
import { customerDraftPayload } from './customer-draft.ts';

const SaveCustomerPackagesInput = builder.inputType('SaveCustomerPackagesInput', {
  description: "The customer wizard's third screen.",
  fields: (t) => ({
    ...draftFields(t),
    packages: t.field({ type: [PackageSelectionInput], required: true, description: 'The whole list, at least one.' }),
  }),
});

const SaveCustomerPackagesPayload = customerDraftPayload(
  'SaveCustomerPackagesPayload',
  'The answer to saving the packages.',
);

builder.mutationField('saveCustomerPackages', (t) =>
  t.field({
    type: SaveCustomerPackagesPayload,
    nullable: true,
    description:
      "Saves the customer wizard's third screen: what the customer gets. The list replaces the one saved before.",
    authScopes: { provision: true },
    args: { input: t.arg({ type: SaveCustomerPackagesInput, required: true, description: inputDescription }) },
    resolve: (_root, { input }, context) =>
      saveCustomerPackages(context.domain, viewerOf(context), withDraftRow('CustomerDraft', input)),
  }),
);
