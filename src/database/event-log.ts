// The partner's event log: one total order a partner, one gapless version a customer and an operation.
// Positions are taken under the log head's row lock, which the transaction keeps until it commits: so positions follow
// commit order and a reader that has seen position n has seen everything before it. Append last, keep the lock short.

import { Prisma } from './generated/client.ts';
import type { EventSubject, ProvisioningEventType } from './generated/client.ts';
import type { Transaction } from './transaction.ts';

export const eventChannel = 'provisioning_events';

export interface NewEvent {
  readonly type: ProvisioningEventType;
  readonly message: string;
  readonly customerId?: string | null;
  readonly operationId?: string | null;
  readonly subject?: { readonly type: EventSubject; readonly id: string };
  readonly fromStatus?: string | null;
  readonly toStatus?: string | null;
  readonly errors?: readonly Prisma.InputJsonValue[];
  readonly correlationId?: string | null;
}

/** Appends in the given order. The NOTIFY it sends at commit is a nudge: its payload is whose log has grown, never data. */
export async function appendEvents(
  transaction: Transaction,
  partnerId: string,
  at: Date,
  events: readonly NewEvent[],
): Promise<void> {
  if (events.length === 0) return;
  const customerVersions = await raiseVersions(
    transaction,
    'Customer',
    countBy(events, (event) => event.customerId),
  );
  await raiseVersions(
    transaction,
    'ProvisioningOperation',
    countBy(events, (event) => event.operationId),
  );
  const [log] = await transaction.$queryRaw<{ head: bigint }[]>`
    INSERT INTO "EventLog" ("partnerId", "head") VALUES (${partnerId}::uuid, ${events.length})
    ON CONFLICT ("partnerId") DO UPDATE SET "head" = "EventLog"."head" + excluded."head"
    RETURNING "head"`;
  if (!log) throw new Error('the event log head did not answer');
  let position = log.head - BigInt(events.length);
  await transaction.provisioningEvent.createMany({
    data: events.map((event) => ({
      partnerId,
      position: ++position,
      at,
      type: event.type,
      message: event.message,
      customerId: event.customerId ?? null,
      customerVersion: event.customerId ? customerVersions.next(event.customerId) : null,
      operationId: event.operationId ?? null,
      subjectType: event.subject?.type ?? null,
      subjectId: event.subject?.id ?? null,
      fromStatus: event.fromStatus ?? null,
      toStatus: event.toStatus ?? null,
      errors: [...(event.errors ?? [])],
      correlationId: event.correlationId ?? null,
    })),
  });
  await transaction.$executeRaw`SELECT pg_notify(${eventChannel}, ${partnerId})`;
}

/** Raises each row's version by its count and hands the numbers out in order. */
async function raiseVersions(
  transaction: Transaction,
  table: 'Customer' | 'ProvisioningOperation',
  counts: ReadonlyMap<string, number>,
): Promise<{ next(id: string): number }> {
  const last = new Map<string, number>();
  // Sorted, so that two transactions never lock the same rows in opposite orders.
  for (const [id, count] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [row] = await transaction.$queryRaw<{ version: number }[]>`
      UPDATE ${Prisma.raw(`"${table}"`)} SET "version" = "version" + ${count} WHERE "id" = ${id}::uuid RETURNING "version"`;
    if (!row) throw new Error(`an event names a ${table} that does not exist`);
    last.set(id, row.version - count);
  }
  return {
    next(id) {
      const version = (last.get(id) ?? 0) + 1;
      last.set(id, version);
      return version;
    },
  };
}

function countBy(
  events: readonly NewEvent[],
  key: (event: NewEvent) => string | null | undefined,
): Map<string, number> {
  const counts = new Map<string, number>();
  for (const event of events) {
    const id = key(event);
    if (id) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}
