// What sleeping operations wait for at the platform, as rows: whoever looks finds all that is due, also after a restart. What
// is asked of the platform, and who has to be woken for it, is src/workflow/watching's business.

import type { PlatformWatch } from '../../database/generated/client.ts';
import type { WatchedThing, WatchPace } from '../../database/generated/enums.ts';
import { inTransaction } from '../../database/transaction.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { DomainContext } from '../context.ts';

export interface Watching {
  readonly thing: WatchedThing;
  readonly customerPlatformId: string;
  readonly pace: WatchPace;
  /** When the waiting began. */
  readonly since: Date;
  /** What the operation itself has seen; null: nothing to compare with. */
  readonly seen: string | null;
}

export async function watchFor(
  transaction: Transaction,
  { id: operationId, partnerId }: { readonly id: string; readonly partnerId: string },
  watching: Watching,
  nextLookAt: Date,
): Promise<void> {
  await transaction.platformWatch.upsert({
    where: { operationId },
    create: { operationId, partnerId, ...watching, nextLookAt },
    update: { ...watching, nextLookAt },
  });
}

/** Of one operation that has ended, or of several that are to go on. */
export async function stopWatching(transaction: Transaction, operationIds: readonly string[]): Promise<void> {
  await transaction.platformWatch.deleteMany({ where: { operationId: { in: [...operationIds] } } });
}

/** Taken at once: as many as one round bears; the rest is due still. */
const takenAtOnce = 2_000;

/**
 * Takes what is due, so that no other process looks for the same; where the look never comes about, the next one does.
 * @param until What is due by then is taken too: who looks anyway looks for all.
 * @param nextLook When each is due again.
 */
export async function takeDueWatches(
  context: DomainContext,
  until: Date,
  exceptPartners: readonly string[],
  nextLook: (watch: PlatformWatch) => Date,
): Promise<PlatformWatch[]> {
  const { database } = context;
  const isDue = { nextLookAt: { lte: until }, partnerId: { notIn: [...exceptPartners] } };
  // Most of the time nothing is due: one index says so, without a transaction.
  if ((await database.platformWatch.findFirst({ where: isDue, select: { operationId: true } })) === null) return [];
  return inTransaction(database, async (transaction) => {
    const locked = await transaction.$queryRaw<{ operationId: string }[]>`
      SELECT "operationId" FROM "PlatformWatch"
      WHERE "nextLookAt" <= ${until} AND NOT ("partnerId" = ANY (${[...exceptPartners]}::uuid[]))
      ORDER BY "nextLookAt" LIMIT ${takenAtOnce} FOR UPDATE SKIP LOCKED`;
    const ids = locked.map(({ operationId }) => operationId);
    const watches = await transaction.platformWatch.findMany({ where: { operationId: { in: ids } } });
    const given = watches.map((watch) => ({ operationId: watch.operationId, nextLookAt: nextLook(watch) }));
    await transaction.$executeRaw`
      UPDATE "PlatformWatch" AS watch
      SET "nextLookAt" = given."nextLookAt", "looks" = watch."looks" + 1, "lookedAt" = ${context.now()}
      FROM json_to_recordset(${JSON.stringify(given)}::json) AS given ("operationId" uuid, "nextLookAt" timestamptz)
      WHERE watch."operationId" = given."operationId"`;
    return watches;
  });
}

export interface Sight {
  readonly operationId: string;
  readonly seen: string;
}

/** What nobody has to be woken for, to compare with the next time. */
export async function noteSights({ database }: DomainContext, sights: readonly Sight[]): Promise<void> {
  if (sights.length === 0) return;
  await database.$executeRaw`
    UPDATE "PlatformWatch" AS watch SET "seen" = given."seen"
    FROM json_to_recordset(${JSON.stringify(sights)}::json) AS given ("operationId" uuid, "seen" text)
    WHERE watch."operationId" = given."operationId"`;
}

/** The operations go on: each looks for itself, and is watched for again when it has to wait on. */
export async function wakeOperations(context: DomainContext, operationIds: readonly string[]): Promise<void> {
  if (operationIds.length === 0) return;
  await inTransaction(context.database, async (transaction) => {
    await stopWatching(transaction, operationIds);
    for (const operationId of operationIds) {
      await context.jobs.enqueue(transaction, 'advance-operation', { operationId });
    }
  });
}
