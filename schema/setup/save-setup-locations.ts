// Mutation.saveSetupLocations
import { saveSetupLocations } from '../../src/domain/setup/save-locations.ts';
import { builder } from '../builder.ts';
import { viewerOf } from '../context.ts';
import { LocationInput } from '../shared/address.ts';
import { draftFields, inputDescription, withDraftRow } from '../shared/input.ts';
import { setupDraftPayload } from './setup-draft.ts';

const SaveSetupLocationsInput = builder.inputType('SaveSetupLocationsInput', {
  description: "The set-up wizard's first screen.",
  fields: (t) => ({
    ...draftFields(t),
    locations: t.field({
      type: [LocationInput],
      required: true,
      description: 'The whole list of new locations, at most 100.',
    }),
  }),
});

const SaveSetupLocationsPayload = setupDraftPayload('SaveSetupLocationsPayload', 'The answer to saving the locations.');

builder.mutationField('saveSetupLocations', (t) =>
  t.field({
    type: SaveSetupLocationsPayload,
    nullable: true,
    description:
      "Saves the set-up wizard's first screen: locations to add to those the customer has. The list replaces the one saved before and may be empty.",
    authScopes: { provision: true },
    args: { input: t.arg({ type: SaveSetupLocationsInput, required: true, description: inputDescription }) },
    resolve: (_root, { input }, context) =>
      saveSetupLocations(context.domain, viewerOf(context), withDraftRow('SetupDraft', input)),
  }),
);
