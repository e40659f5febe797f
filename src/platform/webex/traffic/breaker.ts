// Stops asking a platform that is away. After so many calls in a row without an answer nothing is sent for a while, then one call
// goes ahead of the others; what it finds decides for all.

export interface Breaker {
  /** Milliseconds until somebody may ask again; 0: go, and report how it went. */
  admit(): number;
  answered(): void;
  unanswered(): void;
  isAway(): boolean;
}

export interface BreakerOptions {
  readonly now: () => number;
  readonly failuresInARow?: number;
  readonly firstPauseMs?: number;
  readonly longestPauseMs?: number;
}

export function createBreaker(options: BreakerOptions): Breaker {
  const { now, failuresInARow = 10, firstPauseMs = 1_000, longestPauseMs = 30_000 } = options;
  let failures = 0;
  /** Null: the platform is there. */
  let away: { readonly pauseMs: number; readonly until: number; readonly isTried: boolean } | null = null;

  return {
    admit() {
      if (away === null) return 0;
      const left = away.until - now();
      if (left > 0) return left;
      if (away.isTried) return away.pauseMs;
      away = { ...away, isTried: true };
      return 0;
    },
    answered() {
      failures = 0;
      away = null;
    },
    unanswered() {
      failures += 1;
      if (away !== null && !away.isTried) return;
      if (away === null && failures < failuresInARow) return;
      const pauseMs = away === null ? firstPauseMs : Math.min(longestPauseMs, away.pauseMs * 2);
      away = { pauseMs, until: now() + pauseMs, isTried: false };
    },
    isAway: () => away !== null,
  };
}
