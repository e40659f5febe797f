// Mutation.importSetupUsers

import { importSetupUsers } from '../../src/domain/setup/import-users.ts';
import type { ImportOutcome } from '../../src/domain/setup/import-users.ts';
import type { RejectedRow as DomainRow } from '../../src/domain/setup/merge-rows.ts';
import { builder } from '../builder.ts';
import { viewerOf } from '../context.ts';
import { draftFields, inputDescription, withDraftRow } from '../shared/input.ts';
import { draftDescription, payloadType } from '../shared/payload.ts';
import { DraftIssue } from '../shared/wizard-draft.ts';
import { findSetupDraft, SetupDraft } from './setup-draft.ts';

const RejectedRow = builder.objectRef<DomainRow>('RejectedRow').implement({
  description: 'A row of a CSV that was left out.',
  fields: (t) => ({
    row: t.exposeInt('row', { description: 'As a spreadsheet numbers it: the header is row 1.' }),
    issues: t.field({
      type: [DraftIssue],
      description: 'Everything that is wrong with the row; paths name the column.',
      resolve: ({ issues }) => issues,
    }),
  }),
});

const ImportSetupUsersInput = builder.inputType('ImportSetupUsersInput', {
  description: "The set-up wizard's second screen, filled in from a file.",
  fields: (t) => ({
    ...draftFields(t),
    csv: t.string({
      required: true,
      description:
        'CSV text with a header row. Columns are named like the fields of SetupUserInput; case, spaces and underscores do not matter, other columns are refused. At most 4 MiB, and 20,000 people in a draft.',
    }),
  }),
});

const ImportSetupUsersPayload = payloadType<ImportOutcome>(
  'ImportSetupUsersPayload',
  'The answer to an import of users.',
  (t) => ({
    draft: t.prismaField({
      type: SetupDraft,
      nullable: true,
      description: draftDescription,
      resolve: (query, { value }, _args, context) => findSetupDraft(context, query, value?.draftId),
    }),
    importedRows: t.int({
      description: 'How many rows were taken over into the draft.',
      resolve: ({ value }) => value?.importedRows ?? 0,
    }),
    rejectedRows: t.field({
      type: [RejectedRow],
      description:
        'The rows that were left out, with the reasons. They are no user errors: the good rows were taken over.',
      resolve: ({ value }) => value?.rejectedRows ?? [],
    }),
  }),
);

builder.mutationField('importSetupUsers', (t) =>
  t.field({
    type: ImportSetupUsersPayload,
    nullable: true,
    description:
      "Saves the set-up wizard's second screen from a CSV. People whose e-mail address is in the draft already are replaced, others are added; bad rows are named and left out, so a corrected file can simply be imported again.",
    authScopes: { provision: true },
    args: { input: t.arg({ type: ImportSetupUsersInput, required: true, description: inputDescription }) },
    resolve: (_root, { input }, context) =>
      importSetupUsers(context.domain, viewerOf(context), withDraftRow('SetupDraft', input)),
  }),
);
