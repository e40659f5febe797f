// Arbitrary commands about users, locations and numbers without the wizard.

import fc from 'fast-check';
import type { Command } from '../commands.ts';
import * as vocabulary from '../vocabulary.ts';
import { user } from './setup-commands.ts';
import { anyRef, key, location, mostly, perhaps, provisionedRef, word } from './words.ts';

const place = perhaps(word(vocabulary.userLocations));

export const userCommand: fc.Arbitrary<Command> = fc.oneof<fc.MaybeWeightedArbitrary<Command>[]>(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('provisionUser' as const),
      key,
      customer: provisionedRef,
      user,
      location: place,
      validateOnly: mostly(false, true),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('updateUser' as const),
      key,
      person: anyRef,
      package: perhaps(word(vocabulary.userPackages)),
      location: place,
      phoneNumber: perhaps(word(vocabulary.phoneNumbers)),
      extension: perhaps(word(vocabulary.extensions)),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('removeUser' as const), key, person: anyRef }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('assignRoles' as const),
      key,
      person: anyRef,
      roles: fc.array(fc.constantFrom('FULL_ADMIN' as const, 'SUPPORT_ADMIN' as const), { maxLength: 2 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('addLocation' as const), key, customer: provisionedRef, location }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('addPhoneNumbers' as const),
      key,
      customer: provisionedRef,
      location: word(vocabulary.userLocations),
      numbers: fc.array(word(vocabulary.phoneNumbers), { maxLength: 2 }),
    }),
  },
);
