// Sends the mail that asks an organisation's administrators for their consent once more. The time to answer stays as it was.

import { askPlatform } from '../ask-platform.ts';
import type { DomainContext } from '../context.ts';
import { resumeOperation } from '../operation/resume.ts';
import { done, refused } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { problem } from '../problem.ts';
import type { Viewer } from '../viewer.ts';
import { consentClosed } from './respond-to-consent.ts';
import type { ConsentOutcome } from './respond-to-consent.ts';

export interface ResendConsentInput {
  readonly customerId: string;
}

export async function resendAttachConsent(
  context: DomainContext,
  viewer: Viewer,
  { customerId }: ResendConsentInput,
): Promise<Outcome<ConsentOutcome>> {
  const path = ['customerId'];
  const customer = await context.database.customer.findFirst({
    where: { id: customerId, partnerId: viewer.partnerId },
    select: { attachConsents: { orderBy: { requestedAt: 'desc' }, take: 1 } },
  });
  if (!customer) return refused(problem('NOT_FOUND', path, 'There is no such customer.'));
  const [consent] = customer.attachConsents;
  if (!consent) {
    return refused(problem('CONSENT_CLOSED', path, 'Nobody has to consent to anything about this customer.'));
  }
  const self = { consentId: consent.id };
  if (consent.status !== 'PENDING' || consent.expiresAt <= context.now()) return refused(consentClosed(path), self);
  const answer = await askPlatform(path, () => context.directory.resendAttachConsent(viewer.partnerSlug, consent.id));
  if ('problem' in answer) return refused(answer.problem, self);
  if (answer.value === 'SENT') return done(self);
  // It was answered on the platform since we looked last.
  await resumeOperation(context, consent.operationId);
  return refused(consentClosed(path), self);
}
