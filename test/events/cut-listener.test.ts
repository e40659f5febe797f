// The connection that listens is cut again and again while writers write: every subscriber gets every event, once and in
// order, with no poll to help. LISTENER_CUTS sets how often (default 10).

import { afterAll, beforeAll, expect, it } from 'vitest';
import { createEventFeed } from '../../src/events/feed.ts';
import type { EventFeed } from '../../src/events/feed.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { waitFor } from '../support/wait-for.ts';
import { createPartnerLog } from './support/partner-log.ts';
import type { PartnerLog } from './support/partner-log.ts';

const cuts = Number(process.env['LISTENER_CUTS'] ?? 10);
const writers = 4;
const subscribers = 5;

let test: TestDatabase;
let feed: EventFeed;

beforeAll(async () => {
  test = await createTestDatabase();
  feed = await createEventFeed({
    database: test.database,
    url: test.url,
    safetyPollMs: 3_600_000,
    onError: () => undefined,
  });
});
afterAll(async () => {
  await feed.close();
  await test.drop();
});

it(
  `loses nothing while the listening connection is cut ${cuts} times`,
  { timeout: 60_000 + cuts * 3_000 },
  async () => {
    const log = await createPartnerLog(test.database);
    const start = await feed.head(log.partnerId);
    const stopping = new AbortController();
    const written = Promise.all(Array.from({ length: writers }, (_, writer) => write(log, writer, stopping.signal)));
    const total = Promise.withResolvers<number>();
    const received = Promise.all(Array.from({ length: subscribers }, () => receive(log, start, total.promise)));
    for (let cut = 0; cut < cuts; cut++) await waitFor(cutListener);
    stopping.abort();
    const count = (await written).reduce((sum, one) => sum + one, 0);
    total.resolve(count);
    // Something to wake those who have everything already, so that they see the end.
    await log.append(['the last one']);
    const positions = Array.from({ length: count + 1 }, (_, index) => BigInt(index + 1));
    for (const one of await received) expect(one).toEqual(positions);
    expect(count).toBeGreaterThanOrEqual(cuts);
  },
);

async function write(log: PartnerLog, writer: number, signal: AbortSignal): Promise<number> {
  let count = 0;
  for (; !signal.aborted; count++) await log.append([`${writer}.${count}`]);
  return count;
}

async function receive({ partnerId }: PartnerLog, after: string, total: Promise<number>): Promise<bigint[]> {
  const positions: bigint[] = [];
  for await (const { event } of await feed.open({ partnerId, after, filter: {}, initial: false })) {
    if (event) positions.push(event.position);
    if (event?.message === 'the last one' && positions.length > (await total)) break;
  }
  return positions;
}

/** False: it is just away. */
async function cutListener(): Promise<boolean> {
  const rows = await test.database.$queryRaw<unknown[]>`
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'gateway-listener' AND state = 'idle' AND query LIKE 'LISTEN%'`;
  return rows.length > 0;
}
