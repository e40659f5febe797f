// Carries the answer to a consent mail to the platform, for platforms that take it from here, and has the operation that
// waits for it go on at once. What the answer means for the customer is the operation's business.

import { askPlatform } from '../ask-platform.ts';
import { textLimits } from '../checks.ts';
import type { DomainContext } from '../context.ts';
import { resumeOperation } from '../operation/resume.ts';
import { done, refused } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { problem } from '../problem.ts';
import type { Problem } from '../problem.ts';
import type { Viewer } from '../viewer.ts';

export interface RespondToConsentInput {
  /** From the mail. */
  readonly token: string;
  readonly decision: 'APPROVE' | 'DECLINE';
}

export interface ConsentOutcome {
  /** Null: it was a user's consent to move, or nothing was found. */
  readonly consentId: string | null;
}

export async function respondToAttachConsent(
  context: DomainContext,
  viewer: Viewer,
  input: RespondToConsentInput,
): Promise<Outcome<ConsentOutcome>> {
  const token = input.token.trim();
  if (token === '' || token.length > textLimits.identifier) return refused(tokenInvalid());
  const answer = await askPlatform(['token'], () =>
    context.directory.answerConsent(viewer.partnerSlug, token, input.decision),
  );
  if ('problem' in answer) return refused(answer.problem);
  const result = answer.value;
  switch (result.kind) {
    case 'INVALID_TOKEN':
      return refused(tokenInvalid());
    case 'CLOSED':
      return refused(consentClosed(['token']));
    case 'USER':
      await resumeWaitingForUser(context, viewer, result.userPlatformId);
      return done({ consentId: null });
    case 'ATTACH':
      return resumeAttach(context, viewer, result.consentId);
  }
}

async function resumeAttach(
  context: DomainContext,
  viewer: Viewer,
  consentId: string,
): Promise<Outcome<ConsentOutcome>> {
  const consent = await context.database.attachConsent.findFirst({
    where: { id: consentId, partnerId: viewer.partnerId },
    select: { status: true, operationId: true },
  });
  if (!consent) return refused(tokenInvalid());
  // Called off here while the platform could not be told.
  if (consent.status === 'EXPIRED') return refused(consentClosed(['token']), { consentId });
  await resumeOperation(context, consent.operationId);
  return done({ consentId });
}

async function resumeWaitingForUser(context: DomainContext, viewer: Viewer, platformId: string): Promise<void> {
  const user = await context.database.user.findFirst({
    where: { platformId, partnerId: viewer.partnerId },
    select: { customerId: true },
  });
  if (!user) return;
  const waiting = await context.database.provisioningOperation.findMany({
    where: { customerId: user.customerId, status: 'WAITING', nextAction: 'OBTAIN_USER_CONSENT' },
    select: { id: true },
  });
  for (const { id } of waiting) await resumeOperation(context, id);
}

function tokenInvalid(): Problem {
  return problem(
    'CONSENT_TOKEN_INVALID',
    ['token'],
    'No consent was asked for with this token; it stands in the mail.',
  );
}

export function consentClosed(path: readonly string[]): Problem {
  return problem('CONSENT_CLOSED', path, 'This consent has been answered, has expired, or is not wanted any more.');
}
