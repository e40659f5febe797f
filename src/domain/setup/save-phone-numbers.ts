// The set-up wizard's third screen: phone numbers and extensions for users with a calling package. An empty list confirms
// that everybody has what they need.

import type { Transaction } from '../../database/transaction.ts';
import { excerpt, note } from '../checks.ts';
import type { Problems } from '../checks.ts';
import type { DomainContext } from '../context.ts';
import type { DraftReference } from '../draft/lifecycle.ts';
import type { Outcome } from '../outcome.ts';
import { problem } from '../problem.ts';
import type { Problem } from '../problem.ts';
import { lacksNumber } from '../user/number-rules.ts';
import { checkNumbers } from '../user/user-checks.ts';
import type { UserFacts } from '../user/values.ts';
import type { Viewer } from '../viewer.ts';
import { saveSetupStep } from './draft.ts';
import type { DraftOutcome } from './draft.ts';
import { abridge, judgePhoneNumbers } from './rules.ts';
import type { SetupUser } from './setup-user.ts';
import { setupLimits } from './values.ts';
import type { SetupValues } from './values.ts';

export interface PhoneNumberAssignmentInput {
  readonly email: string;
  readonly phoneNumber?: string | null | undefined;
  readonly extension?: string | null | undefined;
}

export interface SetupPhoneNumbersInput extends DraftReference {
  readonly assignments: readonly PhoneNumberAssignmentInput[];
}

interface Assignment extends Pick<SetupUser, 'email' | 'phoneNumber' | 'extension'> {
  readonly path: readonly string[];
  /** False: the form's problems tell about it already. */
  readonly isReadable: boolean;
}

/** By e-mail address. */
type Assignments = ReadonlyMap<string, Assignment>;

export function saveSetupPhoneNumbers(
  context: DomainContext,
  viewer: Viewer,
  input: SetupPhoneNumbersInput,
): Promise<Outcome<DraftOutcome>> {
  const problems: Problems = [];
  const isTooMuch = input.assignments.length > setupLimits.rowsByHand;
  const assignments = readAssignments(problems, input.assignments);
  return saveSetupStep(context, viewer, input, 'PHONE_NUMBERS', [...assignments.values()], (stored, facts) => {
    const values = { ...stored, users: assign(stored.users, assignments) };
    const found = isTooMuch ? [] : judgeAssignments(stored, values, facts, assignments);
    return {
      problems: abridge([...problems, ...found], ['assignments']),
      values,
      write: (transaction, draftId) => writeNumbers(transaction, draftId, values.users, assignments),
    };
  });
}

function readAssignments(problems: Problems, inputs: readonly PhoneNumberAssignmentInput[]): Assignments {
  const assignments = new Map<string, Assignment>();
  const limit = setupLimits.rowsByHand;
  if (inputs.length > limit) {
    note(
      problems,
      'TOO_MANY',
      ['assignments'],
      `At most ${limit} assignments are taken at once; these are ${inputs.length}.`,
    );
    return assignments;
  }
  inputs.forEach((input, index) => {
    const path = ['assignments', `${index}`];
    const before = problems.length;
    const email = input.email.trim().toLowerCase();
    if (assignments.has(email)) {
      note(problems, 'DUPLICATE', [...path, 'email'], `${excerpt(email)} is in the list twice.`);
    }
    const numbers = checkNumbers(problems, path, input);
    assignments.set(email, { ...numbers, email, path, isReadable: problems.length === before });
  });
  return assignments;
}

function assign(users: readonly SetupUser[], assignments: Assignments): SetupUser[] {
  return users.map((user) => {
    const assignment = assignments.get(user.email);
    return assignment ? { ...user, phoneNumber: assignment.phoneNumber, extension: assignment.extension } : user;
  });
}

function judgeAssignments(
  stored: SetupValues,
  { users }: SetupValues,
  facts: UserFacts,
  assignments: Assignments,
): Problem[] {
  const emails = new Set(users.map(({ email }) => email));
  const unknown = [...assignments.values()].filter(({ email }) => !emails.has(email));
  // Those the form does not name come first: of two that want the same number, it is the form's that is told.
  const judged = [
    ...users.filter(({ email }) => !assignments.has(email)),
    ...users.filter(({ email }) => assignments.get(email)?.isReadable),
  ];
  const found = judgePhoneNumbers({ users: judged }, facts, ({ email }) => assignments.get(email)?.path ?? null);
  // Where one save cannot name everybody, several may: until the last one the step stays INVALID.
  const isPart = stored.users.filter(lacksNumber).length > setupLimits.rowsByHand;
  return [
    ...unknown.map(({ path }) =>
      problem('NOT_FOUND', [...path, 'email'], 'The draft has no user with this e-mail address.'),
    ),
    ...found.filter(({ code }) => !isPart || code !== 'NUMBER_OR_EXTENSION_REQUIRED'),
  ];
}

async function writeNumbers(
  transaction: Transaction,
  draftId: string,
  users: readonly SetupUser[],
  assignments: Assignments,
): Promise<void> {
  const changed = users.filter(({ email }) => assignments.has(email));
  await transaction.$executeRaw`
    UPDATE "SetupDraftUser" AS draft_user SET "phoneNumber" = given."phoneNumber", "extension" = given."extension"
    FROM unnest(
      ${changed.map(({ position }) => position)}::int[],
      ${changed.map(({ phoneNumber }) => phoneNumber)}::text[],
      ${changed.map(({ extension }) => extension)}::text[]
    ) AS given ("position", "phoneNumber", "extension")
    WHERE draft_user."draftId" = ${draftId}::uuid AND draft_user."position" = given."position"`;
}
