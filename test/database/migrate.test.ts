// Migrations applied by the gateway itself, and that Prisma's command line agrees.

import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDatabase } from '../../src/database/client.ts';
import { migrate } from '../../src/database/migrate.ts';
import { createBareDatabase, runSql } from '../support/database.ts';
import { waitFor } from '../support/wait-for.ts';
import { runPrisma } from './support/prisma-cli.ts';

const root = path.resolve(import.meta.dirname, '../..');
const known = readdirSync(path.join(root, 'prisma/migrations'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

let database: { readonly url: string; drop(): Promise<void> };
let client: pg.Client;

beforeEach(async () => {
  database = await createBareDatabase();
  client = new pg.Client(database.url);
  await client.connect();
});
afterEach(async () => {
  await client.end();
  await database.drop();
});

function recorder() {
  const applied: unknown[] = [];
  return { applied, log: { info: (details: Record<string, unknown>) => void applied.push(...Object.values(details)) } };
}

async function records(): Promise<unknown[]> {
  const { rows } = await client.query<{ name: string }>(
    'SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY 1',
  );
  return rows.map(({ name }) => name);
}

describe('migrate', () => {
  it('applies what is missing, and nothing twice', async () => {
    const first = recorder();
    await migrate(database.url, first.log);
    expect(first.applied).toEqual(known);
    const second = recorder();
    await migrate(database.url, second.log);
    expect(second.applied).toEqual([]);
    expect(await records()).toEqual(known);
  });

  it('lets processes that start together take turns', async () => {
    const runs = [recorder(), recorder(), recorder(), recorder()];
    await Promise.all(runs.map(({ log }) => migrate(database.url, log)));
    expect(runs.flatMap(({ applied }) => applied)).toEqual(known);
    expect(await records()).toEqual(known);
  });

  it("waits for Prisma's own command line too", async () => {
    await client.query('SELECT pg_advisory_lock(72707369)');
    const waiting = migrate(database.url, recorder().log);
    await waitFor(async () => {
      const { rowCount } = await client.query(`SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`);
      return rowCount === 1;
    });
    expect((await client.query(`SELECT to_regclass('"Customer"') AS table`)).rows).toEqual([{ table: null }]);
    await client.query('SELECT pg_advisory_unlock(72707369)');
    await waiting;
    expect(await records()).toEqual(known);
  });

  it('leaves a database that Prisma calls up to date and equal to the schema', { timeout: 120_000 }, async () => {
    await migrate(database.url, recorder().log);
    expect(await runPrisma(database.url, ['migrate', 'status'])).toMatch(
      /^exit code 0\n[^]*Database schema is up to date/,
    );
    const schema = path.join(root, 'prisma/schema.prisma');
    const diff = ['migrate', 'diff', '--from-config-datasource', '--to-schema', schema, '--exit-code'];
    expect(await runPrisma(database.url, diff)).toMatch(/^exit code 0\n/);
  });

  it('finds what Prisma has applied, and starts over a newer database', { timeout: 120_000 }, async () => {
    expect(await runPrisma(database.url, ['migrate', 'deploy'])).toMatch(/^exit code 0\n/);
    await client.query(`INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
      VALUES ('later', 'of a later version', '99991231000000_later', now(), 1)`);
    const { applied, log } = recorder();
    await migrate(database.url, log);
    expect(applied).toEqual([]);
  });

  it('refuses a migration that was edited after it had been applied', async () => {
    await migrate(database.url, recorder().log);
    await client.query(`UPDATE _prisma_migrations SET checksum = 'of another text'`);
    await expect(migrate(database.url, recorder().log)).rejects.toThrow(
      `${known[0]} was edited after it had been applied`,
    );
  });

  it('refuses to go on where Prisma broke off', async () => {
    await migrate(database.url, recorder().log);
    await client.query('UPDATE _prisma_migrations SET finished_at = NULL');
    await expect(migrate(database.url, recorder().log)).rejects.toThrow('prisma migrate resolve');
  });

  it('undoes a migration that fails, keeps those before it and goes on when it is mended', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'gateway-migrations-'));
    const write = (name: string, sql: string): void => {
      mkdirSync(path.join(folder, name), { recursive: true });
      writeFileSync(path.join(folder, name, 'migration.sql'), sql);
    };
    const migrations = pathToFileURL(`${folder}/`);
    try {
      write('1_good', 'CREATE TABLE good ();');
      write('2_bad', 'CREATE TABLE half_done (); SELECT nonsense;');
      await expect(migrate(database.url, recorder().log, migrations)).rejects.toThrow('2_bad failed and was undone');
      expect(await records()).toEqual(['1_good']);
      expect((await client.query(`SELECT to_regclass('half_done') AS table`)).rows).toEqual([{ table: null }]);
      write('2_bad', 'CREATE TABLE half_done ();');
      await migrate(database.url, recorder().log, migrations);
      expect(await records()).toEqual(['1_good', '2_bad']);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('needs no right to create anything where nothing is to be done', async () => {
    await migrate(database.url, recorder().log);
    const role = `reader_${Date.now()}`;
    await client.query(
      `CREATE ROLE ${role} LOGIN PASSWORD 'reads-only'; GRANT SELECT ON _prisma_migrations TO ${role}`,
    );
    const url = new URL(database.url);
    url.username = role;
    url.password = 'reads-only';
    try {
      await migrate(url.toString(), recorder().log);
    } finally {
      await runSql(database.url, `DROP OWNED BY ${role}; DROP ROLE ${role}`);
    }
  });
});

describe('the migrated database', () => {
  it('keeps external ids apart among customers that are not deleted', async () => {
    await migrate(database.url, recorder().log);
    const gateway = createDatabase({ url: database.url, poolSize: 2 });
    try {
      const partner = await gateway.partner.create({ data: { slug: 'acme', name: 'Acme', dataRegion: 'US' } });
      const create = () =>
        gateway.customer.create({
          data: {
            partnerId: partner.id,
            companyName: 'Bäckerei',
            adminEmail: 'a@example.com',
            externalId: 'c-1',
            billingAddressLine1: '1 Main St',
            billingCity: 'Springfield',
            billingCountryCode: 'US',
            dataRegion: 'US',
          },
        });
      const { id } = await create();
      await expect(create()).rejects.toMatchObject({ code: 'P2002' });
      await gateway.customer.update({ where: { id }, data: { status: 'DELETED' } });
      await create();
    } finally {
      await gateway.close();
    }
  });
});
