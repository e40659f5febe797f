// One reader's moments that are hard to meet by chance: what happens between the snapshot of a read and its answer.

import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { openEventStream } from '../../src/events/event-stream.ts';
import type { FeedItem } from '../../src/events/event-stream.ts';
import { createLogReader } from '../../src/events/log-reader.ts';
import type { LogReader } from '../../src/events/log-reader.ts';
import { createWakeUps } from '../../src/events/wake-ups.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
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

/** A stream that first says where the log stands, whose reads are done as told, with nobody but the test to nudge it. */
function open(changeRead: (read: LogReader['read']) => LogReader['read'], onFailure: (error: unknown) => void) {
  const reader = createLogReader(test.database);
  const changed = { ...reader, read: changeRead((range) => reader.read(range)) };
  const wakeUps = createWakeUps(reader, 3_600_000, onFailure);
  const options = { partnerId: log.partnerId, after: null, filter: {}, initial: true };
  const stream: AsyncIterableIterator<FeedItem, unknown> = openEventStream(changed, wakeUps, onFailure, options);
  return { stream, nudge: () => wakeUps.nudge(log.partnerId), close: () => wakeUps.close() };
}

const neverFails = (error: unknown): never => {
  throw error;
};

it('an event that is committed while a read is under way is not overlooked', async () => {
  const taken = Promise.withResolvers<undefined>();
  const answered = Promise.withResolvers<undefined>();
  const { stream, nudge, close } = open(
    (read) => async (range) => {
      const page = await read(range);
      taken.resolve(undefined);
      await answered.promise;
      return page;
    },
    neverFails,
  );
  await stream.next();
  const next = stream.next();
  await taken.promise;
  await log.append(['in between']);
  nudge();
  answered.resolve(undefined);
  expect(await next).toMatchObject({ value: { event: { message: 'in between' } } });
  close();
});

it('a read that fails is told, and made up for at the next nudge', async () => {
  const failed = Promise.withResolvers<unknown>();
  let reads = 0;
  const { stream, nudge, close } = open(
    (read) => async (range) => {
      if (++reads === 1) throw new Error('the database is away');
      return read(range);
    },
    failed.resolve,
  );
  await stream.next();
  const next = stream.next();
  expect(String(await failed.promise)).toContain('the database is away');
  await log.append(['afterwards']);
  nudge();
  expect(await next).toMatchObject({ value: { event: { message: 'afterwards' } } });
  expect(reads).toBe(2);
  close();
});

it('nothing is read before it is asked for', async () => {
  let reads = 0;
  const { stream, nudge, close } = open(
    (read) => async (range) => {
      reads++;
      return read(range);
    },
    neverFails,
  );
  await stream.next();
  const before = reads;
  for (const message of ['two', 'three']) {
    await log.append([message]);
    nudge();
  }
  expect(reads).toBe(before);
  expect(await stream.next()).toMatchObject({ value: { event: { message: 'two' } } });
  expect(await stream.next()).toMatchObject({ value: { event: { message: 'three' } } });
  expect(reads).toBe(before + 1);
  close();
});
