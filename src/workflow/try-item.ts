// Tries one item at the platform. What is rejected ends as a failed item; what is busy or unknown is tried again here a
// few times, then thrown, so that the whole step pauses.

import { setTimeout as delay } from 'node:timers/promises';
import { markAttempt } from '../domain/operation/progress.ts';
import type { ItemResult } from '../domain/operation/progress.ts';
import type { ProvisioningError } from '../domain/operation/provisioning-error.ts';
import { PlatformFailure } from '../platform/failure.ts';
import { errorOfFailure } from './errors.ts';
import { retryDelayMs } from './schedule.ts';
import type { PartnerWork, StepItem } from './step.ts';

const triesAtOnce = 3;
/**
 * The platform answers each time, and never usefully: the item is given up, so that the operation can end. An outage of an hour
 * must not look like that: it takes both.
 */
const hopelessAttempts = 30;
const hopelessMs = 2 * 3_600_000;

/**
 * @param act Does the item. Its argument tells whether an earlier try may have had its effect: then it looks first.
 * @returns What act made of it, or the error that ends the item.
 */
export async function tryItem<T>(
  work: PartnerWork,
  item: StepItem,
  act: (mayHaveHappened: boolean) => Promise<T>,
): Promise<{ readonly value: T } | { readonly error: ProvisioningError }> {
  let wasSent = false;
  for (let tries = 1; ; tries++) {
    try {
      return { value: await act(item.attempts > 0 || tries > 1) };
    } catch (failure) {
      if (!(failure instanceof PlatformFailure)) throw failure;
      if (failure.kind === 'rejected' || isHopeless(work, item, failure)) {
        return { error: errorOfFailure(failure, work.context.now()) };
      }
      wasSent ||= failure.fault !== 'AWAY';
      if (tries === triesAtOnce || failure.retryAfterMs !== null) {
        // Whoever waits for a platform that is away has tried nothing.
        if (wasSent) await markAttempt(work.context, work.lease, work.stepId, item.position);
        throw failure;
      }
      try {
        await delay(retryDelayMs(tries - 1, Math.random(), null), undefined, { signal: work.signal });
      } catch (aborted) {
        await markAttempt(work.context, work.lease, work.stepId, item.position);
        throw aborted;
      }
    }
  }
}

function isHopeless({ context, startedAt }: PartnerWork, { attempts }: StepItem, failure: PlatformFailure): boolean {
  const isAnswered = failure.kind === 'unknown' && failure.status !== null;
  const elapsedMs = context.now().getTime() - startedAt.getTime();
  return isAnswered && attempts >= hopelessAttempts && elapsedMs >= hopelessMs;
}

export function failedItem(item: StepItem, error: ProvisioningError): ItemResult {
  return { position: item.position, status: 'FAILED', error };
}

export function doneItem(item: StepItem): ItemResult {
  return { position: item.position, status: 'DONE' };
}
