// 32 writers that commit late and out of order, or not at all, and readers at the tail of each log: nothing is missed, nothing
// comes twice, the order is the log's, and each customer's version counts up without a gap.
// EVENTS sets how many are written (default 100,000).

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDatabase } from '../../src/database/client.ts';
import type { OpenDatabase } from '../../src/database/client.ts';
import { appendEvents } from '../../src/database/event-log.ts';
import type { Transaction } from '../../src/database/transaction.ts';
import { createEventFeed } from '../../src/events/feed.ts';
import type { EventFeed } from '../../src/events/feed.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { createPartnerLog } from './support/partner-log.ts';

const wanted = Number(process.env['EVENTS'] ?? 100_000);
const writers = 32;
/** Writers 0 to 15 have a log each, the other sixteen share eight. */
const logs = 24;
const logOf = (writer: number): number => (writer < 16 ? writer : 16 + (writer % 8));
const customersOfALog = 4;
/** Large numbers are written in large transactions, so that they come to an end. */
const mostInOneCommit = wanted > 200_000 ? 120 : 40;
const longestDelaySeconds = 0.05;
const rollbackShare = 0.02;
/** So many writers in one process wait for each other's computing time. */
const patience = { maxWait: 120_000, timeout: 120_000, isolationLevel: 'ReadCommitted' } as const;

interface Log {
  readonly partnerId: string;
  readonly customerIds: readonly string[];
  /** What was committed: how many events of each transaction, known as "writer.turn". */
  readonly committed: Map<string, number>;
}

let test: TestDatabase;
let writing: OpenDatabase;
let feed: EventFeed;

beforeAll(async () => {
  test = await createTestDatabase();
  writing = createDatabase({ url: test.url, poolSize: writers, statementTimeoutMs: 60_000 });
  // On a machine that is short of time a look may fail; it is repeated, and must cost nothing.
  feed = await createEventFeed({ database: test.database, url: test.url, onError: () => undefined });
});
afterAll(async () => {
  await feed.close();
  await writing.close();
  await test.drop();
});

class GivenUp extends Error {}

it(`misses none of ${wanted} events of ${writers} writers`, { timeout: 120_000 + wanted * 3 }, async () => {
  const all = await Promise.all(Array.from({ length: logs }, openLog));
  const written = Promise.withResolvers<undefined>();
  const reading = Promise.all(all.map((log) => readAll(log, written.promise)));
  const counts = await Promise.all(
    Array.from({ length: writers }, (_, writer) => write(writer, all[logOf(writer)], Math.ceil(wanted / writers))),
  );
  written.resolve(undefined);
  const received = await reading;
  expect(sum(counts.map(({ rolledBack }) => rolledBack))).toBeGreaterThan(0);
  expect(sum(received)).toBe(sum(counts.map(({ committed }) => committed)));
  expect(sum(received)).toBeGreaterThanOrEqual(wanted);
});

async function openLog(): Promise<Log> {
  const log = await createPartnerLog(test.database);
  const customerIds: string[] = [];
  while (customerIds.length < customersOfALog) customerIds.push(await log.addCustomer());
  return { partnerId: log.partnerId, customerIds, committed: new Map() };
}

/** Commits late, and one time in fifty not at all. */
async function write(writer: number, log: Log | undefined, share: number) {
  if (!log) throw new Error(`writer ${writer} has no log`);
  let committed = 0;
  let rolledBack = 0;
  for (let turn = 0; committed < share; turn++) {
    const name = `${writer}.${turn}`;
    const size = Math.min(share - committed, 1 + Math.floor(Math.random() * mostInOneCommit));
    try {
      await writing.$transaction((transaction) => append(transaction, log, name, size), patience);
      log.committed.set(name, size);
      committed += size;
    } catch (error) {
      if (!(error instanceof GivenUp)) throw error;
      rolledBack++;
    }
  }
  return { committed, rolledBack };
}

async function append(transaction: Transaction, { partnerId, customerIds }: Log, name: string, size: number) {
  const first = Math.floor(Math.random() * customersOfALog);
  await appendEvents(
    transaction,
    partnerId,
    new Date(),
    Array.from({ length: size }, (_, index) => ({
      type: 'STEP_PROGRESSED',
      message: `${name}.${index}`,
      customerId: customerIds[(first + (index % 2)) % customersOfALog] ?? randomUUID(),
    })),
  );
  await transaction.$queryRaw`SELECT pg_sleep(${Math.random() * longestDelaySeconds})::text`;
  if (Math.random() < rollbackShare) throw new GivenUp();
}

/** Reads along until all that was written has come; answers how many. Every event is held against the one before it. */
async function readAll(log: Log, written: Promise<unknown>): Promise<number> {
  let position = 0n;
  const versions = new Map<string | null, number>();
  const turns = new Map<string, number>();
  const received = new Map<string, number>();
  const after = await feed.cursorAt(log.partnerId, 0n);
  const stream = await feed.open({ partnerId: log.partnerId, after, filter: {}, initial: false });
  const isWritten = written.then(() => stream.return());
  for await (const { event } of stream) {
    if (event === null) throw new Error('an item came without an event');
    judge(event);
  }
  await isWritten;
  // What was still on its way when the last writer ended is read as a page, as a client does that comes back.
  for (let from: string | null = await feed.cursorAt(log.partnerId, position); from !== null;) {
    const page = await feed.read({ partnerId: log.partnerId, after: from, filter: {}, first: 100 });
    for (const { event } of page.items) if (event) judge(event);
    from = page.hasNextPage ? page.endCursor : null;
  }
  expect(received).toEqual(log.committed);
  return Number(position);

  function judge(event: {
    position: bigint;
    customerId: string | null;
    customerVersion: number | null;
    message: string;
  }) {
    // Gapless, because a transaction that is rolled back gives its positions back.
    if (event.position !== position + 1n) throw new Error(`${event.position} came after ${position}`);
    position = event.position;
    const version = (versions.get(event.customerId) ?? 0) + 1;
    if (event.customerVersion !== version)
      throw new Error(`version ${event.customerVersion} came instead of ${version}`);
    versions.set(event.customerId, version);
    const [writer = '', turn = '', index = ''] = event.message.split('.');
    const name = `${writer}.${turn}`;
    if (Number(index) !== (received.get(name) ?? 0)) throw new Error(`${event.message} came out of turn`);
    received.set(name, Number(index) + 1);
    if (Number(turn) < (turns.get(writer) ?? 0)) throw new Error(`${name} came after ${turns.get(writer)}`);
    turns.set(writer, Number(turn));
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
