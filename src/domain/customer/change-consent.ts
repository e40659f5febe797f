// Moves an attach consent to another status: the row and the event that tells of it.

import type { ConsentStatus } from '../../database/generated/enums.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { OperationEvent } from '../operation/lease.ts';

export const consentTransitions: Record<ConsentStatus, readonly ConsentStatus[]> = {
  PENDING: ['APPROVED', 'DECLINED', 'EXPIRED'],
  APPROVED: [],
  DECLINED: [],
  EXPIRED: [],
};

export async function changeConsentStatus(
  transaction: Transaction,
  consentId: string,
  to: ConsentStatus,
  now: Date,
): Promise<OperationEvent[]> {
  const { status: from } = await transaction.attachConsent.findUniqueOrThrow({ where: { id: consentId } });
  if (from === to) return [];
  if (!consentTransitions[from].includes(to)) throw new Error(`consent ${consentId} cannot go from ${from} to ${to}`);
  await transaction.attachConsent.update({ where: { id: consentId }, data: { status: to, decidedAt: now } });
  return [
    {
      type: 'CONSENT_STATUS_CHANGED',
      message: `The consent of the organisation's administrator is ${to}.`,
      subject: { type: 'AttachConsent', id: consentId },
      fromStatus: from,
      toStatus: to,
    },
  ];
}
