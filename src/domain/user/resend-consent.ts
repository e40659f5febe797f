// Has the platform mail a user again who was asked to move a free account. The person waits for the answer, nothing is
// written here: the operation that waits for the user goes on waiting.

import type { DomainContext } from '../context.ts';
import { done, refused } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { platformProblem } from '../platform-problem.ts';
import { problem } from '../problem.ts';
import type { Viewer } from '../viewer.ts';
import { userNotFound } from './lock-user.ts';

export interface ResendUserConsentInput {
  readonly userId: string;
}

export interface ResendUserConsentOutcome {
  readonly userId: string;
}

export async function resendUserConsent(
  context: DomainContext,
  viewer: Viewer,
  { userId }: ResendUserConsentInput,
): Promise<Outcome<ResendUserConsentOutcome>> {
  const user = await context.database.user.findFirst({
    where: { id: userId, partnerId: viewer.partnerId },
    select: { email: true, status: true, platformId: true },
  });
  if (!user) return refused(userNotFound());
  const path = ['userId'];
  const { email, status, platformId } = user;
  if (status !== 'AWAITING_USER_CONSENT' || platformId === null) {
    const message = `Only a user that is AWAITING_USER_CONSENT can be asked again; ${email} is ${status}.`;
    return refused(problem('USER_NOT_AWAITING_CONSENT', path, message), { userId });
  }
  try {
    await context.directory.resendUserConsent(viewer.partnerSlug, platformId);
  } catch (error) {
    return refused(platformProblem(error, path), { userId });
  }
  return done({ userId });
}
