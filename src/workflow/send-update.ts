// Sends a customer to the platform as it is to be. The request names everything, so sending it twice does no harm.

import { changeCustomerStatus, changePackageStatus } from '../domain/customer/change-status.ts';
import type { OperationEvent } from '../domain/operation/lease.ts';
import { recordItems } from '../domain/operation/progress.ts';
import type { ProvisioningError } from '../domain/operation/provisioning-error.ts';
import { sightAtPlatform } from './elsewhere/observe.ts';
import { ownError } from './errors.ts';
import { customerRequest } from './requests.ts';
import type { StepWork } from './step.ts';
import { failedItem, tryItem } from './try-item.ts';

/** Null: it was accepted, and the step's items wait for what comes of it. Otherwise why the platform refused. */
export async function sendUpdate(work: StepWork): Promise<ProvisioningError | null> {
  const { context, platform, customerId } = work;
  const fresh = work.items.filter(({ isWaiting }) => !isWaiting);
  const [first] = fresh;
  if (!first) return null;
  const customer = await context.database.customer.findUniqueOrThrow({
    where: { id: customerId },
    include: { packages: true, locations: { where: { kind: 'HEADQUARTERS' } } },
  });
  const { platformId } = customer;
  if (!platformId) throw new Error(`customer ${customerId} is not known to the platform yet`);
  const sent = await tryItem(work, first, async (mayHaveHappened) => {
    const found = mayHaveHappened ? await platform.getCustomer(platformId) : null;
    if (found?.status === 'UPDATING') return;
    await platform.updateCustomer(platformId, customerRequest(customer));
  });
  if ('error' in sent) return sent.error;
  const waiting = fresh.map(({ position }) => ({ position, status: 'WAITING' as const }));
  await recordItems(context, work.lease, work.stepId, waiting, () => Promise.resolve([]));
  return null;
}

/** The platform has changed nothing: what was there before is there still, what was to come or go has failed. */
export async function recordRefusal(work: StepWork, error: ProvisioningError): Promise<void> {
  const { context, customerId } = work;
  const { platformId } = await context.database.customer.findUniqueOrThrow({
    where: { id: customerId },
    select: { platformId: true },
  });
  const found = platformId === null ? null : await work.platform.getCustomer(platformId);
  const isThere = found !== null && found.status !== 'ERROR';
  const failed = work.items.map((item) => failedItem(item, error));
  await recordItems(context, work.lease, work.stepId, failed, async (transaction) => {
    const events: OperationEvent[] = [];
    const open = await transaction.customerPackage.findMany({
      where: { customerId, status: { in: ['PROVISIONING', 'DELETING'] } },
    });
    for (const { code } of open) {
      const problems = { errors: [error], warnings: [] };
      events.push(...(await changePackageStatus(transaction, customerId, code, 'ERROR', problems)));
    }
    const errors = found
      ? [error]
      : [error, ownError('NOT_FOUND', 'The platform does not have the customer any more.', context.now())];
    const status = isThere ? 'PROVISIONED_WITH_ERRORS' : 'ERROR';
    const columns = { errors, ...(found ? { platformSight: sightAtPlatform(found) } : {}) };
    return [...events, ...(await changeCustomerStatus(transaction, customerId, status, columns))];
  });
}
