// Whose access was withdrawn though their tokens have not expired: revoked tokens, suspended partners. Kept in memory for both
// transports, read anew at every nudge and once a second: one statement for the whole process. It never knows less than what
// was committed two seconds ago: where it cannot be read, nobody new is let in.

import type { Database } from '../../database/client.ts';
import { listen } from '../../database/notifications.ts';
import { accessChannel } from '../../domain/access/change-access.ts';

/** What of a token, once it has been verified, decides whether it was withdrawn. */
export interface Grant {
  readonly partnerId: string;
  readonly subject: string;
  /** Null: tokens without a `jti` can be revoked all together only. */
  readonly tokenId: string | null;
  /** Null, like any time before, is earlier than every revocation. */
  readonly issuedAt: Date | null;
}

export type Withdrawal = 'REVOKED' | 'SUSPENDED';

export interface AccessView {
  /** For whoever wants in. Throws when it cannot be told at the moment. */
  check(grant: Grant): Promise<Withdrawal | null>;
  /** For whoever is in already: as far as is known. */
  findWithdrawal(grant: Grant): Withdrawal | null;
  /** Called after each look, when more may have been withdrawn. */
  onLook(listener: () => void): void;
  close(): Promise<void>;
}

export interface AccessOptions {
  readonly database: Database;
  /** For a connection of its own that listens. */
  readonly url: string;
  /** How often it looks without having been nudged; 1,000 unless told. */
  readonly pollMs?: number;
  /** A look failed after one that did not; it is repeated. */
  readonly onError: (error: unknown) => void;
}

/** Older than that, what is known does not do for letting anybody in. */
const mostAgeMs = 1_500;

interface WithdrawnRow {
  readonly partnerId: string;
  readonly subject: string | null;
  readonly tokenId: string | null;
  /** Null in a row without tokenId too: the partner is suspended. */
  readonly issuedBefore: Date | null;
}

export async function openAccessView({ database, url, pollMs = 1_000, onError }: AccessOptions): Promise<AccessView> {
  let withdrawn: ReadonlyMap<string, readonly WithdrawnRow[]> = new Map();
  let asOf = Number.NEGATIVE_INFINITY;
  let running: Promise<void> | null = null;
  let following: Promise<void> | null = null;
  let hasFailed = false;
  const listeners: (() => void)[] = [];

  async function read(): Promise<void> {
    const begun = performance.now();
    const rows = await database.$queryRaw<WithdrawnRow[]>`
      SELECT "partnerId", "subject", "tokenId", "issuedBefore" FROM "AccessRevocation" WHERE "expiresAt" > now()
      UNION ALL SELECT "id", NULL, NULL, NULL FROM "Partner" WHERE "suspendedAt" IS NOT NULL`;
    withdrawn = Map.groupBy(rows, ({ partnerId }) => partnerId);
    asOf = begun;
    for (const listener of listeners) listener();
  }

  /** Begins after it was called, however many call: a look that is under way may already have missed what they know of. */
  function look(): Promise<void> {
    if (running === null) {
      running = read().finally(() => (running = null));
      return running;
    }
    following ??= running
      .catch(() => undefined)
      .then(() => {
        following = null;
        return look();
      });
    return following;
  }

  function lookUnasked(): void {
    look().then(
      () => (hasFailed = false),
      (error: unknown) => {
        if (!hasFailed) onError(error);
        hasFailed = true;
      },
    );
  }

  function findWithdrawal(grant: Grant): Withdrawal | null {
    const rows = (withdrawn.get(grant.partnerId) ?? []).filter((row) => concerns(row, grant));
    if (rows.length === 0) return null;
    return rows.some(isSuspension) ? 'SUSPENDED' : 'REVOKED';
  }

  await look();
  const listener = await listen({ url, channel: accessChannel, onNotification: lookUnasked, onReady: lookUnasked });
  const poll = setInterval(lookUnasked, pollMs);
  poll.unref();

  return {
    async check(grant) {
      if (performance.now() - asOf > mostAgeMs) await look();
      return findWithdrawal(grant);
    },
    findWithdrawal,
    onLook: (told) => void listeners.push(told),
    async close() {
      clearInterval(poll);
      await listener.close();
      await running?.catch(() => undefined);
    },
  };
}

function isSuspension({ tokenId, issuedBefore }: WithdrawnRow): boolean {
  return tokenId === null && issuedBefore === null;
}

function concerns(row: WithdrawnRow, { subject, tokenId, issuedAt }: Grant): boolean {
  if (row.tokenId !== null) return row.tokenId === tokenId;
  if (row.subject !== null && row.subject !== subject) return false;
  return row.issuedBefore === null || issuedAt === null || issuedAt < row.issuedBefore;
}
