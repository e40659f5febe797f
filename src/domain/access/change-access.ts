// Commands of the operator: tokens are revoked, partners suspended and resumed. Every gateway is nudged, and looks by itself
// now and then, should the nudge get lost.

import type { Database } from '../../database/client.ts';
import { inTransaction } from '../../database/transaction.ts';
import type { Transaction } from '../../database/transaction.ts';

export const accessChannel = 'access_changed';

export interface Revocation {
  readonly partnerSlug: string;
  /** What of the partner's: one token by its `jti`, or all tokens issued until now, of one subject or of everybody. */
  readonly of: { readonly tokenId: string } | { readonly subject: string } | 'EVERYBODY';
  /** How long it is remembered; longer than the tokens in question live. */
  readonly keepMs: number;
}

/**
 * Answers from when on newly issued tokens are good; null: there is no such partner. Tokens tell the second in which they
 * were issued, no more, so all of the present second are revoked.
 */
export async function revokeTokens(database: Database, revocation: Revocation): Promise<Date | null> {
  return inTransaction(database, async (transaction) => {
    const partner = await transaction.partner.findUnique({ where: { slug: revocation.partnerSlug } });
    if (!partner) return null;
    // The database's clock is the only one that all processes share.
    const [clock] = await transaction.$queryRaw<{ now: Date; nextSecond: Date }[]>`
      SELECT now(), date_trunc('second', now()) + interval '1 second' AS "nextSecond"`;
    if (!clock) throw new Error('the database did not tell its time');
    const byId = typeof revocation.of === 'object' && 'tokenId' in revocation.of;
    await transaction.accessRevocation.create({
      data: {
        partnerId: partner.id,
        ...(revocation.of === 'EVERYBODY' ? {} : revocation.of),
        issuedBefore: byId ? null : clock.nextSecond,
        expiresAt: new Date(clock.now.getTime() + revocation.keepMs),
      },
    });
    await nudge(transaction);
    return byId ? clock.now : clock.nextSecond;
  });
}

/** False: there is no such partner. Suspending one that is suspended already changes nothing. */
export async function suspendPartner(database: Database, slug: string): Promise<boolean> {
  return inTransaction(database, async (transaction) => {
    const known = await transaction.$executeRaw`
      UPDATE "Partner" SET "suspendedAt" = coalesce("suspendedAt", now()) WHERE "slug" = ${slug}`;
    await nudge(transaction);
    return known > 0;
  });
}

/** False: there is no such partner. Its tokens are good again as far as they have not expired or been revoked. */
export async function resumePartner(database: Database, slug: string): Promise<boolean> {
  return inTransaction(database, async (transaction) => {
    const { count } = await transaction.partner.updateMany({ where: { slug }, data: { suspendedAt: null } });
    await nudge(transaction);
    return count > 0;
  });
}

async function nudge(transaction: Transaction): Promise<void> {
  await transaction.$executeRaw`SELECT pg_notify(${accessChannel}, '')`;
}
