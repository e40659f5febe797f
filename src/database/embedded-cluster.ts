// The embedded PostgreSQL on disk: its data directory, its password and the file in which a running server says where it is.

import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { canEnter, runAs } from './embedded-binaries.ts';
import type { Binaries, ServerUser } from './embedded-binaries.ts';

export interface ClusterFiles {
  readonly data: string;
  readonly passwordFile: string;
}

export interface Cluster extends ClusterFiles {
  readonly user: ServerUser;
}

export interface ServerFile {
  readonly pid: number;
  readonly port: number;
  readonly isReady: boolean;
}

const superuser = 'gateway';

export function clusterIn(dataDir: string): Cluster {
  const files = filesIn(dataDir);
  return { ...files, user: serverUser(files.data) };
}

function filesIn(dataDir: string): ClusterFiles {
  const folder = path.join(dataDir, 'cluster');
  return { data: path.join(folder, 'data'), passwordFile: path.join(folder, 'password') };
}

/** For tools that want to look in while the gateway runs. Null: it is not running, or not for the asking user. */
export function runningServerUrl(dataDir: string): string | null {
  const files = filesIn(dataDir);
  const server = readServerFile(files);
  return server?.isReady && isAlive(server.pid) ? connectionUrl(files, server.port) : null;
}

export function exists({ data }: Cluster): boolean {
  return existsSync(path.join(data, 'PG_VERSION'));
}

/** Made under another name first: what a killed process leaves half made is never taken for a data directory. */
export function makeCluster(dataDir: string, binaries: Binaries, durable: boolean): void {
  removeAbandonedDrafts(dataDir);
  const { user } = clusterIn(dataDir);
  const draft = path.join(dataDir, `draft-${process.pid}`);
  const data = path.join(draft, 'data');
  const passwordFile = path.join(draft, 'password');
  try {
    // Open for passing through, so that root's unprivileged server gets to what is its own.
    mkdirSync(draft, { mode: 0o711 });
    mkdirSync(data, { mode: 0o700 });
    writeFileSync(passwordFile, randomBytes(24).toString('hex'), { mode: 0o600 });
    for (const own of [data, passwordFile]) giveTo(user, own);
    const { status, error, stderr } = runAs(
      user,
      binaries.initdb,
      [
        ['-D', locationFor(user, data)],
        ['--username', superuser],
        ['--pwfile', '../password'],
        ['--auth', 'scram-sha-256'],
        ['--encoding', 'UTF8'],
        // Orders by code point as C does, and knows upper and lower case beyond ASCII; the same on every machine.
        ['--locale', 'C', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'],
        durable ? [] : ['--no-sync'],
      ].flat(),
      data,
    );
    if (status !== 0) throw new Error(`PostgreSQL could not make its data directory: ${error?.message ?? stderr}`);
    renameUnlessPresent(draft, path.join(dataDir, 'cluster'));
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

export function refuseOtherVersion({ data }: Cluster, { majorVersion }: Binaries): void {
  const found = readFileSync(path.join(data, 'PG_VERSION'), 'utf8').trim();
  if (found === majorVersion) return;
  throw new Error(
    `${data} was made by PostgreSQL ${found}, the installed one is ${majorVersion} and cannot read it: ` +
      `carry the data over by means of a PostgreSQL ${found}, or delete the folder to begin anew`,
  );
}

export function connectionUrl({ passwordFile }: ClusterFiles, port: number): string {
  return `postgresql://${superuser}:${readFileSync(passwordFile, 'utf8')}@127.0.0.1:${port}/postgres`;
}

/**
 * The data directory as the server names it. PostgreSQL makes each path absolute and opens it anew now and then, which
 * fails below a folder its user may not enter. The working directory it was given stays open to it all the same, and
 * Linux has an absolute name for that: so it is always started inside its data directory.
 */
export function locationFor(user: ServerUser, data: string): string {
  if (user.uid === undefined || canEnter(user, data)) return data;
  if (process.platform === 'linux') return '/proc/self/cwd';
  throw new Error(
    `PostgreSQL runs as user id ${user.uid}, which may not enter ${data}: put the data directory elsewhere`,
  );
}

/** Null: no server has been running here, or it ended in an orderly way. */
export function readServerFile({ data }: ClusterFiles): ServerFile | null {
  let lines: string[];
  try {
    lines = readFileSync(path.join(data, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return null;
  }
  return { pid: Number(lines[0]), port: Number(lines[3]), isReady: lines[7]?.trim() === 'ready' };
}

/**
 * After a crash the process number in the file may have gone to another program, and PostgreSQL would refuse to start. It
 * makes one exception, for its own parent: that is us. Unlike removing the file this leaves its other safeguards alone.
 */
export function disownServerFile({ data }: Cluster): void {
  const file = path.join(data, 'postmaster.pid');
  const [, ...rest] = readFileSync(file, 'utf8').split('\n');
  writeFileSync(file, [process.pid, ...rest].join('\n'));
}

/** PostgreSQL refuses to run as root; then it runs as whoever has the data, at first as nobody. */
function serverUser(data: string): ServerUser {
  const owner = statSync(data, { throwIfNoEntry: false });
  if (process.getuid?.() !== 0) {
    if (owner && owner.uid !== process.getuid?.()) {
      throw new Error(
        `${data} belongs to user id ${owner.uid}: start as that user or as root, or delete it to begin anew`,
      );
    }
    return {};
  }
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const [, uid, gid] = /^nobody:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8')) ?? [];
  if (uid === undefined || gid === undefined) {
    throw new Error('PostgreSQL does not run as root and there is no user "nobody": start as an ordinary user');
  }
  return { uid: Number(uid), gid: Number(gid) };
}

export function giveTo({ uid, gid }: ServerUser, file: string): void {
  if (uid !== undefined && gid !== undefined) chownSync(file, uid, gid);
}

function renameUnlessPresent(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    // Another process was faster; its data directory is as good as ours.
    if (!existsSync(to)) throw error;
  }
}

function removeAbandonedDrafts(dataDir: string): void {
  for (const name of readdirSync(dataDir)) {
    const pid = /^draft-(\d+)$/.exec(name)?.[1];
    if (pid !== undefined && (Number(pid) === process.pid || !isAlive(Number(pid)))) {
      rmSync(path.join(dataDir, name), { recursive: true, force: true });
    }
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Not allowed to signal it: it is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
