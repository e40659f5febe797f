// The feed delivers every event once and in order, whatever happens between the log and the reader.

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { encodeCursor } from '../../src/events/cursor.ts';
import { createEventFeed } from '../../src/events/feed.ts';
import type { EventFeed } from '../../src/events/feed.ts';
import type { OpenOptions } from '../../src/events/event-stream.ts';
import type { FeedItem, FeedStream } from '../../src/events/feed-item.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { waitFor } from '../support/wait-for.ts';
import { createPartnerLog } from './support/partner-log.ts';
import type { PartnerLog } from './support/partner-log.ts';

let test: TestDatabase;
let feed: EventFeed;
let log: PartnerLog;
const failures: unknown[] = [];

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

beforeEach(async () => {
  failures.length = 0;
  log = await createPartnerLog(test.database);
  // The poll is out of the way, so that what arrives has arrived by a nudge.
  feed = await createEventFeed({
    database: test.database,
    url: test.url,
    safetyPollMs: 3_600_000,
    onError: (error) => failures.push(error),
  });
});
afterEach(() => feed.close());

function open(options: Partial<OpenOptions> = {}): Promise<FeedStream> {
  return feed.open({ partnerId: log.partnerId, after: null, filter: {}, initial: false, ...options });
}

async function take(stream: FeedStream, count: number): Promise<FeedItem[]> {
  const items: FeedItem[] = [];
  while (items.length < count) {
    const next: IteratorResult<FeedItem, unknown> = await stream.next();
    if (next.done) throw new Error(`the stream ended after ${items.length} of ${count} items`);
    items.push(next.value);
  }
  return items;
}

const messages = (items: readonly FeedItem[]): (string | undefined)[] => items.map(({ event }) => event?.message);

describe('a stream', () => {
  it('first says where the log stands, then delivers what comes after', async () => {
    await log.append(['before']);
    const stream = await open({ initial: true });
    const [first] = await take(stream, 1);
    expect(first).toEqual({ cursor: await feed.head(log.partnerId), event: null });
    await log.append(['one', 'two']);
    expect(messages(await take(stream, 2))).toEqual(['one', 'two']);
    await stream.return();
  });

  it('begins at the head when it is given no cursor, even of an empty log', async () => {
    const stream = await open({ initial: true });
    await take(stream, 1);
    await log.append(['one']);
    expect(messages(await take(stream, 1))).toEqual(['one']);
    await stream.return();
  });

  it('goes on behind any cursor that was handed out', async () => {
    const start = await feed.head(log.partnerId);
    await log.append(['one', 'two', 'three']);
    const all = await take(await open({ after: start }), 3);
    expect(messages(all)).toEqual(['one', 'two', 'three']);
    const again = await take(await open({ after: all[0]?.cursor ?? null, initial: true }), 2);
    expect(messages(again)).toEqual(['two', 'three']);
    expect(again).toEqual(all.slice(1));
  });

  it('hands out cursors that count for this event and no other', async () => {
    const start = await feed.head(log.partnerId);
    await log.append(['one', 'two']);
    for (const { cursor, event } of await take(await open({ after: start }), 2)) {
      expect(cursor).toBe(await feed.cursorAt(log.partnerId, event?.position ?? 0n));
    }
  });

  it('reads a long past in order, batch after batch', async () => {
    const start = await feed.head(log.partnerId);
    const expected = Array.from({ length: 345 }, (_, index) => `event ${index}`);
    await log.append(expected);
    expect(messages(await take(await open({ after: start }), expected.length))).toEqual(expected);
  });

  it('loses and repeats nothing while many writers append at once', async () => {
    const writers = 8;
    const transactions = 25;
    const start = await feed.head(log.partnerId);
    const readers = [await open({ after: start }), await open({ after: start }), await open({ after: start })];
    const total = writers * transactions * 2;
    const read = Promise.all(readers.map((reader) => take(reader, total)));
    await Promise.all(
      Array.from({ length: writers }, async (_, writer) => {
        for (let turn = 0; turn < transactions; turn++) {
          await log.append([`${writer}.${turn}a`, `${writer}.${turn}b`]);
        }
      }),
    );
    for (const items of await read) {
      const positions = items.map(({ event }) => event?.position);
      expect(positions).toEqual(Array.from({ length: total }, (_, index) => BigInt(index + 1)));
      expect(new Set(messages(items)).size).toBe(total);
    }
    for (const reader of readers) await reader.return();
  });

  it('is not woken by what another partner does', async () => {
    const other = await createPartnerLog(test.database);
    const stream = await open({ initial: true });
    await take(stream, 1);
    await other.append(['foreign']);
    await log.append(['own']);
    expect(messages(await take(stream, 1))).toEqual(['own']);
    await stream.return();
  });

  it('completes when it has ended, and not before it has delivered everything', async () => {
    const start = await feed.head(log.partnerId);
    await log.append(['one', 'last']);
    const stream = await open({ after: start, ending: { mayBe: () => false, endedAt: async () => 2n } });
    expect(messages(await take(stream, 2))).toEqual(['one', 'last']);
    expect(await stream.next()).toEqual({ done: true, value: undefined });
    expect(await stream.next()).toEqual({ done: true, value: undefined });
  });

  it('completes when the end comes while it sleeps', async () => {
    let endedAt: bigint | null = null;
    const ending = {
      mayBe: ({ message }: { message: string }) => message === 'last',
      endedAt: async () => endedAt,
    };
    const stream = await open({ initial: true, ending });
    await take(stream, 1);
    const next = stream.next();
    endedAt = 1n;
    await log.append(['last']);
    expect((await next).value).toMatchObject({ event: { message: 'last' } });
    expect(await stream.next()).toEqual({ done: true, value: undefined });
  });

  it('goes on when what looked like the end was not', async () => {
    const ends = [null, null, 3n];
    const ending = {
      mayBe: ({ message }: { message: string }) => message.startsWith('end'),
      endedAt: async () => ends.shift() ?? null,
    };
    const stream = await open({ initial: true, ending });
    await take(stream, 1);
    await log.append(['end, it seems']);
    expect(messages(await take(stream, 1))).toEqual(['end, it seems']);
    const next = stream.next();
    await log.append(['tried again', 'end']);
    expect((await next).value).toMatchObject({ event: { message: 'tried again' } });
    expect(messages(await take(stream, 1))).toEqual(['end']);
    expect(await stream.next()).toEqual({ done: true, value: undefined });
  });

  it('says how far it has looked although nothing met its filter', async () => {
    const customerId = await log.addCustomer();
    const stream = await open({ filter: { customerIds: [customerId] } });
    const next = stream.next();
    await log.append(['x', 'y'], {});
    const cursor = await feed.cursorAt(log.partnerId, 2n);
    await waitFor(async () => stream.searchedTo() === cursor);
    await log.append(['match'], { customerId });
    expect((await next).value).toMatchObject({ event: { message: 'match' } });
    await stream.return();
  });

  it('reaches further back than what is at hand, and meets those who wait at the head', async () => {
    const start = await feed.head(log.partnerId);
    const live = await open();
    const expected = Array.from({ length: 1_234 }, (_, index) => `event ${index}`);
    for (let from = 0; from < expected.length; from += 200) await log.append(expected.slice(from, from + 200));
    expect(messages(await take(live, expected.length))).toEqual(expected);
    const late = await open({ after: start });
    expect(messages(await take(late, expected.length))).toEqual(expected);
    const next = [live, late].map((stream) => take(stream, 1));
    await log.append(['now']);
    expect((await Promise.all(next)).map(messages)).toEqual([['now'], ['now']]);
  });
});

describe('return()', () => {
  it('lets go at once while the stream sleeps', async () => {
    const stream = await open({ initial: true });
    await take(stream, 1);
    const next = stream.next();
    expect(await stream.return()).toEqual({ done: true, value: undefined });
    expect(await next).toEqual({ done: true, value: undefined });
  });

  it('lets go at once while a read is running', async () => {
    const start = await feed.head(log.partnerId);
    await log.append(['from before anybody followed']);
    const stream = await open({ after: start });
    await test.database.$transaction(async (transaction) => {
      // Holds the next read until this transaction ends, which it does only after return() has been answered.
      await transaction.$executeRaw`LOCK TABLE "ProvisioningEvent" IN ACCESS EXCLUSIVE MODE`;
      const next = stream.next();
      await waitFor(async () => (await waitingReads()) > 0);
      await stream.return();
      expect(await next).toEqual({ done: true, value: undefined });
    });
  });

  it('also answers those who asked several times', async () => {
    const stream = await open();
    const asked = [stream.next(), stream.next(), stream.next()];
    await stream.return();
    expect(await Promise.all(asked)).toEqual(Array(3).fill({ done: true, value: undefined }));
  });

  it('is done for every stream when the feed closes', async () => {
    const next = (await open()).next();
    await feed.close();
    expect(await next).toEqual({ done: true, value: undefined });
  });
});

/** Reads of the event table that wait for a lock. */
async function waitingReads(): Promise<number> {
  const rows = await test.database.$queryRaw<unknown[]>`
    SELECT 1 FROM pg_locks WHERE relation = '"ProvisioningEvent"'::regclass AND NOT granted`;
  return rows.length;
}

describe('a cursor', () => {
  it('from before the oldest event that is kept has expired', async () => {
    const start = await feed.head(log.partnerId);
    await log.append(['one', 'two', 'three']);
    await log.removeUpTo(2n);
    await expect(open({ after: start })).rejects.toMatchObject({ code: 'CURSOR_EXPIRED' });
    await expect(read({ after: start })).rejects.toMatchObject({ code: 'CURSOR_EXPIRED' });
    const justKept = await feed.cursorAt(log.partnerId, 2n);
    expect(messages(await take(await open({ after: justKept }), 1))).toEqual(['three']);
  });

  it('has expired although somebody here still has the events at hand', async () => {
    const follower = await open();
    const start = await feed.head(log.partnerId);
    await log.append(['one', 'two', 'three']);
    await take(follower, 3);
    await log.removeUpTo(2n);
    await expect(open({ after: start })).rejects.toMatchObject({ code: 'CURSOR_EXPIRED' });
    await follower.return();
  });

  it('of another partner, of no partner, or from the future is invalid', async () => {
    await log.append(['one']);
    const other = await createPartnerLog(test.database);
    await other.append(['one']);
    const bad = [
      await feed.head(other.partnerId),
      encodeCursor('no key', 0n),
      'nonsense',
      await feed.cursorAt(log.partnerId, 2n),
    ];
    for (const after of bad) {
      await expect(open({ after })).rejects.toMatchObject({ code: 'CURSOR_INVALID' });
      await expect(read({ after })).rejects.toMatchObject({ code: 'CURSOR_INVALID' });
    }
  });

  it('expires under a reader that is too slow, instead of leaving a gap', async () => {
    const start = await feed.head(log.partnerId);
    await log.append(Array.from({ length: 250 }, (_, index) => `event ${index}`));
    const stream = await open({ after: start });
    await take(stream, 1);
    await log.removeUpTo(200n);
    // The rest of the batch it holds is still good.
    await take(stream, 99);
    await expect(stream.next()).rejects.toMatchObject({ code: 'CURSOR_EXPIRED' });
  });
});

describe('a filter', () => {
  it('lets through what meets every condition', async () => {
    const [one, other] = [await log.addCustomer(), await log.addCustomer()];
    const start = await feed.head(log.partnerId);
    await log.append(['a'], { customerId: one });
    await log.append(['b'], { customerId: other });
    await log.append(['c'], { customerId: one, type: 'STEP_FINISHED' });
    await log.append(['d'], {});
    await log.append(['end'], { customerId: one });
    const ofOne = { customerIds: [one] };
    expect(messages(await take(await open({ after: start, filter: ofOne }), 3))).toEqual(['a', 'c', 'end']);
    const finished = { customerIds: [one, other], types: ['STEP_FINISHED' as const] };
    expect(messages(await take(await open({ after: start, filter: finished }), 1))).toEqual(['c']);
    expect((await read({ after: start, filter: { customerIds: [] } })).items).toEqual([]);
  });

  it('does not make the reader search twice: what it has passed over may be removed', async () => {
    const customerId = await log.addCustomer();
    const start = await feed.head(log.partnerId);
    await log.append(['x', 'y', 'z']);
    const stream = await open({ after: start, filter: { customerIds: [customerId] } });
    const next = stream.next();
    const end = await feed.head(log.partnerId);
    await waitFor(async () => stream.searchedTo() === end);
    await log.removeUpTo(3n);
    await log.append(['match'], { customerId });
    expect((await next).value).toMatchObject({ event: { message: 'match', position: 4n } });
    await stream.return();
  });
});

describe('trouble', () => {
  it('of every database connection costs no event', async () => {
    const stream = await open({ initial: true });
    await take(stream, 1);
    const next = take(stream, 20);
    for (let round = 0; round < 4; round++) {
      await cutEveryConnection();
      for (let turn = 0; turn < 5; turn++) await again(() => log.append([`${round}.${turn}`]));
    }
    const received = await next;
    const positions = received.map(({ event }) => event?.position);
    expect(positions).toEqual(Array.from({ length: 20 }, (_, index) => BigInt(index + 1)));
    await stream.return();
  });

  it('of a lost nudge is made up for by the poll', async () => {
    await feed.close();
    feed = await createEventFeed({
      database: test.database,
      url: test.url,
      safetyPollMs: 10,
      onError: (error) => failures.push(error),
    });
    const stream = await open({ initial: true });
    await take(stream, 1);
    const next = stream.next();
    await appendWithoutNudge('silent');
    expect((await next).value).toMatchObject({ event: { message: 'silent' } });
    await stream.return();
  });
});

async function cutEveryConnection(): Promise<void> {
  await again(
    () => test.database.$queryRaw`
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()`,
  );
}

/** A pool may hand out a connection that has just been cut. */
async function again<T>(work: () => Promise<T>): Promise<T> {
  return waitFor(async () => {
    try {
      return { result: await work() };
    } catch {
      return null;
    }
  }).then(({ result }) => result);
}

async function appendWithoutNudge(message: string): Promise<void> {
  const { partnerId } = log;
  await test.database.$transaction([
    test.database.eventLog.upsert({
      where: { partnerId },
      create: { partnerId, head: 1n },
      update: { head: { increment: 1n } },
    }),
    test.database.provisioningEvent.create({
      data: { partnerId, position: 1n, type: 'STEP_PROGRESSED', at: new Date(), message },
    }),
  ]);
}

describe('a page of the past', () => {
  it('begins at the oldest event, and says how to go on', async () => {
    await log.append(['one', 'two', 'three']);
    const page = await read({ first: 2 });
    expect(messages(page.items)).toEqual(['one', 'two']);
    expect(page).toMatchObject({ hasNextPage: true, endCursor: page.items[1]?.cursor });
    const rest = await read({ first: 2, after: page.endCursor });
    expect(messages(rest.items)).toEqual(['three']);
    expect(rest).toMatchObject({ hasNextPage: false, endCursor: await feed.head(log.partnerId) });
  });

  it('of an empty log leads to the head', async () => {
    const page = await read({});
    expect(page).toEqual({ items: [], hasNextPage: false, endCursor: await feed.head(log.partnerId) });
  });
});

function read(options: { after?: string; first?: number; filter?: OpenOptions['filter'] }) {
  return feed.read({ partnerId: log.partnerId, after: null, first: 100, filter: {}, ...options });
}
