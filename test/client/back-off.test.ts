// Waiting between attempts: clients that were dropped together come back spread out, and nobody is shut out for long.

import { describe, expect, it } from 'vitest';
import { createBackOff } from '../../src/client/back-off.ts';
import { seededRandom } from './support/live.ts';

const options = { firstMs: 2_000, longestMs: 30_000 };

function mostInAnyWindow(momentsMs: readonly number[], windowMs: number): number {
  const counts = new Map<number, number>();
  for (const moment of momentsMs) {
    const window = Math.floor(moment / windowMs);
    counts.set(window, (counts.get(window) ?? 0) + 1);
  }
  return Math.max(...counts.values());
}

describe('2,000 clients that are dropped at once', () => {
  const random = seededRandom(1);
  const clients = Array.from({ length: 2_000 }, () => createBackOff({ ...options, random }));
  const attempts: number[][] = [];
  const moments = clients.map(() => 0);
  for (let attempt = 0; attempt < 6; attempt++) {
    clients.forEach((client, index) => (moments[index] = (moments[index] ?? 0) + client.nextMs()));
    attempts.push([...moments]);
  }

  it.each([
    [1, 150],
    [2, 80],
    [3, 45],
    [4, 30],
  ])('make their attempt %i with at most %i of them in any 100 ms', (attempt, most) => {
    expect(mostInAnyWindow(attempts[attempt - 1] ?? [], 100)).toBeLessThanOrEqual(most);
  });
});

describe('the wait', () => {
  it('is drawn from a window that doubles up to the longest', () => {
    const backOff = createBackOff({ ...options, random: () => 1 });
    expect(Array.from({ length: 6 }, () => backOff.nextMs())).toEqual([2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  });

  it('may be anything from nothing to the whole window', () => {
    const backOff = createBackOff({ ...options, random: () => 0 });
    expect([backOff.nextMs(), backOff.nextMs()]).toEqual([0, 0]);
  });

  it('is short again after a connection that lasted, and grows on after one that did not', () => {
    const backOff = createBackOff({ ...options, random: () => 1 });
    backOff.nextMs();
    backOff.nextMs();
    backOff.worked(3_999);
    expect(backOff.nextMs()).toBe(8_000);
    backOff.worked(8_000);
    expect(backOff.nextMs()).toBe(2_000);
  });

  it('is long at once for a peer that is told to slow down', () => {
    const backOff = createBackOff({ ...options, random: () => 1 });
    backOff.slowDown();
    expect(backOff.nextMs()).toBe(30_000);
  });
});
