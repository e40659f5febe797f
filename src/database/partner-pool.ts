// Connections to one partner's rows: each starts as the unprivileged role for which the policies of row level security hold,
// and is told for whom it is each time it is checked out for another partner. This is the only place where that happens.

import { AsyncLocalStorage } from 'node:async_hooks';
import pg from 'pg';
import { TextRead } from './text-read.ts';
import type { TextQuery } from './text-read.ts';

/** Made by the migration that makes the policies. */
export const tenantRole = 'gateway_tenant';

const partnerNow = new AsyncLocalStorage<string>();

/** Whatever `work` asks a PartnerPool for is asked for this partner. Outside of it no partner's rows are seen. */
export function asPartner<T>(partnerId: string, work: () => T): T {
  return partnerNow.run(partnerId, work);
}

/** Undefined: nobody's. */
export function currentPartner(): string | undefined {
  return partnerNow.getStore();
}

type Callback = Parameters<pg.Pool['connect']>[0];

export class PartnerPool extends pg.Pool {
  readonly #partners = new WeakMap<pg.PoolClient, string>();
  readonly #prepared = new WeakMap<pg.PoolClient, Set<string>>();

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Callback): void;
  override connect(callback?: Callback): Promise<pg.PoolClient> | undefined {
    const checkedOut = this.#checkOut(currentPartner() ?? '');
    if (callback === undefined) return checkedOut;
    checkedOut.then(
      (client) => callback(undefined, client, client.release.bind(client)),
      (error: unknown) => callback(asError(error), undefined, () => undefined),
    );
    return undefined;
  }

  /** The only value that the statement answers of the partner's rows, as text; null also for no row. */
  async readText(partnerId: string, query: TextQuery): Promise<string | null> {
    const client = await super.connect();
    const isPartners = this.#partners.get(client) === partnerId;
    const prepared = this.#prepared.get(client) ?? new Set<string>();
    const read = new TextRead(
      isPartners ? [query] : [{ ...setPartner, name: 'set_partner_in_trip', values: [partnerId] }, query],
      prepared,
    );
    client.on('error', ignore);
    try {
      client.query(read);
      const value = await read.value;
      this.#partners.set(client, partnerId);
      this.#prepared.set(client, prepared);
      client.off('error', ignore);
      client.release();
      return value;
    } catch (error) {
      // For whom it is now, and what it has prepared, is not known.
      client.release(true);
      throw error;
    }
  }

  async #checkOut(partnerId: string): Promise<pg.PoolClient> {
    const client = await super.connect();
    if (this.#partners.get(client) === partnerId) return client;
    client.on('error', ignore);
    try {
      await client.query({ ...setPartner, values: [partnerId] });
    } catch (error) {
      client.release(true);
      throw error;
    } finally {
      client.off('error', ignore);
    }
    this.#partners.set(client, partnerId);
    return client;
  }
}

/** For the session, not the transaction: the connection stays its partner's until it is checked out for another. */
const setPartner = { name: 'set_partner', text: `SELECT set_config('gateway.partner_id', $1, false)` };

/** Without a listener a connection that breaks while it is checked out would end the process; the query tells of it. */
function ignore(): void {
  // Told elsewhere.
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error('a connection could not be had', { cause: error });
}
