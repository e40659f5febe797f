// Customers with "Flaky" in their name: for each of them the platform fails the first calls of every kind in a fixed way, then works.
// The calls are counted in the database, so that a restart does not begin the trouble anew.

import type { FastifyRequest } from 'fastify';
import { findRow } from './state.ts';
import type { Database } from './state.ts';

export type FlakyFault = 'unavailable' | 'reset-before' | 'reset-after';

export interface FlakyCustomers {
  /** Counts a call that concerns a flaky customer; null: no trouble this time. */
  strike(partner: string, request: FastifyRequest): Promise<FlakyFault | null>;
}

/** The trouble of the first call, of the second and so on; later ones are spared. */
const troubles: { readonly write: readonly (FlakyFault | null)[]; readonly read: readonly (FlakyFault | null)[] } = {
  // The first write comes to nothing; the second takes effect without an answer: whoever repeats it without looking does it twice.
  write: ['unavailable', 'reset-after'],
  read: ['unavailable', null, 'reset-before'],
};

export async function openFlakyCustomers(db: Database): Promise<FlakyCustomers> {
  let isAnyKnown = (await findRow(db, 'select 1 from sandbox.flaky_calls limit 1', [])) !== null;

  async function externalIdOf(partner: string, request: FastifyRequest): Promise<string | null> {
    const body = recordOf(request.body);
    const name = recordOf(body['customerInfo'])['name'];
    const externalId = body['externalId'];
    if (request.method === 'POST' && isFlakyName(name) && typeof externalId === 'string') return externalId;
    if (!isAnyKnown) return null;
    const mentioned = [
      ...Object.values(recordOf(request.params)),
      ...['externalId', 'externalCustomerId', 'customerId', 'orgId'].map((field) => recordOf(request.query)[field]),
      ...['externalId', 'customerId'].map((field) => body[field]),
    ].filter((value) => typeof value === 'string');
    if (mentioned.length === 0) return null;
    const found = await findRow<{ external_id: string }>(
      db,
      `select external_id from sandbox.flaky_calls where partner = $1 and external_id = any($2)
       union all
       select external_id from sandbox.customers where partner = $1 and is_flaky and (id = any($2) or org_id = any($2))
       limit 1`,
      [partner, mentioned],
    );
    return found?.external_id ?? null;
  }

  return {
    async strike(partner, request) {
      const pattern = request.routeOptions.url ?? '';
      // Checks made before anything is begun stay dependable: the trouble is meant for what runs in the background.
      if (/\/validate$|\/invoke$/.test(pattern)) return null;
      const externalId = await externalIdOf(partner, request);
      if (externalId === null) return null;
      isAnyKnown = true;
      const counted = await findRow<{ calls: number }>(
        db,
        `insert into sandbox.flaky_calls (partner, external_id, route, calls) values ($1, $2, $3, 1)
         on conflict (partner, external_id, route) do update set calls = flaky_calls.calls + 1 returning calls`,
        [partner, externalId, `${request.method} ${pattern}`],
      );
      const kind = request.method === 'GET' ? 'read' : 'write';
      return troubles[kind][(counted?.calls ?? 0) - 1] ?? null;
    },
  };
}

export function isFlakyName(name: unknown): boolean {
  return typeof name === 'string' && name.includes('Flaky');
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
