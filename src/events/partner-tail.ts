// The newest part of one partner's log, read once for everybody in this process who follows it. Readers that are further
// back than it reaches read the log themselves until they have caught up.

import { askedTogether } from './asked-together.ts';
import { CursorError, encodeCursor } from './cursor.ts';
import { meets } from './event-filter.ts';
import type { EventFilter } from './event-filter.ts';
import type { FeedEvent } from './feed-item.ts';
import type { LogReader } from './log-reader.ts';

/** A reader that has nothing to read. */
export interface Sleeper {
  readonly filter: EventFilter;
  /** Everything up to here has been looked at; the tail moves it on past what the filter keeps out. */
  searchedTo: bigint;
  /** Its own read of the log has failed: it must look again, whether or not there is news. */
  readonly mustLookAgain: boolean;
  wake(): void;
}

export interface TailPage {
  readonly events: readonly FeedEvent[];
  readonly searchedTo: bigint;
}

export interface PartnerTail {
  /** Position of the newest event read so far. */
  readonly head: bigint;
  readonly cursorKey: string;
  /** Reads on. Resolves when everything that was committed before the call has been read. */
  readOn(): Promise<void>;
  /** What follows `after`; null when the tail does not reach back that far. */
  take(after: bigint, filter: EventFilter, limit: number): TailPage | null;
  /** Whether the events after this position are all at hand. */
  reachesBackTo(position: bigint): boolean;
  /** Until there is news for it. The function given back takes it out again. */
  sleep(sleeper: Sleeper): () => void;
  /** Whether somebody's own read has failed, so that it waits for the next time the tail reads on, with or without news. */
  hasFailedReaders(): boolean;
}

/** How many events are kept at hand: enough for readers that were away for a moment. */
const mostKept = 1_000;
const readAtOnce = 500;

export async function openPartnerTail(log: LogReader, partnerId: string): Promise<PartnerTail> {
  const cursorKey = await log.cursorKey(partnerId);
  let head = await log.head(partnerId);
  /** Everything in the log behind `begin` and up to `head`. */
  let kept: readonly FeedEvent[] = [];
  let begin = head;
  const sleepers = new Set<Sleeper>();

  const failedReaders = (): Sleeper[] => [...sleepers].filter(({ mustLookAgain }) => mustLookAgain);

  const readOn = askedTogether(async () => {
    for (let isCutShort = true; isCutShort;) {
      const page = await readPage();
      isCutShort = page.length === readAtOnce;
      if (page.length > 0) append(page);
    }
    for (const sleeper of failedReaders()) sleeper.wake();
  });

  async function readPage(): Promise<readonly FeedEvent[]> {
    try {
      const { events, removed } = await log.read({ partnerId, after: head, filter: {}, limit: readAtOnce });
      forget(removed);
      return events.map((event) => ({ cursor: encodeCursor(cursorKey, event.position), event }));
    } catch (error) {
      if (!(error instanceof CursorError)) throw error;
      // This process slept so long that the log was cut before it. Its readers find out when they read for themselves.
      begin = head = await log.head(partnerId);
      kept = [];
      for (const sleeper of [...sleepers]) sleeper.wake();
      return [];
    }
  }

  /** A cursor that has expired must be refused by every process, whatever that process still has at hand. */
  function forget(removed: bigint): void {
    if (removed <= begin) return;
    begin = removed;
    kept = kept.filter(({ event }) => event.position > removed);
  }

  function append(page: readonly FeedEvent[]): void {
    const before = head;
    const all = [...kept, ...page];
    const dropped = Math.max(0, all.length - mostKept);
    begin = all[dropped - 1]?.event.position ?? begin;
    kept = all.slice(dropped);
    head = all.at(-1)?.event.position ?? head;
    for (const sleeper of [...sleepers]) {
      const isNews = ({ event }: FeedEvent): boolean =>
        event.position > sleeper.searchedTo && meets(event, sleeper.filter);
      if (sleeper.searchedTo < before || page.some(isNews)) sleeper.wake();
      else sleeper.searchedTo = head > sleeper.searchedTo ? head : sleeper.searchedTo;
    }
  }

  return {
    get head() {
      return head;
    },
    cursorKey,
    readOn,
    take(after, filter, limit) {
      if (after < begin) return null;
      let index = kept.length;
      while (index > 0 && isBehind(kept[index - 1], after)) index--;
      const events: FeedEvent[] = [];
      let searchedTo = after;
      for (const item of kept.slice(index)) {
        if (events.length === limit) break;
        if (meets(item.event, filter)) events.push(item);
        searchedTo = item.event.position;
      }
      return { events, searchedTo };
    },
    reachesBackTo: (position) => position >= begin && position <= head,
    sleep(sleeper) {
      sleepers.add(sleeper);
      return () => void sleepers.delete(sleeper);
    },
    hasFailedReaders: () => failedReaders().length > 0,
  };
}

function isBehind(item: FeedEvent | undefined, position: bigint): boolean {
  return item !== undefined && item.event.position > position;
}
