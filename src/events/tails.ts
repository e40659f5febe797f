// The tails of this process: one for each partner that somebody follows, kept a while longer for those who come back. A
// nudge makes a tail read on; a poll now and then finds out should a nudge get lost on a way nobody thought of.

import type { LogReader } from './log-reader.ts';
import { openPartnerTail } from './partner-tail.ts';
import type { PartnerTail } from './partner-tail.ts';

export interface Tails {
  /** Of the partner; to be given back once for each time it was taken. */
  take(partnerId: string): Promise<PartnerTail>;
  giveBack(partnerId: string): void;
  nudge(partnerId: string): void;
  nudgeAll(): void;
  /** Ends the poll. */
  close(): void;
}

export interface TailsOptions {
  readonly log: LogReader;
  readonly safetyPollMs: number;
  /** How long a tail outlives its last reader. */
  readonly lingerMs: number;
  /** A read failed; it is done again at the next nudge or poll. */
  readonly onError: (error: unknown) => void;
}

interface Entry {
  readonly opening: Promise<PartnerTail>;
  tail: PartnerTail | null;
  readers: number;
  farewell?: NodeJS.Timeout;
}

export function createTails({ log, safetyPollMs, lingerMs, onError }: TailsOptions): Tails {
  const entries = new Map<string, Entry>();

  function open(partnerId: string): Entry {
    const entry: Entry = { opening: openPartnerTail(log, partnerId), tail: null, readers: 0 };
    entries.set(partnerId, entry);
    entry.opening.then(
      (tail) => (entry.tail = tail),
      // Whoever waits for it is told; the next one tries again.
      () => entries.delete(partnerId),
    );
    return entry;
  }

  function readOn({ tail }: Entry): void {
    tail?.readOn().catch(onError);
  }

  /** One statement for everybody. */
  async function poll(): Promise<void> {
    if (entries.size === 0) return;
    const heads = await log.heads([...entries.keys()]);
    for (const [partnerId, entry] of entries) {
      const { tail } = entry;
      if (tail && ((heads.get(partnerId) ?? 0n) > tail.head || tail.hasFailedReaders())) readOn(entry);
    }
  }

  let isPolling = false;
  const timer = setInterval(() => {
    if (isPolling) return;
    isPolling = true;
    poll()
      .catch(onError)
      .finally(() => (isPolling = false));
  }, safetyPollMs);
  timer.unref();

  return {
    take(partnerId) {
      const entry = entries.get(partnerId) ?? open(partnerId);
      entry.readers++;
      clearTimeout(entry.farewell);
      return entry.opening;
    },
    giveBack(partnerId) {
      const entry = entries.get(partnerId);
      if (!entry) return;
      entry.readers--;
      if (entry.readers > 0) return;
      entry.farewell = setTimeout(() => entries.delete(partnerId), lingerMs);
      entry.farewell.unref();
    },
    nudge(partnerId) {
      const entry = entries.get(partnerId);
      if (entry) readOn(entry);
    },
    nudgeAll() {
      for (const entry of entries.values()) readOn(entry);
    },
    close() {
      clearInterval(timer);
      for (const { farewell } of entries.values()) clearTimeout(farewell);
      entries.clear();
    },
  };
}
