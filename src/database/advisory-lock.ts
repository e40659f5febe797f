// Turns among processes: advisory locks of PostgreSQL, each held by a connection of its own and so free again when its
// holder is killed. Whatever is done under one must bear being done without: a connection can break meanwhile.

import pg from 'pg';

/** Any numbers will do, as long as no two mean the same. migrate.ts and the sandbox have one each of their own. */
const keys = {
  'seed partners': 7_302_601,
  'seed demo': 7_302_602,
  maintenance: 7_302_603,
  'partner credentials': 7_302_604,
  'right to enqueue': 7_302_605,
} as const;
export type LockName = keyof typeof keys;

/** Waits for its turn, however long that takes. */
export async function inTurn<T>(url: string, name: LockName, work: () => Promise<T>): Promise<T> {
  return onConnection(url, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [keys[name]]);
    return work();
  });
}

/** As inTurn, but those who are about something else do not wait. */
export async function inTurnFor<T>(url: string, name: LockName, about: string, work: () => Promise<T>): Promise<T> {
  return onConnection(url, async (client) => {
    await client.query('SELECT pg_advisory_lock($1, hashtext($2))', [keys[name], about]);
    return work();
  });
}

/** Undefined: somebody else is at it, and nothing was done. */
export async function unlessUnderWay<T>(url: string, name: LockName, work: () => Promise<T>): Promise<T | undefined> {
  return onConnection(url, async (client) => {
    const { rows } = await client.query<{ locked: boolean }>('SELECT pg_try_advisory_lock($1) AS locked', [keys[name]]);
    return rows[0]?.locked === true ? work() : undefined;
  });
}

async function onConnection<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'gateway-lock', keepAlive: true });
  // Without a listener the end of an idle connection would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
