// What the drafts of all three wizards have in common. Screens may be saved again in any order once they were reached:
// each save judges the whole draft anew.

import { draftStatus, parseWarnings } from '../../src/domain/draft/lifecycle.ts';
import { isReadyToSubmit, parseSteps } from '../../src/domain/draft/steps.ts';
import type { DraftIssue as StoredIssue, DraftStep as StoredStep } from '../../src/domain/draft/steps.ts';
import type { TemplateDraft } from '../../src/database/generated/client.ts';
import { builder } from '../builder.ts';
import { openEnum } from './open-enum.ts';
import { UserErrorCode } from './user-error-code.ts';
import { Warning } from './warning.ts';
import { WizardStep } from './wizard-step.ts';

/** The columns that the fields below are made from; each draft type loads them always. */
export const draftColumns = {
  id: true,
  version: true,
  status: true,
  currentStep: true,
  steps: true,
  warnings: true,
  createdAt: true,
  updatedAt: true,
  expiresAt: true,
} as const;

const DraftStatus = builder.enumType('DraftStatus', {
  description: openEnum('What can still be done with a draft.'),
  values: {
    OPEN: { description: 'It can be changed, submitted and discarded.' },
    SUBMITTED: { description: 'It was submitted and can only be looked at.' },
    DISCARDED: { description: 'It was given up and can only be looked at.' },
    EXPIRED: { description: 'It was left alone until `expiresAt` and can only be looked at.' },
  },
});

const DraftStepState = builder.enumType('DraftStepState', {
  description: openEnum('How far a screen of a wizard has got.'),
  values: {
    PENDING: { description: 'Not saved yet.' },
    INVALID: {
      description:
        'Saved, but no longer right, for instance because an earlier screen was changed since: see its issues.',
    },
    COMPLETE: { description: 'Saved and right.' },
  },
});

export const DraftIssue = builder.objectRef<StoredIssue>('DraftIssue').implement({
  description: 'Something about values that were saved, or about a row of an import, that has to be put right.',
  fields: (t) => ({
    code: t.field({
      type: UserErrorCode,
      description: 'For programs: never changes its meaning.',
      resolve: ({ code }) => code,
    }),
    message: t.exposeString('message', { description: 'For people, in English. The wording may change.' }),
    path: t.stringList({
      description: 'Where in the form of that screen, or in that row, the value stands.',
      resolve: ({ path }) => path,
    }),
  }),
});

const DraftStep = builder.objectRef<StoredStep>('DraftStep').implement({
  description: 'One screen of a wizard and how far it has got.',
  fields: (t) => ({
    step: t.field({ type: WizardStep, description: 'Which screen.', resolve: ({ step }) => step }),
    state: t.field({ type: DraftStepState, description: 'Whether it is done.', resolve: ({ state }) => state }),
    issues: t.field({
      type: [DraftIssue],
      description: 'What is wrong with it; empty unless it is INVALID.',
      resolve: ({ issues }) => issues,
    }),
  }),
});

type DraftRow = Pick<TemplateDraft, keyof typeof draftColumns>;

export const WizardDraft = builder.interfaceRef<DraftRow>('WizardDraft').implement({
  description:
    'A wizard in progress, kept on the server: it can be left and continued elsewhere, by anybody of the partner who may. Nothing happens until it is submitted. More implementing types may be added.',
  interfaces: [builder.nodeInterfaceRef()],
  fields: (t) => ({
    version: t.exposeInt('version', {
      description:
        'Raised by every save. Send it back as `expectedVersion` so that nobody overwrites what somebody else saved.',
    }),
    status: t.field({
      type: DraftStatus,
      description: 'Whether it can still be changed.',
      resolve: (draft, _args, { domain }) => draftStatus(draft, domain.now()),
    }),
    currentStep: t.field({
      type: WizardStep,
      description: 'The first screen that is not complete; REVIEW when all are.',
      resolve: ({ currentStep }) => currentStep,
    }),
    steps: t.field({
      type: [DraftStep],
      description: 'All screens in their order, REVIEW last.',
      resolve: ({ steps }) => parseSteps(steps),
    }),
    isReadyToSubmit: t.boolean({
      description: 'True when every screen before REVIEW is complete. Submitting judges everything once more.',
      resolve: ({ steps }) => isReadyToSubmit(parseSteps(steps)),
    }),
    warnings: t.field({
      type: [Warning],
      description: 'What is worth knowing before submitting; none of it stands in the way.',
      resolve: ({ warnings }) => parseWarnings(warnings),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When the wizard was started.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it was last saved.' }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      description: 'When it expires unless it is saved again; each save moves this on.',
    }),
  }),
});
