// Expected failures as data: how a Problem of the domain is shown. Clients switch on the code or on the type; new types may
// join the interface without breaking anybody.

import { z } from 'zod';
import { WizardStep as StoredStep } from '../../src/database/generated/enums.ts';
import { problemTypes } from '../../src/domain/problem.ts';
import type { Problem } from '../../src/domain/problem.ts';
import { builder } from '../builder.ts';
import { UserErrorCode } from './user-error-code.ts';
import { WizardStep } from './wizard-step.ts';

export const UserError = builder.interfaceRef<Problem>('UserError').implement({
  description:
    'Something that whoever filled in the form can put right. All that is wrong with an input is told at once. More implementing types may be added: always select the fields of this interface.',
  resolveType: ({ code }) => problemTypes[code],
  fields: (t) => ({
    code: t.field({
      type: UserErrorCode,
      description: 'For programs: never changes its meaning.',
      resolve: ({ code }) => code,
    }),
    message: t.exposeString('message', {
      description:
        'For the person who must act, in English: what was expected and what was found. The wording may change.',
    }),
    path: t.stringList({
      description:
        'Where in the `input` the value stands: field names and places in lists, such as ["users", "3", "email"]. Empty when it is about the input as a whole.',
      resolve: ({ path }) => path,
    }),
  }),
});

builder.objectRef<Problem>('InvalidInputError').implement({
  description: 'A value is missing, badly written, or makes no sense by itself or beside its neighbours.',
  interfaces: [UserError],
});

builder.objectRef<Problem>('NotFoundError').implement({
  description: 'An id or a token names nothing that you may see.',
  interfaces: [UserError],
});

builder.objectRef<Problem>('RuleViolationError').implement({
  description: 'Each value is right, but what they ask for is against a rule, or against the present state of things.',
  interfaces: [UserError],
});

builder.objectRef<Problem>('StepOutOfOrderError').implement({
  description: 'A screen of a wizard was saved before the ones that come first.',
  interfaces: [UserError],
  fields: (t) => ({
    expectedStep: t.field({
      type: WizardStep,
      description: 'The screen to save first.',
      resolve: ({ expectedStep }) => z.enum(StoredStep).parse(expectedStep),
    }),
  }),
});

builder.objectRef<Problem>('VersionConflictError').implement({
  description: 'The draft was changed since the version that the input expected. Nothing was overwritten.',
  interfaces: [UserError],
  fields: (t) => ({
    currentVersion: t.int({
      description:
        'The version that the draft has now; send it as `expectedVersion` once you have looked at the draft again.',
      resolve: ({ currentVersion }) => z.int().parse(currentVersion),
    }),
  }),
});

builder.objectRef<Problem>('IdempotencyMismatchError').implement({
  description: 'The idempotency key was used before with another input. Use a new key for a new request.',
  interfaces: [UserError],
});

builder.objectRef<Problem>('PlatformRejectedError').implement({
  description: 'The platform refused the request or could not be reached.',
  interfaces: [UserError],
  fields: (t) => ({
    platformCode: t.string({
      nullable: true,
      description: "The platform's own error code; null when it gave none.",
      resolve: ({ platformCode }) => platformCode ?? null,
    }),
    trackingId: t.string({
      nullable: true,
      description:
        "Names the call in the platform's records: quote it to Cisco support. Null when no call was answered.",
      resolve: ({ trackingId }) => trackingId ?? null,
    }),
  }),
});
