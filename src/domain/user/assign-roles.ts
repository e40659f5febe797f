// Gives a user roles in the customer's Control Hub (domain rule S11). The given roles replace those the user has.

import type { OrganizationRole } from '../../database/generated/enums.ts';
import { note } from '../checks.ts';
import type { Problems } from '../checks.ts';
import type { DomainContext } from '../context.ts';
import { judgeServed } from '../customer/serving.ts';
import { checkIdempotencyKey } from '../idempotency.ts';
import { inIdempotentTransaction } from '../idempotent-transaction.ts';
import { acceptOperation } from '../operation/accept.ts';
import { done, refused } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { problem } from '../problem.ts';
import type { Problem } from '../problem.ts';
import type { Viewer } from '../viewer.ts';
import { lockUser, userNotFound } from './lock-user.ts';
import type { LockedUser } from './lock-user.ts';
import { keptUserWork } from './remove-user.ts';
import type { UserWork } from './remove-user.ts';

export interface AssignOrganizationRolesInput {
  readonly idempotencyKey: string;
  readonly userId: string;
  /** Complete; empty: none. */
  readonly roles: readonly OrganizationRole[];
}

export async function assignOrganizationRoles(
  context: DomainContext,
  viewer: Viewer,
  { idempotencyKey, userId, roles: given }: AssignOrganizationRolesInput,
): Promise<Outcome<UserWork>> {
  const problems: Problems = [];
  const key = checkIdempotencyKey(problems, idempotencyKey);
  given.forEach((role, index) => {
    if (given.indexOf(role) < index)
      note(problems, 'DUPLICATE', ['roles', `${index}`], `${role} is in the list already.`);
  });
  // Their order means nothing.
  const roles = [...given].sort();
  const call = {
    mutation: 'assignOrganizationRoles',
    key: problems.length > 0 ? null : key,
    input: { userId, roles },
    answer: keptUserWork,
  };
  return inIdempotentTransaction<UserWork>(context, viewer, call, async (transaction) => {
    const locked = await lockUser(transaction, viewer, userId);
    if (!locked) return refused([...problems, userNotFound()]);
    const found = [...problems, ...judgeServed(locked.customer, ['userId']), ...judgeAssignable(locked)];
    if (found.length > 0) return refused(found, { userId, operationId: null });
    const { user, customer } = locked;
    const operationId = await acceptOperation(context, transaction, viewer, {
      kind: 'ASSIGN_ROLES',
      customerId: customer.id,
      message: `Assigning roles to ${user.email} was accepted: ${roles.join(', ') || 'none'}.`,
      steps: [{ kind: 'ASSIGN_ROLES', items: [userId] }],
      input: { roles },
    });
    return done({ userId, operationId });
  });
}

function judgeAssignable({ user }: LockedUser): Problem[] {
  if (user.status === 'PROVISIONED' && user.personId !== null) return [];
  return [
    problem(
      'USER_NOT_PROVISIONED',
      ['userId'],
      `Only a PROVISIONED user can be given roles; ${user.email} is ${user.status}.`,
    ),
  ];
}
