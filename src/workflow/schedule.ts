// When to look again and when to try again. Pure: time and randomness are arguments.

/** While the platform works: fast at first, when most things end, slower later. */
export function pollDelayMs(elapsedMs: number): number {
  if (elapsedMs < 10_000) return 500;
  if (elapsedMs < 60_000) return 2_000;
  if (elapsedMs < 600_000) return 10_000;
  return 60_000;
}

/** While people decide: a screening takes hours, an answer to a mail takes days. */
export function humanDelayMs(elapsedMs: number): number {
  if (elapsedMs < 60_000) return 1_000;
  if (elapsedMs < 3_600_000) return 15_000;
  return 300_000;
}

/** @param elapsedMs since the waiting began */
export function lookDelayMs(pace: 'PLATFORM' | 'PEOPLE', elapsedMs: number): number {
  return pace === 'PEOPLE' ? humanDelayMs(elapsedMs) : pollDelayMs(elapsedMs);
}

const longestRetryMs = 60_000;

/**
 * After a failed call: doubling from half a second to a minute, with jitter so that many operations do not return at once.
 * @param random 0 to 1
 * @param retryAfterMs what the platform asked for; never undercut
 */
export function retryDelayMs(attempts: number, random: number, retryAfterMs: number | null): number {
  const backOff = Math.min(longestRetryMs, 500 * 2 ** Math.min(attempts, 7));
  return Math.round((retryAfterMs ?? 0) + backOff * (0.5 + random / 2));
}
