// Brings a database up to prisma/migrations when the gateway starts, in this process: the same lock, table and checksums as
// Prisma's command line, which agrees with the result afterwards but takes seconds to start.

import { createHash, randomUUID } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import pg from 'pg';
import type { Reader } from './transaction.ts';

const ownMigrations = new URL('../../prisma/migrations/', import.meta.url);
/** The advisory lock Prisma takes: processes that start together, and its command line, take turns. */
const lockKey = 72_707_369;
const lockTimeoutMs = 60_000;

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

/** Throws, with nothing changed by the migration in question, if one cannot be applied or was edited afterwards. */
export async function migrate(
  url: string,
  log: { info(details: object, message: string): void },
  folder = ownMigrations,
): Promise<void> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'gateway-migrate',
    lock_timeout: lockTimeoutMs,
  });
  try {
    await client.connect();
    await client.query('SELECT pg_advisory_lock($1)', [lockKey]);
    const applied = await readApplied(client);
    for (const migration of readMigrations(folder)) {
      const checksum = applied.get(migration.name);
      if (checksum === undefined) {
        await apply(client, migration);
        log.info({ migration: migration.name }, 'migration applied');
      } else if (checksum !== migration.checksum) {
        throw new Error(`migration ${migration.name} was edited after it had been applied to this database`);
      }
    }
  } finally {
    await client.end();
  }
}

/** Whether all that this version knows are applied. One cheap statement. */
export async function isMigrated(reader: Reader, folder = ownMigrations): Promise<boolean> {
  const names = migrationNames(folder);
  const [found] = await reader.$queryRaw<{ count: number }[]>`
    SELECT count(DISTINCT migration_name)::int AS count FROM _prisma_migrations
    WHERE migration_name = ANY (${names}) AND finished_at IS NOT NULL AND rolled_back_at IS NULL`;
  return found?.count === names.length;
}

/** Migrations this version does not know are let be: during a rollout the older version still starts. */
async function readApplied(client: pg.Client): Promise<Map<string, string>> {
  const table = await client.query<{ oid: number | null }>(`SELECT to_regclass('_prisma_migrations')::oid AS oid`);
  // Asked first, since CREATE TABLE IF NOT EXISTS wants the right to create even where nothing is to be created.
  if (table.rows[0]?.oid === null) await client.query(migrationsTable);
  const { rows } = await client.query<{ name: string; checksum: string; finished: boolean }>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
     FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
  );
  const halfDone = rows.find(({ finished }) => !finished);
  if (halfDone) {
    throw new Error(
      `migration ${halfDone.name} was begun by Prisma and not finished: settle it with "prisma migrate resolve"`,
    );
  }
  return new Map(rows.map(({ name, checksum }) => [name, checksum]));
}

/** To the letter what Prisma makes. */
const migrationsTable = `
  CREATE TABLE _prisma_migrations (
    id                  VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum            VARCHAR(64) NOT NULL,
    finished_at         TIMESTAMPTZ,
    migration_name      VARCHAR(255) NOT NULL,
    logs                TEXT,
    rolled_back_at      TIMESTAMPTZ,
    started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`;

function readMigrations(folder: URL): Migration[] {
  return migrationNames(folder).map((name) => {
    const sql = readFileSync(new URL(`${name}/migration.sql`, folder), 'utf8');
    return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
  });
}

function migrationNames(folder: URL): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/** All or nothing: PostgreSQL rolls back changes to tables too. */
async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  try {
    await client.query('BEGIN');
    await client.query(sql);
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query('COMMIT');
  } catch (error) {
    // The connection, and with it the open transaction, is about to be closed.
    throw new Error(`migration ${name} failed and was undone`, { cause: error });
  }
}
