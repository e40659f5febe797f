// One reader of one partner's log: takes what is at hand in the partner's tail, reads for itself what is further back,
// sleeps at the head. Nothing is taken before it is asked for, so a slow reader holds one batch and no more.

import { CursorError, decodeCursor, encodeCursor } from './cursor.ts';
import type { EventFilter } from './event-filter.ts';
import type { FeedEvent, FeedItem, FeedStream } from './feed-item.ts';
import type { LogReader } from './log-reader.ts';
import type { PartnerTail, Sleeper } from './partner-tail.ts';
import { pullIterator } from './pull-iterator.ts';

/** For a stream that has an end. */
export interface Ending {
  /** Whether this event may be the last one. */
  readonly mayBe: (event: FeedEvent['event']) => boolean;
  /**
   * Asked at the beginning and after an event that may be the last one: the log's head as of which nothing more is to come,
   * both seen in one snapshot; null when more may come.
   */
  readonly endedAt: () => Promise<bigint | null>;
}

export interface OpenOptions {
  readonly partnerId: string;
  /** Null: from the head as of the call. */
  readonly after: string | null;
  readonly filter: EventFilter;
  /** True, and `after` null: an item without event comes first, so that the present state can be shown with a cursor. */
  readonly initial: boolean;
  /** Left out: it goes on until return(). */
  readonly ending?: Ending;
}

export interface StreamParts {
  readonly log: LogReader;
  readonly tail: PartnerTail;
  /** A read has failed; it is done again, nothing is lost. */
  readonly onReadFailure: (error: unknown) => void;
  /** Called once, when the stream has ended for whatever reason. */
  readonly onEnd: () => void;
}

const batchSize = 100;

/** Throws CursorError for a bad `after`. A later next() does so when the log was cut before this reader had read it. */
export async function openEventStream(
  { log, tail, onReadFailure, onEnd }: StreamParts,
  { partnerId, after, filter, initial, ending }: OpenOptions,
): Promise<FeedStream> {
  /** Searched up to here, with or without a find; what a filter passes over is not looked at twice. */
  let searchedTo = await findStart();
  let found: FeedEvent[] = [];
  let isFirst = true;
  let mayHaveEnded = ending !== undefined;
  let endedAt: bigint | null = null;
  let hasFailed = false;
  let isReleased = false;
  let asleep: Sleeper | null = null;

  async function findStart(): Promise<bigint> {
    await tail.readOn();
    if (after === null) return tail.head;
    const position = decodeCursor(tail.cursorKey, after);
    // Out of bounds shows in a read; whoever is told here has not settled down to wait yet.
    if (!tail.reachesBackTo(position)) await log.read({ partnerId, after: position, filter: { types: [] }, limit: 1 });
    return position;
  }

  async function lookForMore(): Promise<void> {
    const atHand = tail.take(searchedTo, filter, batchSize);
    if (atHand) {
      found = [...atHand.events];
      searchedTo = atHand.searchedTo;
      if (found.length === 0) await waitForNews();
      return;
    }
    const { head, events } = await log.read({ partnerId, after: searchedTo, filter, limit: batchSize });
    found = events.map((event) => ({ cursor: encodeCursor(tail.cursorKey, event.position), event }));
    const last = events.at(-1);
    searchedTo = last !== undefined && events.length === batchSize ? last.position : head;
  }

  /** Between the look that found nothing and going to sleep nothing can happen: no step in between is asynchronous. */
  async function waitForNews(): Promise<void> {
    if (isReleased) return;
    // What was true at `endedAt` is known; only what the tail has not read yet keeps the end away.
    if (endedAt !== null) {
      await tail.readOn();
      return;
    }
    await sleep(false);
  }

  async function sleep(mustLookAgain: boolean): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    asleep = { filter, searchedTo, mustLookAgain, wake: () => resolve(undefined) };
    const getUp = tail.sleep(asleep);
    await promise;
    getUp();
    searchedTo = asleep.searchedTo;
    asleep = null;
  }

  /** False: the stream is complete. */
  async function goOn(): Promise<boolean> {
    if (hasFailed) await sleep(true);
    hasFailed = false;
    try {
      if (mayHaveEnded && ending) endedAt = await ending.endedAt();
      mayHaveEnded = false;
      if (endedAt !== null && searchedTo >= endedAt) return false;
      await lookForMore();
    } catch (error) {
      if (error instanceof CursorError) throw error;
      // A database that is away for a moment must not cost the client its stream: it looks again a little later.
      hasFailed = true;
      onReadFailure(error);
    }
    return true;
  }

  function deliver(item: FeedEvent): FeedEvent {
    const { event } = item;
    if (ending?.mayBe(event) || (endedAt !== null && event.position > endedAt)) {
      mayHaveEnded = true;
      endedAt = null;
    }
    return item;
  }

  async function produce(): Promise<FeedItem | undefined> {
    if (isFirst && initial && after === null) {
      isFirst = false;
      return { cursor: encodeCursor(tail.cursorKey, searchedTo), event: null };
    }
    isFirst = false;
    while (!isReleased) {
      const item = found.shift();
      if (item) return deliver(item);
      if (!(await goOn())) return undefined;
    }
    return undefined;
  }

  const stream = pullIterator<FeedItem>({
    produce,
    release() {
      isReleased = true;
      asleep?.wake();
      onEnd();
    },
  });
  return Object.assign(stream, {
    searchedTo() {
      const position = found[0] ? found[0].event.position - 1n : (asleep?.searchedTo ?? searchedTo);
      return encodeCursor(tail.cursorKey, position);
    },
  });
}
