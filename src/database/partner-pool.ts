// Connections to one partner's rows: each starts as the unprivileged role for which the policies of row level security hold,
// and is told for whom it is each time it is checked out for another partner. This is the only place where that happens.

import { AsyncLocalStorage } from 'node:async_hooks';
import pg from 'pg';

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

export interface TextQuery {
  /** Prepared once a connection under this name. */
  readonly name: string;
  readonly text: string;
  readonly values: readonly (string | null)[];
}

type Callback = Parameters<pg.Pool['connect']>[0];

export class PartnerPool extends pg.Pool {
  readonly #partners = new WeakMap<pg.PoolClient, string>();

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

  /** The only value that the statement answers, as text. */
  async readText(partnerId: string, { name, text, values }: TextQuery): Promise<string | null> {
    const client = await this.#checkOut(partnerId);
    try {
      const { rows } = await client.query<[string | null]>({ name, text, values: [...values], rowMode: 'array' });
      return rows[0]?.[0] ?? null;
    } finally {
      client.release();
    }
  }

  async #checkOut(partnerId: string): Promise<pg.PoolClient> {
    const client = await super.connect();
    if (this.#partners.get(client) === partnerId) return client;
    // Without a listener a connection that breaks just now would end the process.
    const ignore = (): void => undefined;
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

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error('a connection could not be had', { cause: error });
}
