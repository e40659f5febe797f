// Looks into a partner's event log: where it begins and ends, and the next events after a position, all in one statement
// and so in one snapshot. Nobody can append or remove between the parts of one answer.

import type { Database } from '../database/client.ts';
import { Prisma } from '../database/generated/client.ts';
import type { EventLog, ProvisioningEvent } from '../database/generated/client.ts';
import { expiredCursor, invalidCursor } from './cursor.ts';
import type { EventFilter } from './event-filter.ts';

export interface LogRange {
  readonly partnerId: string;
  /** Exclusive; null: from the oldest event there is. */
  readonly after: bigint | null;
  readonly filter: EventFilter;
  readonly limit: number;
}

export interface LogPage {
  /** Position of the newest event, whether it meets the filter or not; 0 before the first. */
  readonly head: bigint;
  /** Up to and including this position nothing is kept any more. */
  readonly removed: bigint;
  /** In order, `limit` of them at most. */
  readonly events: readonly ProvisioningEvent[];
}

export interface LogReader {
  /** Throws CursorError when `after` lies before the oldest event that is kept, or after the newest. */
  read(range: LogRange): Promise<LogPage>;
  head(partnerId: string): Promise<bigint>;
  /** Each partner's newest position; those without events are left out. */
  heads(partnerIds: readonly string[]): Promise<ReadonlyMap<string, bigint>>;
  cursorKey(partnerId: string): Promise<string>;
}

/** Where the log has nothing to show, one row tells of the log alone. */
type LogRow = Pick<EventLog, 'head' | 'removed'> & (ProvisioningEvent | Record<keyof ProvisioningEvent, null>);

/** @param databaseOf where a partner's own log is read; `database` unless told */
export function createLogReader(
  database: Database,
  databaseOf: (partnerId: string) => Database = () => database,
): LogReader {
  // A partner keeps its key for life, and partners are few.
  const cursorKeys = new Map<string, string>();

  return {
    async read({ partnerId, after, filter, limit }) {
      // Prisma can say this in one statement too, but takes several times as long, and every reader asks at every nudge.
      const rows = await databaseOf(partnerId).$queryRaw<LogRow[]>`
        SELECT log."head", log."removed", event.*
        FROM "EventLog" AS log LEFT JOIN LATERAL (
          SELECT * FROM "ProvisioningEvent"
          WHERE "partnerId" = log."partnerId" AND "position" > ${after ?? 0n} ${conditions(filter)}
          ORDER BY "position" LIMIT ${limit}
        ) AS event ON true
        WHERE log."partnerId" = ${partnerId}::uuid
        ORDER BY event."position"`;
      const { head, removed } = rows[0] ?? { head: 0n, removed: 0n };
      if (after !== null && after < removed) throw expiredCursor();
      if (after !== null && after > head) throw invalidCursor();
      return { head, removed, events: rows.filter((row) => row.id !== null) };
    },

    async head(partnerId) {
      const log = await databaseOf(partnerId).eventLog.findUnique({ where: { partnerId }, select: { head: true } });
      return log?.head ?? 0n;
    },

    async heads(partnerIds) {
      const logs = await database.eventLog.findMany({ where: { partnerId: { in: [...partnerIds] } } });
      return new Map(logs.map(({ partnerId, head }) => [partnerId, head]));
    },

    async cursorKey(partnerId) {
      const known = cursorKeys.get(partnerId);
      if (known !== undefined) return known;
      const { cursorKey } = await databaseOf(partnerId).partner.findUniqueOrThrow({
        where: { id: partnerId },
        select: { cursorKey: true },
      });
      cursorKeys.set(partnerId, cursorKey);
      return cursorKey;
    },
  };
}

function conditions({ customerIds, operationIds, types }: EventFilter): Prisma.Sql {
  return Prisma.join(
    [
      Prisma.empty,
      ...(customerIds ? [Prisma.sql`"customerId" = ANY (${customerIds}::uuid[])`] : []),
      ...(operationIds ? [Prisma.sql`"operationId" = ANY (${operationIds}::uuid[])`] : []),
      ...(types ? [Prisma.sql`"type" = ANY (${types}::"ProvisioningEventType"[])`] : []),
    ],
    ' AND ',
  );
}
