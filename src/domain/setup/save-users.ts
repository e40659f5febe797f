// The set-up wizard's second screen, filled in by hand: replaces the draft's users by those of the form.

import { checkEmail, note } from '../checks.ts';
import type { Problems } from '../checks.ts';
import type { DomainContext } from '../context.ts';
import type { DraftReference } from '../draft/lifecycle.ts';
import type { Outcome } from '../outcome.ts';
import type { Viewer } from '../viewer.ts';
import { saveSetupStep } from './draft.ts';
import type { DraftOutcome } from './draft.ts';
import { judgeUsers, judgeUsersNumbers } from './rules.ts';
import { checkSetupUser } from './setup-user.ts';
import type { SetupUser, SetupUserInput } from './setup-user.ts';
import type { UnreadableUser } from './user-rules.ts';
import { setupLimits } from './values.ts';
import { writeDraftUsers } from './write-draft-users.ts';

export interface SetupUsersInput extends DraftReference {
  readonly users: readonly SetupUserInput[];
}

export function saveSetupUsers(
  context: DomainContext,
  viewer: Viewer,
  input: SetupUsersInput,
): Promise<Outcome<DraftOutcome>> {
  const problems: Problems = [];
  const { users, unreadable } = readUsers(problems, input.users);
  const mentions = [
    ...users,
    ...unreadable.flatMap(({ email }) => (email === null ? [] : { email, phoneNumber: null, extension: null })),
  ];
  return saveSetupStep(context, viewer, input, 'USERS', mentions, (stored, facts) => {
    const values = { ...stored, users };
    return {
      problems: [...problems, ...judgeUsers(values, facts, unreadable), ...judgeUsersNumbers(values, facts)],
      values,
      async write(transaction, draftId) {
        await transaction.setupDraftUser.deleteMany({ where: { draftId } });
        await writeDraftUsers(transaction, draftId, users);
      },
    };
  });
}

interface ReadUsers {
  readonly users: readonly SetupUser[];
  /** Noted already, value by value; their other values are judged all the same. */
  readonly unreadable: readonly UnreadableUser[];
}

function readUsers(problems: Problems, inputs: readonly SetupUserInput[]): ReadUsers {
  const path = ['users'];
  if (inputs.length > setupLimits.rowsByHand) {
    const message = `At most ${setupLimits.rowsByHand} users are added by hand; these are ${inputs.length}. Import them as CSV.`;
    note(problems, 'TOO_MANY', path, message);
    return { users: [], unreadable: [] };
  }
  const users: SetupUser[] = [];
  const unreadable: UnreadableUser[] = [];
  for (const [index, input] of inputs.entries()) {
    const user = checkSetupUser(problems, [...path, `${index}`], input, index);
    if (user) users.push(user);
    else unreadable.push({ ...input, position: index, email: checkEmail([], [], input.email) });
  }
  return { users, unreadable };
}
