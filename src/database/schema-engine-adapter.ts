// The database access of the schema engine (schema-engine.ts): @prisma/adapter-pg with what it lacks for that role.

import { AsyncLocalStorage } from 'node:async_hooks';
import { PrismaPg } from '@prisma/adapter-pg';
import { ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import pg from 'pg';
import { databaseName, withDatabase, withSessionSettings } from './connection-url.ts';

// Type numbers of PostgreSQL's catalog.
const singleByteChar = 18;
const text = 25;

/** Columns of the query under way that are of the catalogs' type "char", which the adapter refuses. */
const charColumns = new AsyncLocalStorage<Set<number>>();

export function engineAdapterFactory(
  url: string,
  shadowUrl: string | undefined,
): SqlMigrationAwareDriverAdapterFactory {
  return {
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect: () => connect(url),
    connectToShadowDb: () => (shadowUrl === undefined ? connectToNewShadow(url) : connectToGivenShadow(shadowUrl)),
  };
}

/** Answers the name of the database it has created. */
export async function createDatabase(url: string): Promise<string> {
  const name = databaseName(url);
  await onServer(url, (client) => client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`));
  return name;
}

export async function canConnect(url: string): Promise<void> {
  await withClient(url, () => Promise.resolve());
}

async function connect(url: string): Promise<SqlDriverAdapter> {
  const pool = new pg.Pool({ connectionString: withSessionSettings(url, { TimeZone: 'UTC' }), max: 1 });
  const adapter = await new PrismaPg(noticingCharColumns(pool), { disposeExternalPool: true }).connect();
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = (query) =>
    charColumns.run(new Set(), async () => {
      const result = await queryRaw(query);
      for (const index of charColumns.getStore() ?? []) result.columnTypes[index] = ColumnTypeEnum.Character;
      return result;
    });
  // The adapter's own splits the script at every semicolon: that breaks $$-quoted bodies and leaves half a migration
  // behind when a later statement fails. Sent whole and without parameters it is one implicit transaction.
  adapter.executeScript = async (script) => {
    await adapter.executeRaw({ sql: script, args: [], argTypes: [] });
  };
  return adapter;
}

function noticingCharColumns(pool: pg.Pool): pg.Pool {
  return new Proxy(pool, {
    get(target, key) {
      if (key === 'query') {
        return async (query: pg.QueryConfig) => {
          const result = await target.query(query);
          // A script of several statements answers with a list of results: no columns to look at.
          if (!Array.isArray(result)) result.fields.forEach(noticeCharColumn);
          return result;
        };
      }
      const value: unknown = Reflect.get(target, key);
      const bound: unknown = typeof value === 'function' ? value.bind(target) : value;
      return bound;
    },
  });
}

function noticeCharColumn(field: pg.FieldDef, index: number): void {
  if (field.dataTypeID !== singleByteChar) return;
  charColumns.getStore()?.add(index);
  field.dataTypeID = text;
}

async function connectToGivenShadow(url: string): Promise<SqlDriverAdapter> {
  const adapter = await connect(url);
  await adapter.executeScript('DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public;');
  return adapter;
}

/** The adapter's own drops its shadow database while still connected to it, which PostgreSQL refuses. */
async function connectToNewShadow(url: string): Promise<SqlDriverAdapter> {
  const name = `prisma_migrate_shadow_db_${crypto.randomUUID()}`;
  const shadowUrl = withDatabase(url, name);
  await createDatabase(shadowUrl);
  const adapter = await connect(shadowUrl);
  const disconnect = adapter.dispose.bind(adapter);
  adapter.dispose = async () => {
    await disconnect();
    await onServer(url, (client) => client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(name)}`));
  };
  return adapter;
}

/** Databases are created and dropped from another one that always exists. */
async function onServer(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  await withClient(withDatabase(url, 'postgres'), work);
}

async function withClient(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client(url);
  try {
    await client.connect();
    await work(client);
  } finally {
    await client.end();
  }
}
