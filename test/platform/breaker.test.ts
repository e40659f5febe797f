// When a platform that is away is asked again, and by how many.

import { describe, expect, it } from 'vitest';
import { createBreaker } from '../../src/platform/webex/traffic/breaker.ts';

function breakerWithClock() {
  const clock = { now: 0 };
  const breaker = createBreaker({
    now: () => clock.now,
    failuresInARow: 3,
    firstPauseMs: 1_000,
    longestPauseMs: 3_000,
  });
  const fail = (times: number) => {
    for (let count = 0; count < times; count++) breaker.unanswered();
  };
  return { breaker, clock, fail };
}

describe('the breaker', () => {
  it('lets everything pass while one of three calls is answered', () => {
    const { breaker, fail } = breakerWithClock();
    for (let round = 0; round < 5; round++) {
      fail(2);
      breaker.answered();
    }
    expect(breaker.admit()).toBe(0);
    expect(breaker.isAway()).toBe(false);
  });

  it('lets nothing pass after three failures in a row, until the pause is over', () => {
    const { breaker, clock, fail } = breakerWithClock();
    fail(3);
    expect(breaker.isAway()).toBe(true);
    clock.now = 400;
    expect(breaker.admit()).toBe(600);
  });

  it('then lets one pass, and the others when it was answered', () => {
    const { breaker, clock, fail } = breakerWithClock();
    fail(3);
    clock.now = 1_000;
    expect(breaker.admit()).toBe(0);
    expect(breaker.admit()).toBe(1_000);
    breaker.answered();
    expect([breaker.admit(), breaker.admit(), breaker.isAway()]).toEqual([0, 0, false]);
  });

  it('waits twice as long after each vain try, and no longer than the longest pause', () => {
    const { breaker, clock, fail } = breakerWithClock();
    fail(3);
    const pauses = [1_000, 2_000, 3_000, 3_000];
    for (const pauseMs of pauses) {
      expect(breaker.admit()).toBe(pauseMs);
      clock.now += pauseMs;
      expect(breaker.admit()).toBe(0);
      fail(1);
    }
  });

  it('is not held up longer by calls that were under way when it opened', () => {
    const { breaker, fail } = breakerWithClock();
    fail(8);
    expect(breaker.admit()).toBe(1_000);
  });
});
