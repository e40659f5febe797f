// IMPORT_CUSTOMERS: brings each customer of the list in, with its locations, users and numbers. One that is known already is
// compared instead, so an import can be repeated at any time.

import { takeIn } from '../../domain/elsewhere/take-in.ts';
import { recordItems } from '../../domain/operation/progress.ts';
import type { ProvisioningError } from '../../domain/operation/provisioning-error.ts';
import { forEachConcurrently } from '../concurrently.ts';
import { acquaintanceOf } from '../elsewhere/acquaintance.ts';
import { readDetails } from '../elsewhere/read-details.ts';
import { ownError } from '../errors.ts';
import { ended } from '../step.ts';
import type { PartnerWork, StepItem, StepResult } from '../step.ts';
import { doneItem, failedItem, tryItem } from '../try-item.ts';

const atOnce = 4;

export async function importCustomers(work: PartnerWork): Promise<StepResult> {
  await forEachConcurrently(work.items, atOnce, work.signal, (item) => importCustomer(work, item));
  return ended;
}

async function importCustomer(work: PartnerWork, item: StepItem): Promise<void> {
  const { context, lease, stepId, partnerId, platform } = work;
  const platformId = item.subjectKey;
  const readAt = context.now();
  const known = await acquaintanceOf(context.database, partnerId, platformId);
  const read = await tryItem(work, item, () => readDetails(platform, platformId, known, readAt));
  const details = 'value' in read ? read.value : null;
  const error = 'error' in read ? read.error : details && (await conflictOf(work, details.customer));
  const result = error ? failedItem(item, error) : doneItem(item);
  await recordItems(context, lease, stepId, [result], async (transaction) => {
    // Removed since the list was read: there is nothing to bring in.
    if (error || details === null) return [];
    return (await takeIn(transaction, { partnerId, readAt, now: context.now() }, details)).events;
  });
}

/** Null: nothing stands against it. */
async function conflictOf(
  { context, partnerId }: PartnerWork,
  customer: { readonly platformId: string; readonly externalId: string },
): Promise<ProvisioningError | null> {
  const { externalId, platformId } = customer;
  const holders = await context.database.customer.count({
    where: {
      partnerId,
      externalId,
      status: { not: 'DELETED' },
      vanishedAt: null,
      AND: [{ platformId: { not: null } }, { platformId: { not: platformId } }],
    },
  });
  if (holders === 0) return null;
  const message = `Another customer here has the external id ${externalId} already; change one of the two, then import again.`;
  return ownError('EXTERNAL_ID_TAKEN', message, context.now());
}
