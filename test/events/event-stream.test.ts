// Moments of readers and their tail that are hard to meet by chance, and how often the log is read for them.

import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { openEventStream } from '../../src/events/event-stream.ts';
import type { OpenOptions } from '../../src/events/event-stream.ts';
import { createLogReader } from '../../src/events/log-reader.ts';
import type { LogReader } from '../../src/events/log-reader.ts';
import { createTails } from '../../src/events/tails.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { waitFor } from '../support/wait-for.ts';
import { createPartnerLog } from './support/partner-log.ts';
import type { PartnerLog } from './support/partner-log.ts';

let test: TestDatabase;
let log: PartnerLog;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  log = await createPartnerLog(test.database);
});

type ChangeRead = (read: LogReader['read']) => LogReader['read'];

/** Streams whose reads are done as told, with nobody but the test to nudge them. */
function createReaders(
  changeRead: ChangeRead,
  onError: (error: unknown) => void = neverFails,
  safetyPollMs = 3_600_000,
) {
  const reader = createLogReader(test.database);
  const changed = { ...reader, read: changeRead((range) => reader.read(range)) };
  const tails = createTails({ log: changed, safetyPollMs, lingerMs: 1_000, onError });
  return {
    async open(options: Partial<OpenOptions> = {}) {
      const tail = await tails.take(log.partnerId);
      const parts = { log: changed, tail, onReadFailure: onError, onEnd: () => tails.giveBack(log.partnerId) };
      return openEventStream(parts, {
        partnerId: log.partnerId,
        after: null,
        filter: {},
        initial: false,
        ...options,
      });
    },
    nudge: () => tails.nudge(log.partnerId),
    close: () => tails.close(),
  };
}

const neverFails = (error: unknown): never => {
  throw error;
};

it('an event that is committed while a read is under way is not overlooked', async () => {
  let isHeld = false;
  const taken = Promise.withResolvers<undefined>();
  const answered = Promise.withResolvers<undefined>();
  const readers = createReaders((read) => async (range) => {
    const page = await read(range);
    if (!isHeld) return page;
    taken.resolve(undefined);
    await answered.promise;
    return page;
  });
  const stream = await readers.open();
  const next = stream.next();
  isHeld = true;
  readers.nudge();
  await taken.promise;
  await log.append(['in between']);
  readers.nudge();
  answered.resolve(undefined);
  expect(await next).toMatchObject({ value: { event: { message: 'in between' } } });
  readers.close();
});

it('a read of the tail that fails is told, and made up for at the next nudge', async () => {
  const failed = Promise.withResolvers<unknown>();
  let isAway = false;
  const readers = createReaders(
    (read) => async (range) => {
      if (isAway) throw new Error('the database is away');
      return read(range);
    },
    failed.resolve,
  );
  const stream = await readers.open();
  const next = stream.next();
  isAway = true;
  readers.nudge();
  expect(String(await failed.promise)).toContain('the database is away');
  isAway = false;
  await log.append(['afterwards']);
  readers.nudge();
  expect(await next).toMatchObject({ value: { event: { message: 'afterwards' } } });
  readers.close();
});

it("a reader's own read that fails is told, and done again although nothing new comes", async () => {
  await log.append(['one', 'two']);
  const failures: unknown[] = [];
  let isAway = false;
  const readers = createReaders(
    (read) => async (range) => {
      if (isAway && range.limit < 500) throw new Error('the database is away');
      return read(range);
    },
    (error) => failures.push(error),
    5,
  );
  const live = await readers.open({ initial: true });
  const { value: now } = await live.next();
  await log.append(Array.from({ length: 1_200 }, (_, index) => `event ${index}`));
  await readers.open();
  const late = await readers.open({ after: now?.cursor ?? null });
  isAway = true;
  const next = late.next();
  await waitFor(async () => failures.length > 2);
  isAway = false;
  expect(await next).toMatchObject({ value: { event: { message: 'event 0' } } });
  readers.close();
});

it('nothing is taken before it is asked for, and asking again reads nothing that is at hand', async () => {
  let reads = 0;
  const readers = createReaders((read) => async (range) => {
    reads++;
    return read(range);
  });
  const stream = await readers.open();
  const first = stream.next();
  await log.append(['one', 'two', 'three']);
  readers.nudge();
  expect(await first).toMatchObject({ value: { event: { message: 'one' } } });
  const before = reads;
  expect(await stream.next()).toMatchObject({ value: { event: { message: 'two' } } });
  expect(await stream.next()).toMatchObject({ value: { event: { message: 'three' } } });
  expect(reads).toBe(before);
  readers.close();
});

it('the log is read once for all who follow the same partner, whatever they filter', async () => {
  const customerId = await log.addCustomer();
  let reads = 0;
  const readers = createReaders((read) => async (range) => {
    reads++;
    return read(range);
  });
  const streams = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      readers.open({ filter: index % 2 === 0 ? {} : { customerIds: [customerId] } }),
    ),
  );
  // They came together, and so shared the look at where the log stands.
  expect(reads).toBeLessThanOrEqual(2);
  const next = streams.map((stream) => stream.next());
  await log.append(['told to all'], { customerId });
  const before = reads;
  readers.nudge();
  for (const { value } of await Promise.all(next)) expect(value).toMatchObject({ event: { message: 'told to all' } });
  expect(reads).toBe(before + 1);
  readers.close();
});

it('a tail that slept until the log was cut before it begins anew, and its readers are told', async () => {
  let isAsleep = false;
  const readers = createReaders(
    (read) => async (range) => {
      if (isAsleep) throw new Error('asleep');
      return read(range);
    },
    () => undefined,
  );
  const stream = await readers.open();
  const next = stream.next();
  isAsleep = true;
  await log.append(['one', 'two', 'three']);
  await log.removeUpTo(3n);
  isAsleep = false;
  readers.nudge();
  await expect(next).rejects.toMatchObject({ code: 'CURSOR_EXPIRED' });
  const another = await readers.open();
  const after = another.next();
  await log.append(['four']);
  readers.nudge();
  expect(await after).toMatchObject({ value: { event: { message: 'four' } } });
  readers.close();
});
