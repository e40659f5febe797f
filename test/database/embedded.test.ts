// The embedded PostgreSQL: what outlives what, and what is refused.

import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runningServerUrl } from '../../src/database/embedded-cluster.ts';
import { startEmbedded } from '../../src/database/embedded.ts';
import type { EmbeddedServer } from '../../src/database/embedded.ts';
import { waitFor } from '../support/wait-for.ts';
import { startHolder } from './support/start-holder.ts';

const log = { info: () => undefined };
let dataDir: string;
let servers: EmbeddedServer[];

beforeEach(() => {
  dataDir = mkdtempSync(path.join(os.tmpdir(), 'gateway-embedded-'));
  servers = [];
});

afterEach(async () => {
  for (const server of servers) await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function start(durable = false): Promise<EmbeddedServer> {
  const server = await startEmbedded({ dataDir, log, durable });
  servers.push(server);
  return server;
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(url);
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

const pidFile = (): string => path.join(dataDir, 'cluster/data/postmaster.pid');
const serverPid = (): number => Number(readFileSync(pidFile(), 'utf8').split('\n')[0]);

async function killServer(): Promise<void> {
  const { url } = await start(true);
  await query(url, 'CREATE TABLE kept AS SELECT 42 AS answer');
  const pid = serverPid();
  process.kill(pid, 'SIGKILL');
  await waitFor(async () =>
    query(url, 'SELECT 1').then(
      () => false,
      () => true,
    ),
  );
}

describe('a start', () => {
  it('makes a server that only our password opens, and a stop ends it', async () => {
    const { url, attached, stop } = await start();
    expect(attached).toBe(false);
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    const stranger = new URL(url);
    stranger.password = 'guessed';
    await expect(query(stranger.toString(), 'SELECT 1')).rejects.toThrow('password authentication failed');
    expect(statSync(path.join(dataDir, 'cluster/password')).mode & 0o777).toBe(0o600);
    expect(runningServerUrl(dataDir)).toBe(url);
    await stop();
    await expect(query(url, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
    expect(existsSync(pidFile())).toBe(false);
    expect(runningServerUrl(dataDir)).toBeNull();
  });

  it('finds the data of the run before', async () => {
    const first = await start();
    await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await first.stop();
    const second = await start();
    expect(second.attached).toBe(false);
    expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  it('gives up safety for speed only where it is told to', async () => {
    const settings = `SELECT name, setting FROM pg_settings
      WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes', 'max_connections', 'TimeZone') ORDER BY name`;
    const careful = await start(true);
    expect((await query(careful.url, settings)).map((row) => Object.values(row))).toEqual([
      ['TimeZone', 'UTC'],
      ['fsync', 'on'],
      ['full_page_writes', 'on'],
      ['max_connections', '200'],
      ['synchronous_commit', 'on'],
    ]);
    await careful.stop();
    const fast = await start();
    expect((await query(fast.url, settings)).map((row) => Object.values(row))).toEqual([
      ['TimeZone', 'UTC'],
      ['fsync', 'off'],
      ['full_page_writes', 'off'],
      ['max_connections', '200'],
      ['synchronous_commit', 'off'],
    ]);
  });

  it('knows upper and lower case beyond ASCII', async () => {
    const { url } = await start();
    expect(await query(url, `SELECT 'MÜLLER' ILIKE 'müller' AS same`)).toEqual([{ same: true }]);
  });

  it('at the same time as another one ends in one server for both', async () => {
    const both = await Promise.all([startHolder(dataDir), startHolder(dataDir)]);
    await Promise.all(both.map((holder) => holder.kill()));
    expect(both.map(({ attached }) => attached).sort()).toEqual([false, true]);
    expect(both[0].url).toBe(both[1].url);
    expect((await start()).url).toBe(both[0].url);
  });

  it('is refused over the data of another major version', async () => {
    const { stop } = await start();
    await stop();
    writeFileSync(path.join(dataDir, 'cluster/data/PG_VERSION'), '17\n');
    await expect(start()).rejects.toThrow(/made by PostgreSQL 17, the installed one is 18/);
  });
});

describe('after kill -9', () => {
  it('of the gateway, the next one takes over the server that is still running', async () => {
    const killed = await startHolder(dataDir);
    await query(killed.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await killed.kill();
    const next = await start();
    expect(next).toMatchObject({ attached: true, url: killed.url });
    expect(await query(next.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    await next.stop();
    await expect(query(next.url, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
  });

  it('of the server, the next start recovers what was committed', async () => {
    await killServer();
    expect(existsSync(pidFile())).toBe(true);
    const next = await start();
    expect(next.attached).toBe(false);
    expect(await query(next.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  it('of the server, the next start is not misled by another program under its process number', async () => {
    await killServer();
    const owner = statSync(path.join(dataDir, 'cluster/data'));
    const stranger = spawn('/bin/sh', ['-c', 'read line'], { uid: owner.uid, gid: owner.gid, cwd: '/' });
    try {
      const [, ...rest] = readFileSync(pidFile(), 'utf8').split('\n');
      writeFileSync(pidFile(), [stranger.pid, ...rest].join('\n'));
      const next = await start();
      expect(next.attached).toBe(false);
      expect(await query(next.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
      expect(stranger.exitCode).toBeNull();
    } finally {
      stranger.kill();
    }
  });

  it('in the middle of making the data directory, the next start begins anew', async () => {
    // No process has this number: Linux and macOS count to less.
    const abandoned = path.join(dataDir, 'draft-99999999');
    const { stop } = await start();
    await stop();
    rmSync(path.join(dataDir, 'cluster/data/global'), { recursive: true });
    renameSync(path.join(dataDir, 'cluster'), abandoned);
    const next = await start();
    expect(await query(next.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(existsSync(abandoned)).toBe(false);
  });
});
