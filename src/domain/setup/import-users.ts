// The set-up wizard's second screen, filled in from a CSV: many users at once, bad rows named and left out.

import type { Problems } from '../checks.ts';
import type { DomainContext } from '../context.ts';
import type { DraftReference } from '../draft/lifecycle.ts';
import type { Outcome } from '../outcome.ts';
import { problem } from '../problem.ts';
import type { Problem } from '../problem.ts';
import type { Viewer } from '../viewer.ts';
import { readUserRows } from './csv-users.ts';
import { saveSetupStep } from './draft.ts';
import type { DraftOutcome } from './draft.ts';
import { mergeRows } from './merge-rows.ts';
import type { RejectedRow } from './merge-rows.ts';
import type { SetupUser } from './setup-user.ts';
import { setupLimits } from './values.ts';
import { writeDraftUsers } from './write-draft-users.ts';

export interface ImportSetupUsersInput extends DraftReference {
  readonly csv: string;
}

export interface ImportOutcome extends DraftOutcome {
  readonly importedRows: number;
  readonly rejectedRows: readonly RejectedRow[];
}

/** A CSV without any good row is no problem of the form: the draft stays as it is, and the rows tell why. */
export async function importSetupUsers(
  context: DomainContext,
  viewer: Viewer,
  input: ImportSetupUsersInput,
): Promise<Outcome<ImportOutcome>> {
  const problems: Problems = [];
  const rows = readUserRows(problems, input.csv);
  const mentions = rows.flatMap(({ user }) => user ?? []);
  let result: Omit<ImportOutcome, 'draftId'> = { importedRows: 0, rejectedRows: [] };
  const outcome = await saveSetupStep(context, viewer, input, 'USERS', mentions, (stored, facts) => {
    const { users, imported, rejectedRows } = mergeRows(stored, facts, rows);
    const tooMany = judgeCount(users);
    if (tooMany.length === 0) result = { importedRows: imported.length, rejectedRows };
    return {
      problems: [...problems, ...tooMany],
      values: { ...stored, users },
      write: imported.length > 0 ? (transaction, draftId) => writeDraftUsers(transaction, draftId, imported) : null,
    };
  });
  return { ...outcome, value: outcome.value && { ...outcome.value, ...result } };
}

function judgeCount(users: readonly SetupUser[]): Problem[] {
  const { users: limit } = setupLimits;
  if (users.length <= limit) return [];
  return [
    problem(
      'TOO_MANY',
      ['csv'],
      `A draft holds at most ${limit} users; with these rows it would have ${users.length}.`,
    ),
  ];
}
