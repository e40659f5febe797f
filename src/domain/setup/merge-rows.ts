// Brings CSV rows into a draft's users: good rows are added or replace the user with the same e-mail address, the others
// are named with what is wrong. Pure.

import type { DraftIssue } from '../draft/steps.ts';
import type { Problem } from '../problem.ts';
import { claim, claimsOf } from '../user/claims.ts';
import { judgeNumbers } from '../user/number-rules.ts';
import { judgeSeats } from '../user/user-rules.ts';
import type { UserFacts } from '../user/values.ts';
import type { UserRow } from './csv-users.ts';
import type { SetupUser } from './setup-user.ts';
import { judgeUser, locationKeys } from './user-rules.ts';
import type { SetupValues } from './values.ts';

export interface RejectedRow {
  /** As a spreadsheet numbers it: the header is row 1. */
  readonly row: number;
  /** Paths name the column. */
  readonly issues: readonly DraftIssue[];
}

export interface MergedRows {
  /** The draft's users as they will be, by position. */
  readonly users: readonly SetupUser[];
  /** Those of them that come from the rows. */
  readonly imported: readonly SetupUser[];
  readonly rejectedRows: readonly RejectedRow[];
}

/**
 * Rows are judged from top to bottom. Users that a readable row is about give up what they hold beforehand, so that a
 * corrected list may hand numbers round among them.
 */
export function mergeRows(stored: SetupValues, facts: UserFacts, rows: readonly UserRow[]): MergedRows {
  const users = new Map(stored.users.map((user) => [user.email, user]));
  let nextPosition = (stored.users.at(-1)?.position ?? -1) + 1;
  const mentioned = new Set(rows.flatMap(({ user }) => user?.email ?? []));
  const claims = claimsOf(stored.users.filter(({ email }) => !mentioned.has(email)));
  const locations = locationKeys(stored, facts);
  const imported: SetupUser[] = [];
  const rejectedRows: RejectedRow[] = [];
  for (const { row, user, issues } of rows) {
    if (!user) {
      rejectedRows.push(rejected(row, issues));
      continue;
    }
    const problems = [...judgeUser(user, facts, locations, claims), ...judgeNumbers(user, facts, claims)];
    const exceeded = judgeSeats(user.package, (claims.seats.get(user.package) ?? 0) + 1, ['package'], facts);
    if (problems.length > 0 || exceeded) {
      rejectedRows.push(rejected(row, exceeded ? [...problems, exceeded] : problems));
      continue;
    }
    claim(claims, user);
    const placed = { ...user, position: users.get(user.email)?.position ?? nextPosition++ };
    users.set(user.email, placed);
    imported.push(placed);
  }
  return { users: [...users.values()].sort((a, b) => a.position - b.position), imported, rejectedRows };
}

function rejected(row: number, problems: readonly Problem[]): RejectedRow {
  return { row, issues: problems.map(({ code, message, path }) => ({ code, message, path })) };
}
