// A client for live status with short waits, and ways to look at what it delivers.

import { createLiveClient } from '../../../src/client/live-client.ts';
import type { Delivery, LiveClient, LiveState, Update } from '../../../src/client/live-client.ts';
import type { LiveClientOptions } from '../../../src/client/live-client.ts';

export function openLive(
  url: string,
  options: Pick<LiveClientOptions, 'token'> & Partial<LiveClientOptions>,
): LiveClient {
  return createLiveClient({ url: `${url}/graphql`, firstWaitMs: 20, longestWaitMs: 200, lingerMs: 20, ...options });
}

/** Reads up to and including the first delivery that is as wanted, or to the end. */
export async function readUntil<TData>(
  source: AsyncIterator<Delivery<TData>, undefined>,
  isWanted: (delivery: Delivery<TData>) => boolean = () => false,
): Promise<Delivery<TData>[]> {
  const read: Delivery<TData>[] = [];
  for (let next = await source.next(); !next.done; next = await source.next()) {
    read.push(next.value);
    if (isWanted(next.value)) break;
  }
  return read;
}

export function updatesOf<TData>(deliveries: readonly Delivery<TData>[]): Update<TData>[] {
  return deliveries.filter((delivery) => delivery.kind !== 'RESET');
}

/** Resolves when the state is as wanted, now or later. */
export function untilState(client: LiveClient, isWanted: (state: LiveState) => boolean): Promise<LiveState> {
  return new Promise((resolve) => {
    const look = (state: LiveState): void => {
      if (!isWanted(state)) return;
      stop();
      resolve(state);
    };
    const stop = client.onState(look);
    look(client.state);
  });
}

/** Numbers from 0 to 1 that are the same in each run (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
