// Which partner is to be compared with the platform next: a row each, so that several processes share the work, and a restart or a
// kill changes nothing about when.

import type { DomainContext } from '../context.ts';

export interface DueReconciliation {
  readonly partnerId: string;
  readonly slug: string;
  /** When the last round ended; null: there was none. */
  readonly finishedAt: Date | null;
}

/** Whoever has said nothing for so long is taken for killed. */
const brokenOffMs = 30 * 60_000;

/** Partners that are new have their first round after one period; a period that was made much shorter counts at once. */
export async function scheduleReconciliations({ database, now }: DomainContext, everyMs: number): Promise<void> {
  const at = now().getTime();
  const next = new Date(at + everyMs);
  const farAway = new Date(at + Math.max(everyMs, brokenOffMs));
  await database.$executeRaw`
    INSERT INTO "Reconciliation" ("partnerId", "nextAt") SELECT "id", ${next} FROM "Partner"
    ON CONFLICT ("partnerId") DO UPDATE SET "nextAt" = excluded."nextAt" WHERE "Reconciliation"."nextAt" > ${farAway}`;
}

/** Null: none is due, or others are at them. */
export async function takeDueReconciliation({ database, now }: DomainContext): Promise<DueReconciliation | null> {
  const at = now();
  const [due] = await database.$queryRaw<DueReconciliation[]>`
    UPDATE "Reconciliation" SET "nextAt" = ${new Date(at.getTime() + brokenOffMs)}
    FROM "Partner"
    WHERE "Partner"."id" = "Reconciliation"."partnerId" AND "Reconciliation"."partnerId" = (
      SELECT "partnerId" FROM "Reconciliation" WHERE "nextAt" <= ${at} ORDER BY "nextAt" LIMIT 1 FOR UPDATE SKIP LOCKED
    )
    RETURNING "Partner"."id" AS "partnerId", "Partner"."slug", "Reconciliation"."finishedAt"`;
  return due ?? null;
}

/** Says that the round goes on. */
export async function prolongReconciliation({ database, now }: DomainContext, partnerId: string): Promise<void> {
  const nextAt = new Date(now().getTime() + brokenOffMs);
  await database.reconciliation.update({ where: { partnerId }, data: { nextAt } });
}

/** @param isWhole False: it was broken off, and nothing is known of what it did not come to. */
export async function endReconciliation(
  { database, now }: DomainContext,
  partnerId: string,
  { nextInMs, isWhole }: { readonly nextInMs: number; readonly isWhole: boolean },
): Promise<void> {
  const at = now();
  const nextAt = new Date(at.getTime() + nextInMs);
  await database.reconciliation.update({
    where: { partnerId },
    data: { nextAt, ...(isWhole ? { finishedAt: at } : {}) },
  });
}
