// Mutation.saveSetupUsers
import { saveSetupUsers } from '../../src/domain/setup/save-users.ts';
import { builder } from '../builder.ts';
import { viewerOf } from '../context.ts';
import { draftFields, inputDescription, withDraftRow } from '../shared/input.ts';
import { setupDraftPayload } from './setup-draft.ts';
import { SetupUserInput } from './setup-user-input.ts';

const SaveSetupUsersInput = builder.inputType('SaveSetupUsersInput', {
  description: "The set-up wizard's second screen, filled in by hand.",
  fields: (t) => ({
    ...draftFields(t),
    users: t.field({ type: [SetupUserInput], required: true, description: 'The whole list, at most 250.' }),
  }),
});

const SaveSetupUsersPayload = setupDraftPayload('SaveSetupUsersPayload', 'The answer to saving the users.');

builder.mutationField('saveSetupUsers', (t) =>
  t.field({
    type: SaveSetupUsersPayload,
    nullable: true,
    description:
      "Saves the set-up wizard's second screen: the people to create. The list replaces the one saved before; for more than 250 people use importSetupUsers.",
    authScopes: { provision: true },
    args: { input: t.arg({ type: SaveSetupUsersInput, required: true, description: inputDescription }) },
    resolve: (_root, { input }, context) =>
      saveSetupUsers(context.domain, viewerOf(context), withDraftRow('SetupDraft', input)),
  }),
);
