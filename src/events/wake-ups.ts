// Wakes the readers that sleep at the head of a log: of one partner when it is nudged, of all when nudges may have been
// missed, and by a poll now and then, should a nudge get lost on a way nobody thought of.

import type { LogReader } from './log-reader.ts';

export interface Sleeper {
  readonly partnerId: string;
  nudge(): void;
  isBehind(head: bigint): boolean;
  end(): void;
}

export interface WakeUps {
  /** The function given back takes the sleeper out again. */
  register(sleeper: Sleeper): () => void;
  nudge(partnerId: string): void;
  nudgeAll(): void;
  /** Ends every sleeper, and the poll. */
  close(): void;
}

export function createWakeUps(log: LogReader, safetyPollMs: number, onPollFailure: (error: unknown) => void): WakeUps {
  const sleepers = new Map<string, Set<Sleeper>>();
  const all = (): Sleeper[] => [...sleepers.values()].flatMap((group) => [...group]);

  /** One statement for everybody: a read for each sleeper would cost the database most when nothing happens. */
  async function poll(): Promise<void> {
    if (sleepers.size === 0) return;
    const heads = await log.heads([...sleepers.keys()]);
    for (const sleeper of all()) if (sleeper.isBehind(heads.get(sleeper.partnerId) ?? 0n)) sleeper.nudge();
  }

  let isPolling = false;
  const timer = setInterval(() => {
    if (isPolling) return;
    isPolling = true;
    poll()
      .catch(onPollFailure)
      .finally(() => (isPolling = false));
  }, safetyPollMs);
  timer.unref();

  return {
    register(sleeper) {
      const group = sleepers.get(sleeper.partnerId) ?? new Set();
      sleepers.set(sleeper.partnerId, group.add(sleeper));
      return () => {
        group.delete(sleeper);
        if (group.size === 0 && sleepers.get(sleeper.partnerId) === group) sleepers.delete(sleeper.partnerId);
      };
    },
    nudge(partnerId) {
      for (const sleeper of sleepers.get(partnerId) ?? []) sleeper.nudge();
    },
    nudgeAll() {
      for (const sleeper of all()) sleeper.nudge();
    },
    close() {
      clearInterval(timer);
      for (const sleeper of all()) sleeper.end();
    },
  };
}
