// Who works on an operation. A worker claims it with a token and writes only while it still holds it: one that comes
// back from the dead finds its token gone. Times are the database's, the only clock that all workers share.

import { randomUUID } from 'node:crypto';
import type { ProvisioningOperation } from '../../database/generated/client.ts';
import { appendEvents } from '../../database/event-log.ts';
import type { NewEvent } from '../../database/event-log.ts';
import { inTransaction } from '../../database/transaction.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { DomainContext } from '../context.ts';
import { hasEnded } from './status.ts';

export interface Lease {
  readonly operationId: string;
  readonly token: string;
}

/** The lease went to another worker (or the operation is gone): stop, write nothing. */
export class LeaseLost extends Error {
  constructor(operationId: string) {
    super(`operation ${operationId} is worked on by somebody else`);
    this.name = 'LeaseLost';
  }
}

/** Long enough for a slow call to the platform, short enough that a killed worker's operation soon goes on. */
const leaseSeconds = 10;

export async function claimOperation(context: DomainContext, operationId: string): Promise<Lease | 'ended' | 'held'> {
  const token = randomUUID();
  const claimed = await context.database.$executeRaw`
    UPDATE "ProvisioningOperation"
    SET "leaseToken" = ${token}::uuid, "leaseUntil" = now() + make_interval(secs => ${leaseSeconds}),
        "isInDoubt" = "isInDoubt" OR "leaseToken" IS NOT NULL
    WHERE "id" = ${operationId}::uuid AND ("leaseUntil" IS NULL OR "leaseUntil" < now())
      AND "status" IN ('ACCEPTED', 'RUNNING', 'WAITING')`;
  if (claimed > 0) return { operationId, token };
  const operation = await context.database.provisioningOperation.findUnique({
    where: { id: operationId },
    select: { status: true },
  });
  return !operation || hasEnded(operation.status) ? 'ended' : 'held';
}

/** Prolongs the lease. lost: it is somebody else's now. cancelling: it is held, but the work is to be called off. */
export async function renewLease(context: DomainContext, lease: Lease): Promise<'held' | 'lost' | 'cancelling'> {
  const [renewed] = await context.database.$queryRaw<{ isCancelling: boolean }[]>`
    UPDATE "ProvisioningOperation" SET "leaseUntil" = now() + make_interval(secs => ${leaseSeconds})
    WHERE "id" = ${lease.operationId}::uuid AND "leaseToken" = ${lease.token}::uuid
    RETURNING "cancelledAt" IS NOT NULL AS "isCancelling"`;
  if (!renewed) return 'lost';
  return renewed.isCancelling ? 'cancelling' : 'held';
}

/** For work that broke off: what was begun may be done without being recorded. */
export async function releaseLease(context: DomainContext, lease: Lease): Promise<void> {
  await context.database.$executeRaw`
    UPDATE "ProvisioningOperation" SET "leaseToken" = NULL, "leaseUntil" = NULL, "isInDoubt" = true
    WHERE "id" = ${lease.operationId}::uuid AND "leaseToken" = ${lease.token}::uuid`;
}

/** What an operation's transaction has to tell; operation and correlation id are added, and the customer where it is about one. */
export type OperationEvent = Omit<NewEvent, 'operationId' | 'correlationId'>;

/** One commit of the worker that holds the lease: its writes, then its events. */
export async function withLease(
  context: DomainContext,
  lease: Lease,
  write: (transaction: Transaction, operation: ProvisioningOperation) => Promise<readonly OperationEvent[]>,
): Promise<void> {
  await inTransaction(context.database, async (transaction) => {
    const [held] = await transaction.$queryRaw<unknown[]>`
      UPDATE "ProvisioningOperation" SET "leaseUntil" = now() + make_interval(secs => ${leaseSeconds})
      WHERE "id" = ${lease.operationId}::uuid AND "leaseToken" = ${lease.token}::uuid RETURNING 1`;
    if (!held) throw new LeaseLost(lease.operationId);
    const operation = await transaction.provisioningOperation.findUniqueOrThrow({ where: { id: lease.operationId } });
    const events = await write(transaction, operation);
    await appendEvents(
      transaction,
      operation.partnerId,
      context.now(),
      events.map((event) => ({
        ...event,
        customerId: operation.customerId ?? event.customerId ?? null,
        operationId: operation.id,
        correlationId: operation.correlationId,
      })),
    );
  });
}
