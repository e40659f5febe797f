// OBTAIN_CONSENT: the administrator of an existing organisation is asked by mail and answers within days, or does not.

import type { ConsentStatus } from '../../database/generated/enums.ts';
import { changeConsentStatus } from '../../domain/customer/change-consent.ts';
import { changeCustomerStatus, failCustomer } from '../../domain/customer/change-status.ts';
import { withLease } from '../../domain/operation/lease.ts';
import { recordItems } from '../../domain/operation/progress.ts';
import { ownError } from '../errors.ts';
import type { PlatformAttachConsent } from '../../platform/port.ts';
import { humanDelayMs } from '../schedule.ts';
import { ended } from '../step.ts';
import type { StepResult, StepWork } from '../step.ts';
import { doneItem, failedItem, tryItem } from '../try-item.ts';

const statusHere: Record<PlatformAttachConsent['status'], ConsentStatus> = {
  PENDING: 'PENDING',
  APPROVED: 'APPROVED',
  DECLINED: 'DECLINED',
  WITHDRAWN: 'EXPIRED',
};

export async function obtainConsent(work: StepWork): Promise<StepResult> {
  const { context, platform, customerId } = work;
  const [item] = work.items;
  if (!item) return ended;
  const consent = await context.database.attachConsent.findUniqueOrThrow({
    where: { id: item.subjectKey },
    include: { customer: { select: { organizationId: true } } },
  });
  const { organizationId } = consent.customer;
  if (!organizationId) throw new Error(`customer ${customerId} names no organisation to attach to`);
  // Asking again with the same id sends no second mail, so no look is needed before.
  const asked = await tryItem(work, item, async () => {
    const present =
      (await platform.getAttachConsent(consent.id)) ??
      (await platform.requestAttachConsent({ consentId: consent.id, organizationId, reasons: consent.reasons }));
    if (present.status !== 'PENDING' || consent.expiresAt > context.now()) return present;
    // The platform decides whether an answer came first: so nobody's approval is taken there and refused here.
    return platform.withdrawAttachConsent(consent.id);
  });
  const now = context.now();
  const status = 'error' in asked ? 'DECLINED' : statusHere[asked.value.status];

  if (status === 'PENDING') {
    const sentTo = 'value' in asked ? [...asked.value.sentTo] : [];
    if (sentTo.join() !== consent.sentTo.join()) {
      await withLease(context, work.lease, async (transaction) => {
        await transaction.attachConsent.update({ where: { id: consent.id }, data: { sentTo } });
        return [];
      });
    }
    return {
      kind: 'waiting',
      nextAction: 'OBTAIN_ADMIN_CONSENT',
      message: `An administrator of the organisation has to answer the mail sent to ${sentTo.join(', ')}.`,
      lookAgainAfterMs: Math.min(
        humanDelayMs(now.getTime() - work.startedAt.getTime()),
        Math.max(1_000, consent.expiresAt.getTime() - now.getTime()),
      ),
    };
  }
  if (status === 'APPROVED') {
    await recordItems(context, work.lease, work.stepId, [doneItem(item)], async (transaction) => [
      ...(await changeConsentStatus(transaction, consent.id, status, now)),
      ...(await changeCustomerStatus(transaction, customerId, 'PROVISIONING')),
    ]);
    return ended;
  }
  const error =
    'error' in asked
      ? asked.error
      : ownError(
          status === 'EXPIRED' ? 'CONSENT_EXPIRED' : 'CONSENT_DECLINED',
          status === 'EXPIRED'
            ? 'Nobody answered the consent request in time.'
            : 'The administrator declined the request.',
          now,
        );
  await recordItems(context, work.lease, work.stepId, [failedItem(item, error)], async (transaction) => [
    ...(await changeConsentStatus(transaction, consent.id, status, now)),
    ...(await failCustomer(transaction, customerId, [error])),
  ]);
  return ended;
}
