// The statuses of a template, which may follow which (domain.md 7.1), and the move: the row and the event that tells of it.

import { appendEvents } from '../../database/event-log.ts';
import type { TemplateStatus } from '../../database/generated/enums.ts';
import type { Transaction } from '../../database/transaction.ts';

/** A draft is no template yet: it has a table of its own (draft/lifecycle.ts). */
export const templateTransitions: Record<TemplateStatus, readonly TemplateStatus[]> = {
  AWAITING_PROVISIONING_ID: ['ACTIVE', 'ARCHIVED'],
  ACTIVE: ['ARCHIVED'],
  ARCHIVED: [],
};

interface MovedTemplate {
  readonly id: string;
  readonly partnerId: string;
  readonly status: TemplateStatus;
}

/** Call it last in the transaction, with the row locked: it appends to the event log. */
export async function changeTemplateStatus(
  transaction: Transaction,
  { id, partnerId, status: from }: MovedTemplate,
  to: TemplateStatus,
  told: { readonly message: string; readonly at: Date; readonly provisioningId?: string },
): Promise<void> {
  if (!templateTransitions[from].includes(to)) throw new Error(`template ${id} cannot go from ${from} to ${to}`);
  const { message, at, provisioningId } = told;
  await transaction.onboardingTemplate.update({
    where: { id },
    data: { status: to, version: { increment: 1 }, ...(provisioningId === undefined ? {} : { provisioningId }) },
  });
  await appendEvents(transaction, partnerId, at, [
    {
      type: 'TEMPLATE_UPDATED',
      message,
      subject: { type: 'OnboardingTemplate', id },
      fromStatus: from,
      toStatus: to,
    },
  ]);
}
