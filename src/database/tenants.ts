// One database a partner, as the API's requests are given it: Prisma's client bound to the partner, on connections that see that
// partner's rows only. All share one client and one pool; what differs is for whom a connection is checked out.

import { openDatabase } from './client.ts';
import type { Database, OpenDatabase } from './client.ts';
import type { PrismaClient } from './generated/client.ts';
import { batchByPartner } from './partner-batches.ts';
import { asPartner, PartnerPool, tenantRole } from './partner-pool.ts';
import { poolOptions } from './pool-options.ts';
import { createStatementNames } from './statement-names.ts';
import type { DatabaseOptions } from './pool-options.ts';

export interface Tenants {
  /** The partner's rows, and nothing else, whatever is asked of it. */
  of(partnerId: string): Database;
  /** One value of one statement, of the partner's rows; null also for no row. */
  readText(partnerId: string, text: string, values: readonly (string | null)[]): Promise<string | null>;
  close(): Promise<void>;
}

/** Partners whose bound client is kept; binding anew costs well under a millisecond. */
const mostKept = 1_000;

/** Connects when first used. */
export function createTenants(options: DatabaseOptions): Tenants {
  const pool = new PartnerPool(poolOptions(options, { role: tenantRole }));
  const shared = openDatabase(pool);
  const nameOf = createStatementNames();
  batchByPartner(shared);
  const kept = new Map<string, Database>();

  return {
    of(partnerId) {
      const known = kept.get(partnerId);
      if (known) return known;
      if (kept.size >= mostKept) kept.clear();
      const bound = bind(shared, partnerId);
      kept.set(partnerId, bound);
      return bound;
    },
    readText: (partnerId, text, values) => pool.readText(partnerId, { name: nameOf(text), text, values }),
    close: () => shared.close(),
  };
}

function bind(shared: OpenDatabase, partnerId: string): Database {
  const bound = shared.$extends({
    query: {
      // Awaited inside: Prisma's promises begin their work only when somebody waits for them.
      $allOperations: ({ args, query }) => asPartner(partnerId, async (): Promise<unknown> => await query(args)),
    },
  });
  const own = {
    $transaction: (...work: Parameters<Database['$transaction']>) =>
      asPartner(partnerId, () => shared.$transaction(...work)),
  } satisfies Record<OwnMember, unknown>;
  // Prisma gives an extended client a type of its own; an extension that only wraps queries leaves all as it was.
  return Object.assign(bound, own) as unknown as Database;
}

/** What an extension does not reach, and what our Database can do beyond Prisma's client. */
type OwnMember = Exclude<keyof Database, Exclude<keyof PrismaClient, '$transaction'>>;
