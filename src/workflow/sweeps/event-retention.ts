// Cuts the beginning off the event logs. A log that is read by cursor may only lose its beginning: so it is cut by position,
// up to the first event that is still to be kept, whatever operation the events belong to; none needs its events to go on.

import { inTransaction } from '../../database/transaction.ts';
import type { Sweep } from '../maintenance.ts';

/** Deleting them takes some ten milliseconds, and so long nobody appends to that log. */
const batchSize = 1_000;

export function eventRetention(retentionMs: number): Sweep {
  return {
    name: 'events past their retention',
    removeSome: (database, now) =>
      inTransaction(database, async (transaction) => {
        const until = new Date(now.getTime() - retentionMs);
        // One log at a time. A look at the oldest event of each is all it costs when nothing is to be done.
        const [log] = await transaction.$queryRaw<{ partnerId: string }[]>`
          SELECT log."partnerId" FROM "EventLog" AS log CROSS JOIN LATERAL (
            SELECT "at" FROM "ProvisioningEvent" WHERE "partnerId" = log."partnerId" ORDER BY "position" LIMIT 1
          ) AS oldest
          WHERE oldest."at" < ${until} LIMIT 1`;
        if (!log) return 0;
        // The log's row lock comes first: who appends waits, and a reader sees both changes or neither.
        await transaction.$executeRaw`
          UPDATE "EventLog" SET "removed" = cut."position" FROM (
            SELECT max("position") AS "position" FROM (
              SELECT "position", bool_and("at" < ${until}) OVER (ORDER BY "position") AS "isOld" FROM (
                SELECT "position", "at" FROM "ProvisioningEvent"
                WHERE "partnerId" = ${log.partnerId}::uuid ORDER BY "position" LIMIT ${batchSize}
              ) AS oldest
            ) AS judged WHERE "isOld"
          ) AS cut
          WHERE "partnerId" = ${log.partnerId}::uuid AND "removed" < cut."position"`;
        return transaction.$executeRaw`
          DELETE FROM "ProvisioningEvent" AS event USING "EventLog" AS log
          WHERE log."partnerId" = ${log.partnerId}::uuid
            AND event."partnerId" = log."partnerId" AND event."position" <= log."removed"`;
      }),
  };
}
