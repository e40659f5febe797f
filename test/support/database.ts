// A database for one test file: a clone of the migrated template, dropped afterwards.

import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { createDatabase } from '../../src/database/client.ts';
import type { OpenDatabase } from '../../src/database/client.ts';
import { withDatabase } from '../../src/database/connection-url.ts';

export interface TestDatabase {
  readonly url: string;
  readonly database: OpenDatabase;
  drop(): Promise<void>;
}

export async function createTestDatabase(): Promise<TestDatabase> {
  const { url, drop } = await createBareDatabase(inject('templateDatabase'));
  const database = createDatabase({ url, poolSize: 10 });
  return {
    url,
    database,
    async drop() {
      await database.close();
      await drop();
    },
  };
}

/** Without a client of its own; empty unless a template is named. */
export async function createBareDatabase(template = 'template1'): Promise<Omit<TestDatabase, 'database'>> {
  const serverUrl = inject('serverUrl');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await runSql(serverUrl, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  return {
    url: withDatabase(serverUrl, name),
    drop: () => dropDatabase(serverUrl, name),
  };
}

/**
 * PostgreSQL gives the sessions that are just saying goodbye a few seconds. Ending them by force is for those that stay: a
 * pool that was closed a moment ago would see it as an error that nobody listens for.
 */
async function dropDatabase(serverUrl: string, name: string): Promise<void> {
  await runSql(serverUrl, `DROP DATABASE IF EXISTS ${name}`).catch(() =>
    runSql(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  );
}

/** On a connection of its own, outside of any transaction. */
export async function runSql(url: string, statement: string): Promise<void> {
  const client = new pg.Client(url);
  try {
    await client.connect();
    await client.query(statement);
  } finally {
    await client.end();
  }
}
