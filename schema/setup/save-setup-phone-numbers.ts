// Mutation.saveSetupPhoneNumbers
import { saveSetupPhoneNumbers } from '../../src/domain/setup/save-phone-numbers.ts';
import { builder } from '../builder.ts';
import { viewerOf } from '../context.ts';
import { draftFields, inputDescription, withDraftRow } from '../shared/input.ts';
import { setupDraftPayload } from './setup-draft.ts';
import { PhoneNumberAssignmentInput } from './setup-user-input.ts';

const SaveSetupPhoneNumbersInput = builder.inputType('SaveSetupPhoneNumbersInput', {
  description: "The set-up wizard's third screen.",
  fields: (t) => ({
    ...draftFields(t),
    assignments: t.field({
      type: [PhoneNumberAssignmentInput],
      required: true,
      description: 'Who gets what; at most 250 at a time. May be empty when everybody has a number already.',
    }),
  }),
});

const SaveSetupPhoneNumbersPayload = setupDraftPayload(
  'SaveSetupPhoneNumbersPayload',
  'The answer to saving the phone numbers.',
);

builder.mutationField('saveSetupPhoneNumbers', (t) =>
  t.field({
    type: SaveSetupPhoneNumbersPayload,
    nullable: true,
    description:
      "Saves the set-up wizard's third screen: phone numbers and extensions for people with a calling package. People who are not named keep what they have.",
    authScopes: { provision: true },
    args: { input: t.arg({ type: SaveSetupPhoneNumbersInput, required: true, description: inputDescription }) },
    resolve: (_root, { input }, context) =>
      saveSetupPhoneNumbers(context.domain, viewerOf(context), withDraftRow('SetupDraft', input)),
  }),
);
