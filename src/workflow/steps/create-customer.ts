// CREATE_ORGANIZATION and ATTACH_SUBSCRIPTION: the platform accepts the wholesale customer, for a new organisation or for
// one that exists. Done when the platform has an organisation for it; its packages are the next step's business.

import { changeCustomerStatus, failCustomer } from '../../domain/customer/change-status.ts';
import { withLease } from '../../domain/operation/lease.ts';
import { markAsked, recordItems } from '../../domain/operation/progress.ts';
import type { ProvisioningError } from '../../domain/operation/provisioning-error.ts';
import { PlatformFailure } from '../../platform/failure.ts';
import type { PlatformCustomer } from '../../platform/port.ts';
import { errorOfIssue, ownError } from '../errors.ts';
import { createCustomerRequest } from '../requests.ts';
import { humanDelayMs, pollDelayMs } from '../schedule.ts';
import { sendUpdate } from '../send-update.ts';
import { ended } from '../step.ts';
import type { StepItem, StepResult, StepWork } from '../step.ts';
import { doneItem, failedItem, tryItem } from '../try-item.ts';
import { sightAtPlatform } from '../elsewhere/observe.ts';
import { watchCustomer } from '../watching/sight.ts';

export async function createCustomer(work: StepWork): Promise<StepResult> {
  const [given] = work.items;
  if (!given) return ended;
  const again = work.isRetry && !given.isWaiting ? await askAgain(work, given) : { item: given };
  if ('refusal' in again) {
    await refuse(work, given, [again.refusal]);
    return ended;
  }
  const { item } = again;
  const platformId = await acceptedId(work, item);
  if (platformId === null) return ended;
  const found = await work.platform.getCustomer(platformId);
  const elapsedMs = work.context.now().getTime() - work.startedAt.getTime();
  if (found?.status === 'ERROR') {
    await refuse(work, item, refusalOf(work, found), sightAtPlatform(found));
    return ended;
  }
  if (found && hasOrganization(found)) {
    await recordItems(work.context, work.lease, work.stepId, [doneItem(item)], (transaction) =>
      changeCustomerStatus(transaction, work.customerId, 'PROVISIONING', {
        ...(found.organizationId ? { organizationId: found.organizationId } : {}),
      }),
    );
    return ended;
  }
  if (found?.status === 'PENDING_COMPLIANCE_REVIEW') {
    await withLease(work.context, work.lease, (transaction) =>
      changeCustomerStatus(transaction, work.customerId, 'PENDING_COMPLIANCE_REVIEW'),
    );
    return {
      kind: 'waiting',
      nextAction: 'AWAIT_COMPLIANCE_REVIEW',
      message: 'Cisco is screening the customer; nobody here can speed it up.',
      lookAgainAfterMs: humanDelayMs(elapsedMs),
      watching: watchCustomer(work, platformId, 'PEOPLE', found),
    };
  }
  return {
    kind: 'waiting',
    nextAction: 'WAIT',
    message: 'The platform is making the organisation.',
    lookAgainAfterMs: pollDelayMs(elapsedMs),
    watching: watchCustomer(work, platformId, 'PLATFORM', found),
  };
}

/**
 * A customer that the platform has accepted and then could not make is changed, which makes it try again; one that it has
 * forgotten is asked for anew. Answers the item to go on with, or why the platform will not try.
 */
async function askAgain(
  work: StepWork,
  item: StepItem,
): Promise<{ readonly item: StepItem } | { readonly refusal: ProvisioningError }> {
  const { platformId } = await work.context.database.customer.findUniqueOrThrow({
    where: { id: work.customerId },
    select: { platformId: true },
  });
  if (platformId === null) return { item };
  if ((await work.platform.getCustomer(platformId)) !== null) {
    const refusal = await sendUpdate(work);
    return refusal === null ? { item } : { refusal };
  }
  await withLease(work.context, work.lease, async (transaction) => {
    await transaction.customer.update({ where: { id: work.customerId }, data: { platformId: null } });
    const where = { stepId_position: { stepId: work.stepId, position: item.position } };
    await transaction.operationItem.update({ where, data: { isAsked: false } });
    return [];
  });
  return { item: { ...item, isAsked: false } };
}

/** The platform's id of the customer, asking for it where nobody has yet. Null: the platform refused it. */
async function acceptedId(work: StepWork, item: StepItem): Promise<string | null> {
  const customer = await work.context.database.customer.findUniqueOrThrow({
    where: { id: work.customerId },
    include: { packages: true, locations: { where: { kind: 'HEADQUARTERS' } }, template: true },
  });
  if (customer.platformId) return customer.platformId;
  const request = createCustomerRequest(customer);
  let { isAsked } = item;
  const result = await tryItem(work, item, async () => {
    const existing = await work.platform.findCustomerByExternalId(request.externalId);
    if (existing) return isAsked ? existing.platformId : null;
    const wasAsked = isAsked;
    // From here on a customer found under this externalId may be our own doing, also after a crash.
    await mark(work, item, true);
    isAsked = true;
    try {
      return (await work.platform.createCustomer(request)).platformId;
    } catch (failure) {
      if (!wasAsked && isWithoutEffect(failure)) {
        await mark(work, item, false);
        isAsked = false;
      }
      throw failure;
    }
  });
  if ('value' in result && result.value !== null) {
    const platformId = result.value;
    await withLease(work.context, work.lease, async (transaction) => {
      await transaction.customer.update({ where: { id: work.customerId }, data: { platformId } });
      return [];
    });
    const asked = { position: item.position, status: 'WAITING' } as const;
    await recordItems(work.context, work.lease, work.stepId, [asked], () => Promise.resolve([]));
    return platformId;
  }
  const error =
    'error' in result
      ? result.error
      : ownError(
          'EXTERNAL_ID_TAKEN',
          `The platform has a customer with the external id ${request.externalId} already.`,
          work.context.now(),
        );
  await refuse(work, item, [error]);
  return null;
}

function mark(work: StepWork, { position }: StepItem, isAsked: boolean): Promise<void> {
  return markAsked(work.context, work.lease, work.stepId, position, isAsked);
}

function isWithoutEffect(failure: unknown): boolean {
  return failure instanceof PlatformFailure && failure.kind !== 'unknown';
}

/** @param platformSight As it stands at the platform; null: it is not there. */
async function refuse(
  work: StepWork,
  item: StepItem,
  errors: readonly ProvisioningError[],
  platformSight: string | null = null,
): Promise<void> {
  const [first] = errors;
  if (!first) throw new Error('a refused customer needs a reason');
  await recordItems(work.context, work.lease, work.stepId, [failedItem(item, first)], (transaction) =>
    failCustomer(transaction, work.customerId, errors, platformSight),
  );
}

function refusalOf(work: StepWork, { errors, packages }: PlatformCustomer): ProvisioningError[] {
  const now = work.context.now();
  const issues = [...errors, ...packages.flatMap((entry) => entry.errors)];
  if (issues.length === 0)
    return [ownError('PLATFORM_REJECTED', 'The platform could not make the customer and gave no reason.', now)];
  return issues.map((issue) => errorOfIssue(issue, now));
}

function hasOrganization(customer: PlatformCustomer): boolean {
  return (
    customer.organizationId !== null ||
    customer.status === 'PROVISIONED' ||
    customer.status === 'PROVISIONED_WITH_ERRORS' ||
    customer.packages.some(({ status }) => status === 'PROVISIONED' || status === 'ERROR')
  );
}
