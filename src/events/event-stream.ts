// One reader of one partner's log: reads on from where it is, sleeps at the head, reads on when nudged. Nothing is read
// before it is asked for, so a slow reader holds one batch and no more. Who nudges is wake-ups.ts's business.

import type { ProvisioningEvent } from '../database/generated/client.ts';
import { CursorError, decodeCursor, encodeCursor } from './cursor.ts';
import type { EventFilter, LogReader } from './log-reader.ts';
import { pullIterator } from './pull-iterator.ts';
import type { WakeUps } from './wake-ups.ts';

export interface FeedItem {
  /** Give this as `after` to go on behind this item. */
  readonly cursor: string;
  /** Null in the first item of a stream opened with `initial`: it only says where the log stood. */
  readonly event: ProvisioningEvent | null;
}

export interface OpenOptions {
  readonly partnerId: string;
  /** Null: from the head as of the first next(). */
  readonly after: string | null;
  readonly filter: EventFilter;
  /** True, and `after` null: an item without event comes first, so that the present state can be shown with a cursor. */
  readonly initial: boolean;
  /**
   * Whether no more events can come. Asked before each read: when it says true and the read then finds nothing, the
   * stream is complete.
   */
  readonly hasEnded?: () => Promise<boolean>;
}

const batchSize = 100;

/** The first next() throws CursorError for a bad `after`; a later one when the log was cut before this reader had read it. */
export function openEventStream(
  log: LogReader,
  wakeUps: WakeUps,
  onReadFailure: (error: unknown) => void,
  { partnerId, after, filter, initial, hasEnded = async () => false }: OpenOptions,
): AsyncIterableIterator<FeedItem> {
  let cursorKey: string | null = null;
  /** Searched up to here, with or without a find; what a filter passes over is not looked at twice. */
  let searchedTo = 0n;
  let found: ProvisioningEvent[] = [];
  // There may be events to read from the start on, without anybody's nudge.
  let isSignalled = true;
  let hasFailed = false;
  let isReleased = false;
  let wake = (): void => undefined;
  let stopWaking = (): void => undefined;

  const sleeper = {
    partnerId,
    nudge() {
      isSignalled = true;
      wake();
    },
    isBehind: (head: bigint) => hasFailed || head > searchedTo,
    end: () => void stream.return?.(),
  };

  async function begin(): Promise<string> {
    stopWaking = wakeUps.register(sleeper);
    const key = await log.cursorKey(partnerId);
    if (after !== null) {
      searchedTo = decodeCursor(key, after);
      // The first read is where a cursor that is out of bounds shows, and the client is told before it settles down to wait.
      await readOn();
    } else {
      searchedTo = await log.head(partnerId);
    }
    return key;
  }

  async function readOn(): Promise<void> {
    // Set back before the read: an event committed while the read is under way must wake us once more.
    isSignalled = false;
    const { head, events } = await log.read({ partnerId, after: searchedTo, filter, limit: batchSize });
    const last = events.at(-1);
    const isCutShort = last !== undefined && events.length === batchSize;
    searchedTo = isCutShort ? last.position : head;
    if (isCutShort) isSignalled = true;
    found = [...events];
    hasFailed = false;
  }

  async function sleep(): Promise<void> {
    if (isSignalled || isReleased) return;
    await new Promise<void>((resolve) => (wake = resolve));
  }

  /** False: the stream is complete. */
  async function lookForMore(): Promise<boolean> {
    try {
      const isLastLook = await hasEnded();
      if (isSignalled || isLastLook) await readOn();
      if (isLastLook && found.length === 0) return false;
    } catch (error) {
      if (error instanceof CursorError) throw error;
      // A database that is away for a moment must not cost the client its stream: nothing is lost by looking again later.
      hasFailed = true;
      isSignalled = false;
      onReadFailure(error);
    }
    if (found.length === 0) await sleep();
    return true;
  }

  async function produce(): Promise<FeedItem | undefined> {
    if (cursorKey === null) {
      cursorKey = await begin();
      if (initial && after === null) return { cursor: encodeCursor(cursorKey, searchedTo), event: null };
    }
    while (!isReleased) {
      const event = found.shift();
      if (event) return { cursor: encodeCursor(cursorKey, event.position), event };
      if (!(await lookForMore())) return undefined;
    }
    return undefined;
  }

  const stream = pullIterator({
    produce,
    release() {
      isReleased = true;
      stopWaking();
      wake();
    },
  });
  return stream;
}
