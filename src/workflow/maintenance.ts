// What is cleaned up now and then: a list of sweeps, gone through by one process at a time. Every worker tries; the one that
// finds the lock free does it. A sweep that fails is tried again in the next round, and keeps no other from its turn.

import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { unlessUnderWay } from '../database/advisory-lock.ts';
import type { Database } from '../database/client.ts';
import type { DomainContext } from '../domain/context.ts';

export interface Sweep {
  /** What it removes, for the log: "events past their retention". */
  readonly name: string;
  /** One short transaction that removes a bounded number of rows; answers how many. 0: nothing is left to do. */
  removeSome(database: Database, now: Date): Promise<number>;
}

export interface MaintenanceOptions {
  /** For the lock's connection. */
  readonly url: string;
  readonly context: Pick<DomainContext, 'database' | 'now'>;
  readonly sweeps: readonly Sweep[];
  readonly log: Pick<Logger, 'info' | 'error'>;
  /** About how long between two rounds; 300,000 unless told. */
  readonly everyMs?: number;
}

export interface Maintenance {
  /** Waits for the transaction under way, not for the rest of the round. */
  close(): Promise<void>;
}

const defaultEveryMs = 300_000;
/** Between two transactions of a sweep, so that a large backlog does not crowd out the others. */
const betweenMs = 20;

export function startMaintenance(options: MaintenanceOptions): Maintenance {
  const { log, everyMs = defaultEveryMs } = options;
  const closing = new AbortController();
  const { signal } = closing;

  async function goOn(): Promise<void> {
    // Spread, so that workers that were started together do not come together.
    while (await isTimeAfter(everyMs * (0.5 + Math.random() / 2), signal)) {
      await cleanUp(options, signal).catch((error: unknown) => log.error({ err: error }, 'maintenance failed'));
    }
  }

  const ended = goOn();
  return {
    async close() {
      closing.abort();
      await ended;
    },
  };
}

/** False: it was broken off. */
async function isTimeAfter(pauseMs: number, signal: AbortSignal): Promise<boolean> {
  return delay(pauseMs, true, { signal, ref: false }).catch(() => false);
}

/** One round. False: another process is at it. */
export async function cleanUp(
  { url, context, sweeps, log }: MaintenanceOptions,
  signal: AbortSignal = new AbortController().signal,
): Promise<boolean> {
  const isDone = await unlessUnderWay(url, 'maintenance', async () => {
    for (const sweep of sweeps) {
      try {
        const removed = await sweepAll(sweep, context, signal);
        if (removed > 0) log.info({ removed }, `removed ${sweep.name}`);
      } catch (error) {
        log.error({ err: error }, `could not remove ${sweep.name}`);
      }
    }
    return true;
  });
  return isDone ?? false;
}

async function sweepAll(
  sweep: Sweep,
  { database, now }: MaintenanceOptions['context'],
  signal: AbortSignal,
): Promise<number> {
  let total = 0;
  while (!signal.aborted) {
    const removed = await sweep.removeSome(database, now());
    if (removed === 0) break;
    total += removed;
    await delay(betweenMs);
  }
  return total;
}
