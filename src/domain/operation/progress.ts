// How an operation moves on: each function is one commit of the worker that holds the lease, with its events.

import type { Prisma, ProvisioningOperation } from '../../database/generated/client.ts';
import type { NextAction, OperationItemStatus, OperationStatus } from '../../database/generated/enums.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { DomainContext } from '../context.ts';
import { withLease } from './lease.ts';
import type { Lease, OperationEvent } from './lease.ts';
import { moveOperation, moveStep } from './move.ts';
import { parseErrors } from './provisioning-error.ts';
import type { ProvisioningError } from './provisioning-error.ts';
import { operationResult, stepHasEnded, stepResult } from './status.ts';
import { watchFor } from './watch.ts';
import type { Watching } from './watch.ts';

/** At most so many errors are kept on a step; the counts tell the rest. */
const keptErrors = 20;

export async function startStep(context: DomainContext, lease: Lease, stepId: string): Promise<void> {
  await withLease(context, lease, async (transaction, operation) => {
    const step = await transaction.operationStep.findUniqueOrThrow({ where: { id: stepId } });
    const now = context.now();
    await moveStep(transaction, step, 'RUNNING', { startedAt: step.startedAt ?? now, attempts: { increment: 1 } });
    const events: OperationEvent[] = [];
    if (operation.status !== 'RUNNING') {
      await moveOperation(transaction, operation, 'RUNNING', {
        nextAction: 'WAIT',
        startedAt: operation.startedAt ?? now,
      });
      events.push({
        type: 'OPERATION_STARTED',
        message: operation.startedAt ? 'The work goes on.' : 'The work has started.',
        fromStatus: operation.status,
        toStatus: 'RUNNING',
      });
    }
    events.push({
      type: 'STEP_STARTED',
      message: `${step.kind} has started.`,
      fromStatus: step.status,
      toStatus: 'RUNNING',
    });
    return events;
  });
}

export interface ItemResult {
  readonly position: number;
  readonly status: Exclude<OperationItemStatus, 'PENDING'>;
  readonly error?: ProvisioningError;
}

type Change = (transaction: Transaction, fresh: readonly ItemResult[]) => Promise<readonly OperationEvent[]>;

/** Results in one commit: as many as a short transaction bears. */
const recordedAtOnce = 500;

/**
 * Records how items ended, once: what was recorded before is left alone. Many results take several commits.
 * @param change Writes what the results mean for the rows they are about, for those results that were not recorded before.
 */
export async function recordItems(
  context: DomainContext,
  lease: Lease,
  stepId: string,
  results: readonly ItemResult[],
  change: Change,
): Promise<void> {
  for (let start = 0; start < results.length; start += recordedAtOnce) {
    await recordSome(context, lease, stepId, results.slice(start, start + recordedAtOnce), change);
  }
}

async function recordSome(
  context: DomainContext,
  lease: Lease,
  stepId: string,
  results: readonly ItemResult[],
  change: Change,
): Promise<void> {
  await withLease(context, lease, async (transaction, operation) => {
    const open = await transaction.operationItem.findMany({
      where: {
        stepId,
        position: { in: results.map(({ position }) => position) },
        status: { in: ['PENDING', 'WAITING'] },
      },
      select: { position: true, status: true },
    });
    const statusBefore = new Map(open.map(({ position, status }) => [position, status]));
    const fresh = results.filter(({ position, status }) => {
      const before = statusBefore.get(position);
      return before !== undefined && before !== status;
    });
    if (fresh.length === 0) return [];
    await writeResults(transaction, stepId, fresh);
    const done = fresh.filter(({ status }) => status === 'DONE').length;
    const failures = fresh.filter(({ status }) => status === 'FAILED');
    if (done > 0 || failures.length > 0) {
      const errors = failures.flatMap(({ error }) => (error ? [error] : []));
      await addToStep(transaction, stepId, done, failures.length, errors);
    }
    return [...(await goOn(transaction, operation, stepId)), ...(await change(transaction, fresh))];
  });
}

/** One statement, however many they are. */
async function writeResults(transaction: Transaction, stepId: string, results: readonly ItemResult[]): Promise<void> {
  const rows = results.map(({ position, status, error }) => ({ position, status, error: error ?? null }));
  await transaction.$executeRaw`
    UPDATE "OperationItem" AS item SET "status" = given."status", "error" = coalesce(given."error", item."error")
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS given (
      "position" int, "status" "OperationItemStatus", "error" jsonb
    )
    WHERE item."stepId" = ${stepId}::uuid AND item."position" = given."position"`;
}

/** An operation that waited for the platform to answer again runs as soon as something succeeds. */
async function goOn(
  transaction: Transaction,
  operation: ProvisioningOperation,
  stepId: string,
): Promise<OperationEvent[]> {
  if (operation.status !== 'WAITING' || operation.nextAction !== 'RETRY_LATER') return [];
  const step = await transaction.operationStep.findUniqueOrThrow({ where: { id: stepId } });
  if (step.status === 'WAITING') await moveStep(transaction, step, 'RUNNING', {});
  await moveOperation(transaction, operation, 'RUNNING', { nextAction: 'WAIT', errors: [] });
  return [{ type: 'OPERATION_STARTED', message: 'The work goes on.', fromStatus: 'WAITING', toStatus: 'RUNNING' }];
}

async function addToStep(
  transaction: Transaction,
  stepId: string,
  done: number,
  failed: number,
  newErrors: readonly ProvisioningError[],
): Promise<void> {
  const counts = { completedItems: { increment: done }, failedItems: { increment: failed } };
  if (newErrors.length === 0) {
    await transaction.operationStep.update({ where: { id: stepId }, data: counts });
    return;
  }
  const step = await transaction.operationStep.findUniqueOrThrow({ where: { id: stepId }, select: { errors: true } });
  const errors = [...parseErrors(step.errors), ...newErrors].slice(0, keptErrors);
  await transaction.operationStep.update({
    where: { id: stepId },
    data: { ...counts, errors: errors.map((error) => ({ ...error })) },
  });
}

export interface FoundItems {
  /** The step they belong to, which has not begun. */
  readonly stepId: string;
  readonly subjectKeys: readonly string[];
  readonly message: string;
}

/**
 * What a list brings to light is the work of a later step. One commit with how far the list was read: read once more after
 * a crash, it adds nothing twice.
 */
export async function addFoundItems(
  context: DomainContext,
  lease: Lease,
  list: { readonly stepId: string; readonly position: number; readonly nextPage: string | null },
  found: FoundItems,
): Promise<void> {
  await withLease(context, lease, async (transaction) => {
    const where = { stepId_position: { stepId: list.stepId, position: list.position } };
    await transaction.operationItem.update({ where, data: { nextPage: list.nextPage } });
    const added = await transaction.$executeRaw`
      INSERT INTO "OperationItem" ("stepId", "position", "subjectKey")
      SELECT ${found.stepId}::uuid, present."count" + row_number() OVER (ORDER BY given."ordinality") - 1, given."subjectKey"
      FROM unnest(${[...found.subjectKeys]}::text[]) WITH ORDINALITY AS given ("subjectKey", "ordinality"),
        (SELECT count(*) FROM "OperationItem" WHERE "stepId" = ${found.stepId}::uuid) AS present ("count")
      WHERE NOT EXISTS (
        SELECT 1 FROM "OperationItem" WHERE "stepId" = ${found.stepId}::uuid AND "subjectKey" = given."subjectKey"
      )`;
    if (added === 0) return [];
    const { totalItems } = await transaction.operationStep.update({
      where: { id: found.stepId },
      data: { totalItems: { increment: added } },
      select: { totalItems: true },
    });
    return [{ type: 'STEP_PROGRESSED', message: `${found.message}: ${totalItems} so far.` }];
  });
}

/** Notes that an item was tried in vain. */
export async function markAttempt(
  context: DomainContext,
  lease: Lease,
  stepId: string,
  position: number,
): Promise<void> {
  await updateItem(context, lease, stepId, position, { attempts: { increment: 1 } });
}

/**
 * Notes that the platform is about to be asked for an item: after a crash, what is found there may be our own doing.
 * False: it has told since that it did nothing.
 */
export async function markAsked(
  context: DomainContext,
  lease: Lease,
  stepId: string,
  position: number,
  isAsked: boolean,
): Promise<void> {
  await updateItem(context, lease, stepId, position, { isAsked });
}

async function updateItem(
  context: DomainContext,
  lease: Lease,
  stepId: string,
  position: number,
  data: Prisma.OperationItemUpdateInput,
): Promise<void> {
  await withLease(context, lease, async (transaction) => {
    await transaction.operationItem.update({ where: { stepId_position: { stepId, position } }, data });
    return [];
  });
}

export interface Pause {
  /** WAIT: the platform is working. RETRY_LATER: it could not be reached. Otherwise a person has to act. */
  readonly nextAction: NextAction;
  readonly message: string;
  readonly resumeAfterMs: number;
  /** What is looked for meanwhile, together with what others wait for; without it the operation is resumed to look itself. */
  readonly watching?: Watching;
  /** Why a step is tried again; tells STEP_RETRYING, and stands on the operation while it waits. */
  readonly error?: ProvisioningError;
}

/** Lets go of the operation until later: state, events, what resumes it and the end of the lease in one commit. */
export async function pauseOperation(
  context: DomainContext,
  lease: Lease,
  stepId: string,
  pause: Pause,
): Promise<void> {
  await withLease(context, lease, async (transaction, operation) => {
    const step = await transaction.operationStep.findUniqueOrThrow({ where: { id: stepId } });
    const status = pause.nextAction === 'WAIT' ? 'RUNNING' : 'WAITING';
    const events: OperationEvent[] = [];
    const errors = pause.error ? [{ ...pause.error }] : [];
    const isOtherCause = parseErrors(operation.errors)[0]?.code !== pause.error?.code;
    if (pause.error && (operation.nextAction !== pause.nextAction || isOtherCause)) {
      events.push({
        type: 'STEP_RETRYING',
        message: `${step.kind}: ${pause.error.message}`,
        errors,
      });
    }
    if (operation.status !== status || operation.nextAction !== pause.nextAction) {
      if (operation.status === status) {
        await transaction.provisioningOperation.update({
          where: { id: operation.id },
          data: { nextAction: pause.nextAction },
        });
      } else {
        await moveOperation(transaction, operation, status, { nextAction: pause.nextAction });
      }
      if (step.status !== status) await moveStep(transaction, step, status, {});
      events.push({
        type: status === 'WAITING' ? 'OPERATION_WAITING' : 'OPERATION_STARTED',
        message: pause.message,
        fromStatus: operation.status,
        toStatus: status,
      });
    }
    await transaction.provisioningOperation.update({
      where: { id: operation.id },
      data: { leaseToken: null, leaseUntil: null, errors },
    });
    if (pause.watching) {
      const nextLookAt = new Date(context.now().getTime() + pause.resumeAfterMs);
      await watchFor(transaction, operation, pause.watching, nextLookAt);
    } else {
      const job = { operationId: operation.id };
      await context.jobs.enqueue(transaction, 'advance-operation', job, { delayMs: pause.resumeAfterMs });
    }
    return events;
  });
}

export async function finishStep(context: DomainContext, lease: Lease, stepId: string): Promise<void> {
  await withLease(context, lease, async (transaction) => {
    const step = await transaction.operationStep.findUniqueOrThrow({ where: { id: stepId } });
    const result = stepResult(step);
    await moveStep(transaction, step, result, { finishedAt: context.now() });
    const counts = `${step.completedItems} of ${step.totalItems} done${step.failedItems > 0 ? `, ${step.failedItems} failed` : ''}`;
    return [{ type: 'STEP_FINISHED', message: `${step.kind}: ${counts}.`, fromStatus: step.status, toStatus: result }];
  });
}

/** Ends the operation: the steps that can no longer run are skipped, the lease ends with it. */
export async function finishOperation(context: DomainContext, lease: Lease): Promise<void> {
  await withLease(context, lease, async (transaction, operation) => {
    const steps = await transaction.operationStep.findMany({
      where: { operationId: operation.id },
      orderBy: { position: 'asc' },
    });
    for (const step of steps.filter(({ status }) => !stepHasEnded(status)))
      await moveStep(transaction, step, 'SKIPPED', {});
    const ended = steps.map(({ kind, status }) => ({
      kind,
      status: stepHasEnded(status) ? status : ('SKIPPED' as const),
    }));
    const errors = steps.flatMap((step) => parseErrors(step.errors)).slice(0, keptErrors);
    const status = operationResult(ended);
    await moveOperation(transaction, operation, status, {
      nextAction: nextActionAfter(status, errors),
      finishedAt: context.now(),
      errors: errors.map((error) => ({ ...error })),
      leaseToken: null,
      leaseUntil: null,
    });
    return [
      {
        type: 'OPERATION_FINISHED',
        message: `The work has ended: ${status}.`,
        fromStatus: operation.status,
        toStatus: status,
        errors: errors.map((error) => ({ ...error })),
      },
    ];
  });
}

function nextActionAfter(status: OperationStatus, errors: readonly ProvisioningError[]): NextAction {
  if (status === 'SUCCEEDED') return 'NONE';
  return errors.length > 0 && errors.every(({ isRetryable }) => isRetryable) ? 'RETRY_LATER' : 'CORRECT_AND_RETRY';
}
