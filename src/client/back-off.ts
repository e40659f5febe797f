// How long to wait before the next attempt: a random part of a window that doubles with each failure. The whole window is drawn from, so
// that clients which lost their connections at the same moment do not come back at the same moment.

export interface BackOffOptions {
  readonly firstMs: number;
  readonly longestMs: number;
  readonly random: () => number;
}

export interface BackOff {
  /** The next wait, in milliseconds. */
  nextMs(): number;
  /** It worked for so long: what lived shorter than the last window was one more failed attempt. */
  worked(forMs: number): void;
  /** Goes to the longest window at once. */
  slowDown(): void;
}

export function createBackOff({ firstMs, longestMs, random }: BackOffOptions): BackOff {
  let windowMs = firstMs;
  let lastMs = firstMs;
  return {
    nextMs() {
      lastMs = windowMs;
      windowMs = Math.min(longestMs, windowMs * 2);
      return random() * lastMs;
    },
    worked(forMs) {
      if (forMs >= lastMs) windowMs = firstMs;
    },
    slowDown() {
      windowMs = longestMs;
    },
  };
}
