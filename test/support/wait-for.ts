// Looks again and again, across a process or a queue, until something is there. Bounded, so that a test fails instead of hanging.

import { setTimeout as delay } from 'node:timers/promises';

const pauseMs = 20;

export async function waitFor<T>(look: () => Promise<T | null | undefined | false>, withinMs = 25_000): Promise<T> {
  for (let waitedMs = 0; waitedMs < withinMs; waitedMs += pauseMs) {
    const found = await look();
    if (found !== null && found !== undefined && found !== false) return found;
    await delay(pauseMs);
  }
  throw new Error(`nothing came within ${withinMs} ms of looking`);
}
