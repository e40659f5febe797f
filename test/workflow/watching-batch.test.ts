// When one list costs less than asking one by one, and when to look again.

import { expect, it } from 'vitest';
import { isListCheaper, nextLookAt } from '../../src/workflow/watching/batch.ts';

it.each([
  [1, 1, false],
  [2, 2, true],
  [2, 100, true],
  [2, 101, false],
  [3, 101, true],
  [10, 1_000, false],
  [11, 1_000, true],
])('%i due of %i watched: the list is cheaper: %s', (due, watched, isCheaper) => {
  expect(isListCheaper(due, watched)).toBe(isCheaper);
});

const since = new Date('2026-01-01T00:00:00.000Z');
const after = (ms: number) => new Date(since.getTime() + ms);

it('looks less and less often, least often while people decide', () => {
  const pause = (pace: 'PLATFORM' | 'PEOPLE', elapsedMs: number) =>
    nextLookAt(pace, since, after(elapsedMs)).getTime() - after(elapsedMs).getTime();
  expect([0, 20_000, 120_000, 3_600_000].map((elapsed) => pause('PLATFORM', elapsed))).toEqual([
    500, 2_000, 10_000, 60_000,
  ]);
  expect([0, 120_000, 7_200_000].map((elapsed) => pause('PEOPLE', elapsed))).toEqual([1_000, 15_000, 300_000]);
});

it('has those that are looked at equally often due together', () => {
  expect(nextLookAt('PLATFORM', since, after(120_010))).toEqual(nextLookAt('PLATFORM', since, after(129_990)));
});
