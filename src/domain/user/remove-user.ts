// Removes a user: accepted here, carried out at the platform, then forgotten. The person's Webex account stays.

import { z } from 'zod';
import type { Problems } from '../checks.ts';
import type { DomainContext } from '../context.ts';
import { judgeReachable } from '../customer/serving.ts';
import { checkIdempotencyKey } from '../idempotency.ts';
import { inIdempotentTransaction } from '../idempotent-transaction.ts';
import { acceptOperation } from '../operation/accept.ts';
import { done, refused } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import type { Viewer } from '../viewer.ts';
import { changeUserStatus } from './change-status.ts';
import { judgeIdle, lockUser, userNotFound } from './lock-user.ts';

export interface RemoveUserInput {
  readonly idempotencyKey: string;
  readonly userId: string;
}

export interface UserWork {
  readonly userId: string;
  /** Null: refused. */
  readonly operationId: string | null;
}

export const keptUserWork = z.object({ userId: z.string(), operationId: z.string() });

export async function removeUser(
  context: DomainContext,
  viewer: Viewer,
  { idempotencyKey, userId }: RemoveUserInput,
): Promise<Outcome<UserWork>> {
  const problems: Problems = [];
  const key = checkIdempotencyKey(problems, idempotencyKey);
  const call = { mutation: 'removeUser', key, input: { userId }, answer: keptUserWork };
  return inIdempotentTransaction<UserWork>(context, viewer, call, async (transaction) => {
    const locked = await lockUser(transaction, viewer, userId);
    if (!locked) return refused([...problems, userNotFound()]);
    const found = [
      ...problems,
      ...judgeReachable(locked.customer, ['userId']),
      ...(await judgeIdle(transaction, locked)),
    ];
    if (found.length > 0) return refused(found, { userId, operationId: null });
    const { user, customer } = locked;
    const events = await changeUserStatus(transaction, userId, 'DELETING', context.now());
    const operation = {
      kind: 'REMOVE_USER',
      customerId: customer.id,
      message: `Removing the user ${user.email} was accepted.`,
      steps: [{ kind: 'REMOVE_USERS', items: [userId] }],
    } as const;
    return done({ userId, operationId: await acceptOperation(context, transaction, viewer, operation, events) });
  });
}
