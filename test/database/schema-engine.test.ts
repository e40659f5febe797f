// Our stand-in for Prisma's native schema engine, seen through Prisma's own command line.

import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withDatabase } from '../../src/database/connection-url.ts';
import { createBareDatabase, runSql } from '../support/database.ts';
import { runPrisma } from './support/prisma-cli.ts';

/** Each call starts Prisma anew, which takes seconds. */
const slow = 120_000;
const schemaFile = path.resolve(import.meta.dirname, '../../prisma/schema.prisma');
const engineFile = path.resolve(import.meta.dirname, '../../src/database/schema-engine.ts');

let database: { readonly url: string; drop(): Promise<void> };

beforeAll(async () => {
  database = await createBareDatabase();
});
afterAll(() => database.drop());

const prisma = (...args: string[]) => runPrisma(database.url, args);

async function hasTable(name: string): Promise<boolean> {
  const client = new pg.Client(database.url);
  await client.connect();
  const { rows } = await client.query<{ found: boolean }>('SELECT to_regclass($1) IS NOT NULL AS found', [name]);
  await client.end();
  return rows[0]?.found ?? false;
}

describe('prisma', () => {
  it('finds an engine it can run', () => {
    expect(statSync(engineFile).mode & 0o111).not.toBe(0);
    expect(readFileSync(engineFile, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  });

  it('validate needs no database', { timeout: slow }, async () => {
    expect(await runPrisma('', ['validate'])).toMatch(/^exit code 0\n/);
  });

  it('migrate deploy, status and diff agree with each other and with what is there', { timeout: slow }, async () => {
    const before = await prisma('migrate', 'status');
    expect(before).toMatch(/^exit code 1\n[^]*have not yet been applied/);

    const deployed = await prisma('migrate', 'deploy');
    expect(deployed).toMatch(/^exit code 0\n[^]*successfully applied/);
    expect(await hasTable('"Customer"')).toBe(true);
    expect(await prisma('migrate', 'deploy')).toMatch(/^exit code 0\n[^]*No pending migrations/);
    expect(await prisma('migrate', 'status')).toMatch(/^exit code 0\n[^]*Database schema is up to date/);

    const diff = ['migrate', 'diff', '--from-config-datasource', '--to-schema', schemaFile, '--exit-code'];
    expect(await prisma(...diff)).toMatch(/^exit code 0\n[^]*No difference/);
    await runSql(database.url, 'ALTER TABLE "Customer" ADD COLUMN "nickname" TEXT');
    expect(await prisma(...diff, '--script')).toMatch(/^exit code 2\n[^]*DROP COLUMN "nickname"/);
  });

  it('replays the migrations in a shadow database and removes it', { timeout: slow }, async () => {
    const diff = [
      'migrate',
      'diff',
      '--from-migrations',
      'prisma/migrations',
      '--to-schema',
      schemaFile,
      '--exit-code',
    ];
    expect(await prisma(...diff)).toMatch(/^exit code 0\n[^]*No difference/);
    const client = new pg.Client(database.url);
    await client.connect();
    const { rows } = await client.query(`SELECT datname FROM pg_database WHERE datname LIKE 'prisma_migrate_shadow%'`);
    await client.end();
    expect(rows).toEqual([]);
  });

  it(
    'db execute runs a script whole or not at all, semicolons inside of bodies included',
    { timeout: slow },
    async () => {
      const execute = (script: string) => runPrisma(database.url, ['db', 'execute', '--stdin'], script);
      const body = 'DO $$ BEGIN CREATE TABLE from_body (); PERFORM 1; END $$; CREATE TABLE after_body ();';
      expect(await execute(body)).toMatch(/^exit code 0\n/);
      expect([await hasTable('from_body'), await hasTable('after_body')]).toEqual([true, true]);
      const failed = await execute('CREATE TABLE half_done (); SELECT nonsense;');
      expect(failed).toMatch(/^exit code 1\n[^]*"nonsense" does not exist/);
      expect(await hasTable('half_done')).toBe(false);
    },
  );

  it('says what is wrong with the connection', { timeout: slow }, async () => {
    const missing = await runPrisma(withDatabase(database.url, 'not_there'), ['migrate', 'status']);
    expect(missing).toMatch(/^exit code 1\n[^]*P1003/);
    const stranger = new URL(database.url);
    stranger.password = 'guessed';
    const refused = await runPrisma(stranger.toString(), ['migrate', 'status']);
    expect(refused).toMatch(/^exit code 1\n[^]*P1000/);
  });
});
