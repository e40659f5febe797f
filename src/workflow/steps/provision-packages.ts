// PROVISION_PACKAGES and UPDATE_PACKAGES: watches the platform until every package of the customer is as it should be or
// has failed. A new customer was asked for with its packages; a change, and a second attempt, is sent from here first.

import type { CustomerPackage } from '../../database/generated/client.ts';
import { changeCustomerStatus, changePackageStatus, removePackage } from '../../domain/customer/change-status.ts';
import { changeLocationStatus } from '../../domain/location/change-status.ts';
import { withLease } from '../../domain/operation/lease.ts';
import type { OperationEvent } from '../../domain/operation/lease.ts';
import { recordItems } from '../../domain/operation/progress.ts';
import type { ItemResult } from '../../domain/operation/progress.ts';
import type { ProvisioningError } from '../../domain/operation/provisioning-error.ts';
import type { PlatformCustomer, PlatformCustomerPackage, PlatformLocation } from '../../platform/port.ts';
import { errorOfIssue, ownError } from '../errors.ts';
import { humanDelayMs, pollDelayMs } from '../schedule.ts';
import { ended } from '../step.ts';
import { recordRefusal, sendUpdate } from '../send-update.ts';
import type { StepResult, StepWork } from '../step.ts';
import { sightAtPlatform } from '../elsewhere/observe.ts';
import { watchCustomer } from '../watching/sight.ts';

export async function provisionPackages(work: StepWork): Promise<StepResult> {
  return work.isRetry ? updatePackages(work) : watchPackages(work);
}

export async function updatePackages(work: StepWork): Promise<StepResult> {
  const refusal = work.items.some(({ isWaiting }) => !isWaiting) ? await sendUpdate(work) : null;
  if (refusal === null)
    return watchPackages({ ...work, items: work.items.map((item) => ({ ...item, isWaiting: true })) });
  await recordRefusal(work, refusal);
  return ended;
}

async function watchPackages(work: StepWork): Promise<StepResult> {
  const { context, platform, customerId } = work;
  const customer = await context.database.customer.findUniqueOrThrow({
    where: { id: customerId },
    include: { packages: true, locations: { where: { kind: 'HEADQUARTERS' } } },
  });
  if (!customer.platformId) throw new Error(`customer ${customerId} is not known to the platform yet`);
  const elapsedMs = context.now().getTime() - work.startedAt.getTime();
  const found = await platform.getCustomer(customer.platformId);
  const status = found ? settledStatus(found) : null;
  const organizationId = found?.organizationId ?? customer.organizationId;
  const headquarters = customer.locations[0];
  const platformLocation =
    status && organizationId && headquarters ? await findLocation(work, organizationId, headquarters.name) : null;

  const results = packageResults(work, customer.packages, found, status !== null);
  await recordItems(context, work.lease, work.stepId, results, async (transaction, fresh) => {
    const events: OperationEvent[] = [];
    for (const { position, status: itemStatus, error } of fresh) {
      const { code, status: before } = packageAt(work, customer.packages, position);
      if (before === 'DELETING' && itemStatus === 'DONE') {
        events.push(...(await removePackage(transaction, customerId, code)));
        continue;
      }
      const detail = found?.packages.find((entry) => entry.package === code);
      const problems = packageProblems(work, detail, error);
      events.push(
        ...(await changePackageStatus(
          transaction,
          customerId,
          code,
          itemStatus === 'DONE' ? 'PROVISIONED' : 'ERROR',
          problems,
        )),
      );
    }
    return events;
  });
  if (!found || status === null) {
    const isScreening = found?.status === 'PENDING_COMPLIANCE_REVIEW';
    if (customer.status !== 'UPDATING' && isScreening !== (customer.status === 'PENDING_COMPLIANCE_REVIEW')) {
      await withLease(context, work.lease, (transaction) =>
        changeCustomerStatus(transaction, customerId, isScreening ? 'PENDING_COMPLIANCE_REVIEW' : 'PROVISIONING'),
      );
    }
    return isScreening
      ? {
          kind: 'waiting',
          nextAction: 'AWAIT_COMPLIANCE_REVIEW',
          message: 'Cisco is screening the customer; nobody here can speed it up.',
          lookAgainAfterMs: humanDelayMs(elapsedMs),
          watching: watchCustomer(work, customer.platformId, 'PEOPLE', found),
        }
      : {
          kind: 'waiting',
          nextAction: 'WAIT',
          message: 'The platform is working on the packages.',
          lookAgainAfterMs: pollDelayMs(elapsedMs),
          watching: watchCustomer(work, customer.platformId, 'PLATFORM', found),
        };
  }
  await withLease(context, work.lease, async (transaction) => [
    ...(headquarters && platformLocation
      ? await changeLocationStatus(transaction, headquarters.id, 'PROVISIONED', {
          platformId: platformLocation.platformId,
        })
      : []),
    ...(await changeCustomerStatus(transaction, customerId, status, {
      ...(organizationId ? { organizationId } : {}),
      platformSight: sightAtPlatform(found),
      errors: found.errors.map((issue) => errorOfIssue(issue, context.now())),
    })),
  ]);
  return ended;
}

/** Null: the platform has not finished. */
export function settledStatus(customer: PlatformCustomer): 'PROVISIONED' | 'PROVISIONED_WITH_ERRORS' | 'ERROR' | null {
  const { status } = customer;
  return status === 'PROVISIONED' || status === 'PROVISIONED_WITH_ERRORS' || status === 'ERROR' ? status : null;
}

/** A package that failed is recorded only when the platform has finished: until then it may try again. */
function packageResults(
  work: StepWork,
  packages: readonly CustomerPackage[],
  found: PlatformCustomer | null,
  isSettled: boolean,
): ItemResult[] {
  return work.items.flatMap(({ position, subjectKey }): ItemResult[] => {
    const { code, status } = packageAt(work, packages, position);
    const detail = found?.packages.find((entry) => entry.package === code);
    if (status === 'DELETING') return isSettled ? [removalResult(work, position, code, detail)] : [];
    if (detail?.status === 'PROVISIONED') return [{ position, status: 'DONE' }];
    if (!isSettled) return [];
    const now = work.context.now();
    const issue = detail?.errors[0] ?? detail?.warnings[0] ?? found?.errors[0];
    const error = issue
      ? errorOfIssue(issue, now)
      : ownError('PLATFORM_REJECTED', `The platform did not provision ${subjectKey} and gave no reason.`, now);
    return [{ position, status: 'FAILED', error }];
  });
}

function removalResult(
  work: StepWork,
  position: number,
  code: string,
  detail: PlatformCustomerPackage | undefined,
): ItemResult {
  if (!detail) return { position, status: 'DONE' };
  const now = work.context.now();
  const [issue] = detail.errors;
  const error = issue
    ? errorOfIssue(issue, now)
    : ownError('PLATFORM_REJECTED', `The platform did not remove ${code} and gave no reason.`, now);
  return { position, status: 'FAILED', error };
}

/** The platform tells why a package failed in its errors or, for 2560, in its warnings: both are kept as they came. */
function packageProblems(
  work: StepWork,
  detail: PlatformCustomerPackage | undefined,
  error: ProvisioningError | undefined,
) {
  const now = work.context.now();
  const warnings = (detail?.warnings ?? []).map((issue) => errorOfIssue(issue, now));
  const errors = (detail?.errors ?? []).map((issue) => errorOfIssue(issue, now));
  return { warnings, errors: errors.length === 0 && error && warnings.length === 0 ? [error] : errors };
}

function packageAt(work: StepWork, packages: readonly CustomerPackage[], position: number): CustomerPackage {
  const key = work.items.find((item) => item.position === position)?.subjectKey;
  const found = packages.find(({ code }) => code === key);
  if (!found) throw new Error(`step ${work.stepId} names the package ${key}, which the customer does not have`);
  return found;
}

async function findLocation(work: StepWork, organizationId: string, name: string): Promise<PlatformLocation | null> {
  const locations = await work.platform.listLocations(organizationId);
  return locations.find((location) => location.name === name) ?? null;
}
