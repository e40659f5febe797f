// How long the answers of calls with an idempotency key are kept, and forgetting those that nobody was promised any more.

import type { Database } from '../database/client.ts';

const hour = 3_600_000;

/** An hour more than the 24 that are promised: the clocks of several processes need not agree. */
export const keptAnswerMs = 25 * hour;

const batchSize = 1_000;

/** Answers how many were forgotten, at most a thousand a call. Keys in use at the moment are left for the next time. */
export async function forgetAnswers(database: Database, now: Date): Promise<number> {
  const until = new Date(now.getTime() - keptAnswerMs);
  return database.$executeRaw`
    DELETE FROM "IdempotencyRecord" WHERE ("partnerId", "key") IN (
      SELECT "partnerId", "key" FROM "IdempotencyRecord" WHERE "createdAt" < ${until}
      ORDER BY "createdAt" LIMIT ${batchSize} FOR UPDATE SKIP LOCKED
    )`;
}
