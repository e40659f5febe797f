// What the system says: about this machine, and about the memory of a process.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import os from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';

export function describeMachine(): string {
  const [cpu] = os.cpus();
  const memoryGb = Math.round(os.totalmem() / 1024 ** 3);
  const load = os.loadavg().map((figure) => figure.toFixed(1));
  return `${os.cpus().length} x ${cpu?.model ?? 'unknown'}, ${memoryGb} GB, ${os.type()} ${os.release()}, Node ${process.version}, load ${load.join(' ')} before the start`;
}

/** Resident memory in bytes, of all these processes together. */
export function residentBytes(pids: readonly number[]): number {
  return pids.reduce((total, pid) => total + residentBytesOf(pid), 0);
}

function residentBytesOf(pid: number): number {
  const status = `/proc/${pid}/status`;
  const kilobytes = existsSync(status)
    ? /^VmRSS:\s+(\d+)/m.exec(readFileSync(status, 'utf8'))?.[1]
    : execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
  return Number(kilobytes) * 1_024;
}

/** The least of some looks: what is collected in between does not count. */
export async function settledBytes(pids: readonly number[], looks = 8, everyMs = 500): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let look = 0; look < looks; look++) {
    await delay(everyMs);
    least = Math.min(least, residentBytes(pids));
  }
  return least;
}

/** Null: the system does not say. */
export function openFilesLimit(): number | null {
  const file = '/proc/self/limits';
  if (!existsSync(file)) return null;
  const limit = /^Max open files\s+\d+\s+(\d+)/m.exec(readFileSync(file, 'utf8'))?.[1];
  return limit === undefined ? null : Number(limit);
}

/** Looks again and again; stopping answers all that was found, or throws what kept it from looking. */
export function sample<T>(everyMs: number, look: () => T | Promise<T>): () => Promise<T[]> {
  const found: T[] = [];
  const stopping = new AbortController();
  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      found.push(await look());
      await delay(everyMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }
  const running = run();
  // Told to whoever stops it; until then nobody listens.
  running.catch(() => undefined);
  return async () => {
    stopping.abort();
    await running;
    return found;
  };
}
