// Where the sandbox remembers: a connection pool on its own PostgreSQL schema, which it creates and brings up to date by itself.

import pg from 'pg';
import type { SandboxLog } from './log.ts';
import { stateVersions } from './state-versions.ts';

/** A pool, or the one connection of a transaction. */
export interface Database {
  query<R extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<pg.QueryResult<R>>;
}

const poolSize = 8;
/** Any number will do, as long as nobody else in this database locks it. */
const migrationLock = 7_302_511;

export async function openState(databaseUrl: string, log: SandboxLog): Promise<pg.Pool> {
  const types = new pg.TypeOverrides();
  // Our bigints are milliseconds and counters: far below 2^53.
  types.setTypeParser(pg.types.builtins.INT8, Number);
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: poolSize,
    application_name: 'sandbox',
    types,
  });
  // Without a listener a lost idle connection would end the process.
  pool.on('error', (error) => {
    if (!pool.ending) log.warn({ err: error }, 'the sandbox lost an idle database connection');
  });
  try {
    await inTransaction(pool, bringUpToDate);
  } catch (error) {
    await pool.end();
    throw error;
  }
  return pool;
}

export async function inTransaction<T>(pool: pg.Pool, work: (db: Database) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  // While it is out of the pool nobody else listens: a connection that breaks between two statements would end the process.
  const ignore = (): void => undefined;
  client.on('error', ignore);
  let isBroken = false;
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    // A connection that cannot even roll back is not given to anybody else.
    await client.query('rollback').catch(() => (isBroken = true));
    throw error;
  } finally {
    client.off('error', ignore);
    client.release(isBroken);
  }
}

export async function findRow<R extends pg.QueryResultRow>(
  db: Database,
  sql: string,
  values: unknown[],
): Promise<R | null> {
  return (await db.query<R>(sql, values)).rows[0] ?? null;
}

export async function findRows<R extends pg.QueryResultRow>(
  db: Database,
  sql: string,
  values: unknown[] = [],
): Promise<R[]> {
  return (await db.query<R>(sql, values)).rows;
}

async function bringUpToDate(db: Database): Promise<void> {
  await db.query('select pg_advisory_xact_lock($1)', [migrationLock]);
  await db.query('create schema if not exists sandbox');
  await db.query('create table if not exists sandbox.state_version (version integer not null)');
  const found = await findRow<{ version: number }>(db, 'select version from sandbox.state_version', []);
  const current = found?.version ?? 0;
  if (current > stateVersions.length) {
    throw new Error(
      `Expected sandbox state of version ${stateVersions.length} or older, found ${current}: a newer program wrote it. ` +
        'Run that one, or drop the schema "sandbox" to start afresh.',
    );
  }
  for (const statements of stateVersions.slice(current)) await db.query(statements);
  const record =
    found === null ? 'insert into sandbox.state_version values ($1)' : 'update sandbox.state_version set version = $1';
  await db.query(record, [stateVersions.length]);
}
