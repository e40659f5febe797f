// Arbitrary sequences: single commands of all kinds between wizards that are gone through from end to end.

import fc from 'fast-check';
import type { Command } from '../commands.ts';
import { customerCommand, customerWizard } from './customer-commands.ts';
import { setupCommand, setupWizard } from './setup-commands.ts';
import { templateCommand, templateWizard } from './template-commands.ts';
import { userCommand } from './user-commands.ts';
import { ref } from './words.ts';

const otherCommand: fc.Arbitrary<Command> = fc.oneof<fc.MaybeWeightedArbitrary<Command>[]>(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('cancelOperation' as const), operation: ref }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('retryOperation' as const), operation: ref }) },
  { weight: 3, arbitrary: fc.constant({ kind: 'again' as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('wait' as const), minutes: fc.constantFrom(20, 40) }) },
);

const one = (command: fc.Arbitrary<Command>) => command.map((single): readonly Command[] => [single]);

const part = fc.oneof<fc.MaybeWeightedArbitrary<readonly Command[]>[]>(
  { weight: 2, arbitrary: one(templateCommand) },
  { weight: 1, arbitrary: templateWizard },
  { weight: 6, arbitrary: one(customerCommand) },
  { weight: 2, arbitrary: customerWizard },
  { weight: 1, arbitrary: one(setupCommand) },
  { weight: 3, arbitrary: setupWizard },
  { weight: 8, arbitrary: one(userCommand) },
  { weight: 4, arbitrary: one(otherCommand) },
);

export const sequence: fc.Arbitrary<readonly Command[]> = fc
  .array(part, { minLength: 4, maxLength: 12, size: 'max' })
  .map((parts) => parts.flat());
