// Arbitrary commands of the wizard that sets a customer up, and the wizard from its first screen to its last.

import fc from 'fast-check';
import type { AssignmentWords, Command, UserWords } from '../commands.ts';
import * as vocabulary from '../vocabulary.ts';
import { location, perhaps, provisionedRef, ref, staleBy, word } from './words.ts';

const numbers = {
  phoneNumber: perhaps(word(vocabulary.phoneNumbers)),
  extension: perhaps(word(vocabulary.extensions)),
};

export const user: fc.Arbitrary<UserWords> = fc.record({
  firstName: word(vocabulary.firstNames),
  lastName: word(vocabulary.firstNames),
  email: word(vocabulary.userEmails),
  package: word(vocabulary.userPackages),
  locationName: word(vocabulary.userLocations),
  ...numbers,
});

/** Numbers only for those who may have them. */
const sensibleUser = user.map((words): UserWords => {
  if (words.package === 'WEBEX_CALLING') return words;
  return { ...words, phoneNumber: null, extension: null };
});
const users = fc.array(fc.oneof({ weight: 4, arbitrary: sensibleUser }, { weight: 1, arbitrary: user }), {
  maxLength: 3,
});
const assignment: fc.Arbitrary<AssignmentWords> = fc.record({ email: word(vocabulary.userEmails), ...numbers });

const start = fc.record({ kind: fc.constant('startSetupDraft' as const), customer: provisionedRef });
const locations = fc.record({
  kind: fc.constant('saveSetupLocations' as const),
  draft: ref,
  staleBy,
  locations: fc.array(location, { maxLength: 2 }),
});
const byHand = fc.record({ kind: fc.constant('saveSetupUsers' as const), draft: ref, staleBy, users });
const byCsv = fc.record({ kind: fc.constant('importSetupUsers' as const), draft: ref, staleBy, users });
const phoneNumbers = fc.record({
  kind: fc.constant('saveSetupPhoneNumbers' as const),
  draft: ref,
  staleBy,
  assignments: fc.array(assignment, { maxLength: 2 }),
});
const submit = fc.record({ kind: fc.constant('submitSetupDraft' as const), draft: ref, staleBy });

export const setupCommand: fc.Arbitrary<Command> = fc.oneof<fc.Arbitrary<Command>[]>(
  start,
  locations,
  byHand,
  byCsv,
  phoneNumbers,
  submit,
  fc.record({ kind: fc.constant('discardSetupDraft' as const), draft: ref }),
);

export const setupWizard: fc.Arbitrary<readonly Command[]> = fc.tuple<Command[]>(
  start,
  locations,
  fc.oneof<fc.Arbitrary<Command>[]>(byHand, byCsv),
  phoneNumbers,
  submit,
);
