// The listening connection: what it hears, and that it comes back.

import { EventEmitter, once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { listen } from '../../src/database/notifications.ts';
import type { Listener } from '../../src/database/notifications.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';

const channel = 'test channel';
let test: TestDatabase;
const open: Listener[] = [];

beforeAll(async () => {
  test = await createTestDatabase();
});
afterEach(async () => {
  for (const listener of open.splice(0)) await listener.close();
});
afterAll(() => test.drop());

async function start() {
  const events = new EventEmitter();
  const heard: string[] = [];
  let readyCount = 0;
  const listener = await listen({
    url: test.url,
    channel,
    onNotification: (payload) => {
      heard.push(payload);
      events.emit('heard');
    },
    onReady: () => {
      readyCount++;
      events.emit('ready');
    },
  });
  open.push(listener);
  return { listener, events, heard, readyCount: () => readyCount };
}

const notify = (payload: string) => test.database.$queryRaw`SELECT pg_notify(${channel}, ${payload})::text`;

/** How many backends it has cut. */
async function cutListeners(): Promise<number> {
  const rows = await test.database.$queryRaw<unknown[]>`
    SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'gateway-listener'`;
  return rows.length;
}

describe('listen', () => {
  it('is ready when it resolves, and hears what is notified on its channel alone', async () => {
    const { listener, events, heard, readyCount } = await start();
    expect([listener.isListening(), readyCount()]).toEqual([true, 1]);
    await test.database.$queryRaw`SELECT pg_notify('another channel', 'not for us')::text`;
    const next = once(events, 'heard');
    await notify('first');
    await next;
    expect(heard).toEqual(['first']);
  });

  it('comes back after its connection was cut, says so, and hears again', async () => {
    const { listener, events, heard, readyCount } = await start();
    for (const payload of ['after the first cut', 'after the second cut']) {
      const ready = once(events, 'ready');
      expect(await cutListeners()).toBe(1);
      await ready;
      expect(listener.isListening()).toBe(true);
      const next = once(events, 'heard');
      await notify(payload);
      await next;
    }
    expect(heard).toEqual(['after the first cut', 'after the second cut']);
    expect(readyCount()).toBe(3);
  });

  it('stays away once it is closed, even while it is coming back', async () => {
    const { listener, heard } = await start();
    expect(await cutListeners()).toBe(1);
    await listener.close();
    expect(listener.isListening()).toBe(false);
    await notify('to nobody');
    expect(heard).toEqual([]);
    await expect.poll(cutListeners).toBe(0);
  });

  it('tells at once if it cannot begin', async () => {
    const url = new URL(test.url);
    url.password = 'guessed';
    const nothing = (): void => undefined;
    await expect(listen({ url: url.toString(), channel, onNotification: nothing, onReady: nothing })).rejects.toThrow(
      'password authentication failed',
    );
  });
});
