// DETACH_SUBSCRIPTION: takes the wholesale services away. A customer that is gone, or never came to be, counts as done.

import { changeCustomerStatus, changePackageStatus } from '../../domain/customer/change-status.ts';
import { forgetServices } from '../../domain/customer/forget-services.ts';
import type { OperationEvent } from '../../domain/operation/lease.ts';
import { recordItems } from '../../domain/operation/progress.ts';
import type { ProvisioningError } from '../../domain/operation/provisioning-error.ts';
import type { PlatformCustomer } from '../../platform/port.ts';
import { sightAtPlatform } from '../elsewhere/observe.ts';
import { errorOfIssue, ownError } from '../errors.ts';
import { pollDelayMs } from '../schedule.ts';
import { ended } from '../step.ts';
import type { StepItem, StepResult, StepWork } from '../step.ts';
import { doneItem, failedItem, tryItem } from '../try-item.ts';
import { watchCustomer } from '../watching/sight.ts';

export async function detachSubscription(work: StepWork): Promise<StepResult> {
  const { context, platform } = work;
  const [item] = work.items;
  if (!item) return ended;
  const platformId = await knownId(work);
  const found = platformId === null ? null : await platform.getCustomer(platformId);
  if (platformId === null || found === null) {
    await recordItems(context, work.lease, work.stepId, [doneItem(item)], async (transaction) => {
      await forgetServices(transaction, work.customerId);
      return changeCustomerStatus(transaction, work.customerId, 'DELETED', { errors: [] });
    });
    return ended;
  }
  if (item.isWaiting && found.status === 'ERROR') {
    const [issue] = found.errors;
    const now = context.now();
    const silent = ownError('PLATFORM_REJECTED', 'The platform did not remove the customer and gave no reason.', now);
    await fail(work, item, issue ? errorOfIssue(issue, now) : silent, found);
    return ended;
  }
  if (!item.isWaiting && found.status !== 'DELETING') {
    const asked = await tryItem(work, item, async (mayHaveHappened) => {
      const again = mayHaveHappened ? await platform.getCustomer(platformId) : found;
      if (again !== null && again.status !== 'DELETING') await platform.detachCustomer(platformId);
    });
    if ('error' in asked) {
      await fail(work, item, asked.error, found);
      return ended;
    }
  }
  const waiting = { position: item.position, status: 'WAITING' } as const;
  await recordItems(context, work.lease, work.stepId, [waiting], () => Promise.resolve([]));
  return {
    kind: 'waiting',
    nextAction: 'WAIT',
    message: 'The platform is taking the wholesale services away.',
    lookAgainAfterMs: pollDelayMs(context.now().getTime() - work.startedAt.getTime()),
    // What was seen was before it was asked for.
    watching: watchCustomer(work, platformId, 'PLATFORM', null),
  };
}

/** Null: the platform has nothing of this customer. */
async function knownId({ context, platform, customerId }: StepWork): Promise<string | null> {
  const customer = await context.database.customer.findUniqueOrThrow({ where: { id: customerId } });
  if (customer.platformId !== null) return customer.platformId;
  // Asked for without ever learning what came of it: found under its external id, it is the one that was asked for.
  const tried = await context.database.operationItem.count({
    where: {
      step: { operation: { customerId }, kind: { in: ['CREATE_ORGANIZATION', 'ATTACH_SUBSCRIPTION'] } },
      isAsked: true,
    },
  });
  if (tried === 0) return null;
  return (await platform.findCustomerByExternalId(customer.externalId))?.platformId ?? null;
}

async function fail(work: StepWork, item: StepItem, error: ProvisioningError, found: PlatformCustomer): Promise<void> {
  const { customerId } = work;
  await recordItems(work.context, work.lease, work.stepId, [failedItem(item, error)], async (transaction) => {
    const events: OperationEvent[] = [];
    const columns = { errors: [error], platformSight: sightAtPlatform(found) };
    const leaving = await transaction.customerPackage.findMany({ where: { customerId, status: 'DELETING' } });
    for (const { code } of leaving) {
      const problems = { errors: [error], warnings: [] };
      events.push(...(await changePackageStatus(transaction, customerId, code, 'ERROR', problems)));
    }
    return [...events, ...(await changeCustomerStatus(transaction, customerId, 'ERROR', columns))];
  });
}
