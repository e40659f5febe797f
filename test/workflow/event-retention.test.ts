// Events are kept for as long as the operator says, and then go from the beginning of their log: nobody who reads on from a
// cursor gets a gap, and everybody else sees a history that begins later.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../src/database/client.ts';
import { appendEvents } from '../../src/database/event-log.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { createEventFeed } from '../../src/events/feed.ts';
import type { EventFeed } from '../../src/events/feed.ts';
import { cleanUp, startMaintenance } from '../../src/workflow/maintenance.ts';
import type { MaintenanceOptions, Sweep } from '../../src/workflow/maintenance.ts';
import { eventRetention } from '../../src/workflow/sweeps/event-retention.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { waitFor } from '../support/wait-for.ts';
import { createPartnerLog } from '../events/support/partner-log.ts';
import type { PartnerLog } from '../events/support/partner-log.ts';

const dayMs = 86_400_000;
const start = new Date('2026-01-01T00:00:00Z').getTime();
const day = (number: number): Date => new Date(start + number * dayMs);

let test: TestDatabase;
let feed: EventFeed;
let log: PartnerLog;
let now: Date;
const said: unknown[] = [];

beforeAll(async () => {
  test = await createTestDatabase();
  feed = await createEventFeed({ database: test.database, url: test.url, onError: (error) => said.push(error) });
});
afterAll(async () => {
  await feed.close();
  await test.drop();
});
beforeEach(async () => {
  said.length = 0;
  now = day(0);
  log = await createPartnerLog(test.database);
});

function options(sweeps: readonly Sweep[] = [eventRetention(30 * dayMs)]): MaintenanceOptions {
  return {
    url: test.url,
    context: { database: test.database, now: () => now },
    sweeps,
    log: {
      info: (...words: unknown[]) => void said.push(words),
      error: (...words: unknown[]) => void said.push(words),
    },
  };
}

async function sweep(): Promise<void> {
  expect(await cleanUp(options())).toBe(true);
}

/** Appends events that are known by their messages, each in a transaction of its own. */
async function append(at: Date, messages: readonly string[], partnerId = log.partnerId): Promise<void> {
  await inTransaction(test.database, (transaction) =>
    appendEvents(
      transaction,
      partnerId,
      at,
      messages.map((message) => ({ type: 'STEP_PROGRESSED', message })),
    ),
  );
}

async function kept(partnerId = log.partnerId): Promise<string[]> {
  const page = await feed.read({ partnerId, after: null, filter: {}, first: 100 });
  return page.items.map(({ event }) => event?.message ?? '');
}

const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `event ${index + 1}`);

describe('the sweep', () => {
  it('removes what is older than the retention, and nothing younger', async () => {
    await append(day(0), ['first']);
    await append(day(1), ['second']);
    await append(day(2), ['third']);
    now = day(30);
    await sweep();
    expect(await kept()).toEqual(['first', 'second', 'third']);
    now = new Date(day(31).getTime() + 1);
    await sweep();
    expect(await kept()).toEqual(['third']);
    now = day(90);
    await sweep();
    expect(await kept()).toEqual([]);
    await append(day(90), ['fourth']);
    expect(await kept()).toEqual(['fourth']);
  });

  it('cuts a log at its beginning only, though the clocks of the writers differ', async () => {
    await append(day(0), ['a']);
    await append(day(2), ['b, of a writer whose clock is fast']);
    await append(day(1), ['c']);
    now = new Date(day(31).getTime() + 1);
    await sweep();
    expect(await kept()).toEqual(['b, of a writer whose clock is fast', 'c']);
  });

  it('tells who reads on from before the cut that the cursor has expired, and nobody else', async () => {
    const { partnerId } = log;
    const cursors = [await feed.head(partnerId)];
    for (const [index, message] of ['one', 'two', 'three'].entries()) {
      await append(day(index), [message]);
      cursors.push(await feed.head(partnerId));
    }
    now = new Date(day(31).getTime() + 1);
    await sweep();
    const readAfter = async (after: string | undefined) =>
      (await feed.read({ partnerId, after: after ?? null, filter: {}, first: 10 })).items.map(
        ({ event }) => event?.message,
      );
    await expect(readAfter(cursors[0])).rejects.toMatchObject({ code: 'CURSOR_EXPIRED' });
    await expect(readAfter(cursors[1])).rejects.toMatchObject({ code: 'CURSOR_EXPIRED' });
    expect(await readAfter(cursors[2])).toEqual(['three']);
    expect(await readAfter(cursors[3])).toEqual([]);
  });

  it('takes no other partner events than its own', async () => {
    const young = await createPartnerLog(test.database);
    await append(day(0), ['old']);
    await append(day(40), ['young'], young.partnerId);
    now = day(50);
    await sweep();
    expect(await kept()).toEqual([]);
    expect(await kept(young.partnerId)).toEqual(['young']);
  });

  it('goes through a long past in transactions of a bounded size', async () => {
    await append(day(0), names(2_345));
    await append(day(20), ['last']);
    now = day(40);
    const removed: number[] = [];
    const retention = eventRetention(30 * dayMs);
    const watched: Sweep = {
      name: retention.name,
      async removeSome(database, at) {
        const count = await retention.removeSome(database, at);
        removed.push(count);
        return count;
      },
    };
    await cleanUp(options([watched]));
    expect(removed).toEqual([1_000, 1_000, 345, 0]);
    expect(await kept()).toEqual(['last']);
  });

  it('leaves a log whole while others append to it and read from it', async () => {
    const { partnerId } = log;
    await append(day(0), names(3_000));
    now = day(40);
    const stream = await feed.open({ partnerId, after: await feed.head(partnerId), filter: {}, initial: false });
    const swept = sweep();
    const writers = 4;
    const turns = 25;
    await Promise.all(
      Array.from({ length: writers }, async (_, writer) => {
        for (let turn = 0; turn < turns; turn++) await append(day(40), [`${writer}.${turn}`]);
      }),
    );
    await swept;
    const positions: (bigint | undefined)[] = [];
    for await (const { event } of stream) if (positions.push(event?.position) === writers * turns) break;
    expect(positions).toEqual(Array.from({ length: writers * turns }, (_, index) => BigInt(3_001 + index)));
    expect(await kept()).toHaveLength(writers * turns);
  });
});

describe('maintenance', () => {
  /** Removes nothing for so long as it is told, and says so. */
  function stuckSweep() {
    const begun = Promise.withResolvers<undefined>();
    const goOn = Promise.withResolvers<undefined>();
    const stuck: Sweep = {
      name: 'nothing',
      async removeSome() {
        begun.resolve(undefined);
        await goOn.promise;
        return 0;
      },
    };
    return { begun, goOn, stuck };
  }

  it('is done by one process at a time', async () => {
    const { begun, goOn, stuck } = stuckSweep();
    const first = cleanUp(options([stuck]));
    await begun.promise;
    expect(await cleanUp(options())).toBe(false);
    goOn.resolve(undefined);
    expect(await first).toBe(true);
    await sweep();
  });

  it('goes on with the other sweeps when one fails, and says which', async () => {
    await append(day(0), ['old']);
    now = day(40);
    const failing: Sweep = { name: 'what cannot go', removeSome: () => Promise.reject(new Error('no')) };
    await cleanUp(options([failing, eventRetention(30 * dayMs)]));
    expect(await kept()).toEqual([]);
    expect(JSON.stringify(said)).toContain('could not remove what cannot go');
  });

  it('comes by itself, again and again, until it is closed', async () => {
    const rounds: Database[] = [];
    const counting: Sweep = {
      name: 'nothing',
      async removeSome(database) {
        rounds.push(database);
        return 0;
      },
    };
    const maintenance = startMaintenance({ ...options([counting]), everyMs: 5 });
    await waitFor(async () => rounds.length >= 3);
    await maintenance.close();
    const { length } = rounds;
    await sweep();
    expect(rounds).toHaveLength(length);
  });
});
