// The event feed as the rest of the gateway sees it: live streams, pages of the past, and cursors. PostgreSQL's log is the
// truth; NOTIFY only says whose log has grown.

import type { Database } from '../database/client.ts';
import { eventChannel } from '../database/event-log.ts';
import { listen } from '../database/notifications.ts';
import { namedQuestions } from './asked-together.ts';
import type { AskTogether } from './asked-together.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import type { EventFilter } from './event-filter.ts';
import { openEventStream } from './event-stream.ts';
import type { OpenOptions } from './event-stream.ts';
import type { FeedItem, FeedStream } from './feed-item.ts';
import { createLogReader } from './log-reader.ts';
import { partnerFeed } from './partner-feed.ts';
import type { PartnerFeed } from './partner-feed.ts';
import { createTails } from './tails.ts';

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

/** What there is to know of a thing before it is followed. */
export interface Standing {
  /** False: there is no such thing, or it is another partner's. */
  readonly exists: boolean;
  /** The log's head as of which nothing more is to come of it, both seen in one snapshot; null when more may come. */
  readonly endedAt: bigint | null;
}

export interface EventFeed {
  /**
   * See event-stream.ts; throws CursorError for a bad `after`. The caller must end what it opens by return(), or by reading
   * to the end.
   */
  open(options: OpenOptions): Promise<FeedStream>;
  /** Thousands may begin to follow the same thing at once, and see it end at once: they share the answer. */
  readonly standing: AskTogether<Standing>;
  /** Throws CursorError for a bad `after`. */
  read(options: ReadOptions): Promise<FeedPage>;
  /** The cursor of the newest event. */
  head(partnerId: string): Promise<string>;
  /** The cursor of an event that was read elsewhere. */
  cursorAt(partnerId: string, position: bigint): Promise<string>;
  /** The same for one partner. */
  of(partnerId: string): PartnerFeed;
  /** False while nudges may get lost; streams then go on by the safety poll. */
  isListening(): boolean;
  /** Ends every open stream. */
  close(): Promise<void>;
}

export interface EventFeedOptions {
  readonly database: Database;
  /** Where a partner's log is read; `database` unless told. */
  readonly databaseOf?: (partnerId: string) => Database;
  /** For a connection of its own that listens. */
  readonly url: string;
  /** How late an event may be should its nudge get lost; 5,000 unless told. */
  readonly safetyPollMs?: number;
  /** How long a partner's newest events are kept at hand for readers that come back; 30,000 unless told. */
  readonly lingerMs?: number;
  /** A look into the log failed; it is repeated, nothing is lost. */
  readonly onError: (error: unknown) => void;
}

export async function createEventFeed({
  database,
  databaseOf,
  url,
  safetyPollMs = 5_000,
  lingerMs = 30_000,
  onError,
}: EventFeedOptions): Promise<EventFeed> {
  const log = createLogReader(database, databaseOf);
  const tails = createTails({ log, safetyPollMs, lingerMs, onError });
  const streams = new Set<FeedStream>();
  let isClosed = false;
  const listener = await listen({
    url,
    channel: eventChannel,
    onNotification: (partnerId) => tails.nudge(partnerId),
    // What was committed before or between connections was announced to nobody.
    onReady: () => tails.nudgeAll(),
  });

  async function open(options: OpenOptions): Promise<FeedStream> {
    const { partnerId } = options;
    const tail = await tails.take(partnerId);
    try {
      const stream = await openEventStream({ log, tail, onReadFailure: onError, onEnd: () => end(stream) }, options);
      streams.add(stream);
      // It was being opened while everything was closed.
      if (isClosed) await stream.return();
      return stream;
    } catch (error) {
      tails.giveBack(partnerId);
      throw error;
    }

    function end(stream: FeedStream): void {
      streams.delete(stream);
      tails.giveBack(partnerId);
    }
  }

  async function cursorAt(partnerId: string, position: bigint): Promise<string> {
    return encodeCursor(await log.cursorKey(partnerId), position);
  }

  const feed: Omit<EventFeed, 'of'> = {
    open,
    standing: namedQuestions(),
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
      isClosed = true;
      tails.close();
      for (const stream of [...streams]) await stream.return();
      await listener.close();
    },
  };
  return { ...feed, of: (partnerId) => partnerFeed(feed, partnerId) };
}
