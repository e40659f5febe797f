// Advances an operation: claims it, does its steps in order, lets go of it where there is nothing to do but wait.
// It holds no state: whoever runs the next job finds everything in the rows.

import type { Logger } from 'pino';
import type { OperationStepKind } from '../database/generated/enums.ts';
import type { DomainContext } from '../domain/context.ts';
import { callOffHeld } from '../domain/operation/call-off.ts';
import { LeaseLost, claimOperation, releaseLease, renewLease } from '../domain/operation/lease.ts';
import type { Lease } from '../domain/operation/lease.ts';
import { finishOperation, finishStep, pauseOperation, startStep } from '../domain/operation/progress.ts';
import { isBarred, stepHasEnded } from '../domain/operation/status.ts';
import { inTransaction } from '../database/transaction.ts';
import { PlatformFailure } from '../platform/failure.ts';
import type { Platform } from '../platform/port.ts';
import { errorOfFailure } from './errors.ts';
import { retryDelayMs } from './schedule.ts';
import type {
  PartnerStepHandler,
  PartnerStepHandlers,
  PartnerWork,
  StepHandlers,
  StepItem,
  StepResult,
} from './step.ts';

export interface RunnerOptions {
  readonly context: DomainContext;
  readonly platform: Platform;
  readonly handlers: StepHandlers;
  readonly partnerHandlers: PartnerStepHandlers;
  readonly log: Logger;
}

/** Somebody else works on it: look again when their lease may have ended. */
const heldRetryMs = 5_000;
/** Under a third of the lease, so that two beats may fail. */
const beatMs = 3_000;

export async function advanceOperation(
  options: RunnerOptions,
  operationId: string,
  jobSignal: AbortSignal,
): Promise<void> {
  const { context, log } = options;
  const lease = await claimOperation(context, operationId);
  if (lease === 'ended') return;
  if (lease === 'held') {
    await inTransaction(context.database, (transaction) =>
      context.jobs.enqueue(transaction, 'advance-operation', { operationId }, { delayMs: heldRetryMs }),
    );
    return;
  }
  const lost = new AbortController();
  const signal = AbortSignal.any([jobSignal, lost.signal]);
  const beat = setInterval(() => {
    renewLease(context, lease).then(
      (state) => {
        if (state === 'lost') lost.abort(new LeaseLost(operationId));
        if (state === 'cancelling') lost.abort(new CancelRequested(operationId));
      },
      (error: unknown) => log.warn({ err: error, operationId }, 'could not renew the lease'),
    );
  }, beatMs);
  try {
    while (await advanceStep(options, lease, signal));
  } catch (failure) {
    if (lost.signal.reason instanceof CancelRequested && isAbort(failure)) {
      await callOffHeld(context, lease);
      return;
    }
    if (failure instanceof LeaseLost || lost.signal.reason instanceof LeaseLost) {
      log.warn({ operationId }, 'another worker has taken over the operation');
      return;
    }
    await releaseLease(context, lease);
    throw failure;
  } finally {
    clearInterval(beat);
  }
}

/** The work is to be called off: items under way are ended, none is begun. */
class CancelRequested extends Error {
  constructor(operationId: string) {
    super(`operation ${operationId} is to be called off`);
    this.name = 'CancelRequested';
  }
}

/** Broken off at our own wish, between two items. */
function isAbort(failure: unknown): boolean {
  return failure instanceof CancelRequested || (failure instanceof Error && failure.name === 'AbortError');
}

/** Does the next step. False: the operation has ended or was let go of. */
async function advanceStep(options: RunnerOptions, lease: Lease, signal: AbortSignal): Promise<boolean> {
  const { context, platform } = options;
  const operation = await context.database.provisioningOperation.findUniqueOrThrow({
    where: { id: lease.operationId },
    include: {
      steps: { orderBy: { position: 'asc' } },
      partner: { select: { slug: true } },
      customer: { select: { subPartner: { select: { organizationId: true } } } },
    },
  });
  const step = operation.steps.find(({ status }) => !stepHasEnded(status));
  if (!step || isBarred(operation.steps)) {
    await finishOperation(context, lease);
    return false;
  }
  if (operation.cancelledAt) {
    await callOffHeld(context, lease);
    return false;
  }
  const handle = handlerOf(options, step.kind, operation.customerId);
  if (step.status === 'PENDING') await startStep(context, lease, step.id);
  const work: PartnerWork = {
    context,
    lease,
    platform: platform.forPartner({
      slug: operation.partner.slug,
      onBehalfOf: operation.customer?.subPartner?.organizationId ?? null,
    }),
    partnerId: operation.partnerId,
    stepId: step.id,
    isRetry: step.attempts > (step.status === 'PENDING' ? 0 : 1),
    startedAt: step.startedAt ?? context.now(),
    items: await openItems(context, step.id),
    signal,
  };
  const result = await runHandler(options, lease, work, () => handle(work));
  if (result === null) return false;
  if (result.kind === 'ended') {
    await finishStep(context, lease, step.id);
    return true;
  }
  await pauseOperation(context, lease, step.id, {
    nextAction: result.nextAction,
    message: result.message,
    resumeAfterMs: result.lookAgainAfterMs,
    ...(result.watching ? { watching: result.watching } : {}),
  });
  return false;
}

function handlerOf(
  { handlers, partnerHandlers }: RunnerOptions,
  kind: OperationStepKind,
  customerId: string | null,
): PartnerStepHandler {
  const handler = handlers[kind];
  const partnerHandler = customerId === null ? partnerHandlers[kind] : undefined;
  if (partnerHandler) return partnerHandler;
  if (!handler || customerId === null) throw new Error(`nobody knows how to do the step ${kind}`);
  return (work) => handler({ ...work, customerId });
}

/** Null: the platform could not be used for now, and the operation was let go of until it is tried again. */
async function runHandler(
  { context, log }: RunnerOptions,
  lease: Lease,
  work: PartnerWork,
  handle: () => Promise<StepResult>,
): Promise<StepResult | null> {
  try {
    return await handle();
  } catch (failure) {
    if (!(failure instanceof PlatformFailure)) throw failure;
    const error = errorOfFailure(failure, context.now());
    const attempts = Math.max(0, ...work.items.map((item) => item.attempts));
    const resumeAfterMs = retryDelayMs(attempts, Math.random(), failure.retryAfterMs);
    log.info(
      {
        operationId: lease.operationId,
        kind: failure.kind,
        status: failure.status,
        trackingId: failure.trackingId,
        resumeAfterMs,
      },
      'the platform could not be used; the operation is tried again later',
    );
    await pauseOperation(context, lease, work.stepId, {
      nextAction: 'RETRY_LATER',
      message: 'The platform cannot be used right now; the work goes on by itself when it can.',
      resumeAfterMs,
      error,
    });
    return null;
  }
}

async function openItems(context: DomainContext, stepId: string): Promise<StepItem[]> {
  const items = await context.database.operationItem.findMany({
    where: { stepId, status: { in: ['PENDING', 'WAITING'] } },
    orderBy: [{ attempts: 'asc' }, { position: 'asc' }],
  });
  return items.map(({ position, subjectKey, status, attempts, isAsked, nextPage }) => ({
    position,
    subjectKey,
    isWaiting: status === 'WAITING',
    attempts,
    isAsked,
    nextPage,
  }));
}
