// The event feed as the rest of the gateway sees it: live streams, pages of the past, and cursors. PostgreSQL's log is the
// truth; NOTIFY only says whose log has grown.

import type { Database } from '../database/client.ts';
import { eventChannel } from '../database/event-log.ts';
import { listen } from '../database/notifications.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { openEventStream } from './event-stream.ts';
import type { FeedItem, OpenOptions } from './event-stream.ts';
import { createLogReader } from './log-reader.ts';
import type { EventFilter } from './log-reader.ts';
import { createWakeUps } from './wake-ups.ts';

export interface ReadOptions {
  readonly partnerId: string;
  /** Null: from the oldest event that is kept. */
  readonly after: string | null;
  readonly filter: EventFilter;
  readonly first: number;
}

export interface FeedPage {
  readonly items: readonly FeedItem[];
  readonly hasNextPage: boolean;
  /** How far this page looked: the last item's cursor when there is a next page, otherwise the head's. */
  readonly endCursor: string;
}

export interface EventFeed {
  /** See event-stream.ts; the caller must end what it opens by return(), or by reading to the end. */
  open(options: OpenOptions): AsyncIterableIterator<FeedItem>;
  /** Throws CursorError for a bad `after`. */
  read(options: ReadOptions): Promise<FeedPage>;
  /** The cursor of the newest event. */
  head(partnerId: string): Promise<string>;
  /** The cursor of an event that was read elsewhere. */
  cursorAt(partnerId: string, position: bigint): Promise<string>;
  /** False while nudges may get lost; streams then go on by the safety poll. */
  isListening(): boolean;
  /** Ends every open stream. */
  close(): Promise<void>;
}

export interface EventFeedOptions {
  readonly database: Database;
  /** For a connection of its own that listens. */
  readonly url: string;
  /** How late an event may be should its nudge get lost; 5,000 unless told. */
  readonly safetyPollMs?: number;
  /** A look into the log failed; it is repeated, nothing is lost. */
  readonly onError: (error: unknown) => void;
}

export async function createEventFeed({
  database,
  url,
  safetyPollMs = 5_000,
  onError,
}: EventFeedOptions): Promise<EventFeed> {
  const log = createLogReader(database);
  const wakeUps = createWakeUps(log, safetyPollMs, onError);
  const listener = await listen({
    url,
    channel: eventChannel,
    onNotification: (partnerId) => wakeUps.nudge(partnerId),
    // What was committed before or between connections was announced to nobody.
    onReady: () => wakeUps.nudgeAll(),
  });

  async function cursorAt(partnerId: string, position: bigint): Promise<string> {
    return encodeCursor(await log.cursorKey(partnerId), position);
  }

  return {
    open: (options) => openEventStream(log, wakeUps, onError, options),
    async read({ partnerId, after, filter, first }) {
      const key = await log.cursorKey(partnerId);
      const place = after === null ? null : decodeCursor(key, after);
      const { head, events } = await log.read({ partnerId, after: place, filter, limit: first + 1 });
      const items = events.slice(0, first).map((event) => ({ cursor: encodeCursor(key, event.position), event }));
      const hasNextPage = events.length > first;
      const last = items.at(-1);
      return { items, hasNextPage, endCursor: hasNextPage && last ? last.cursor : encodeCursor(key, head) };
    },
    head: async (partnerId) => cursorAt(partnerId, await log.head(partnerId)),
    cursorAt,
    isListening: () => listener.isListening(),
    async close() {
      wakeUps.close();
      await listener.close();
    },
  };
}
