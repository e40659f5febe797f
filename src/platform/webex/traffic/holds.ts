// When a partner's calls have to wait because the platform said so: after a 429 or 503 all of them, after a 423 those about what
// is locked.

import { retryAfterMs } from '../failures.ts';

export interface AnsweredCall {
  readonly path: string;
  readonly status: number;
  readonly retryAfter: string | null;
}

export interface Holds {
  /** Milliseconds until this may be asked; 0: now. */
  left(path: string): number;
  /** Takes note of what an answer asked for. */
  note(answered: AnsweredCall): void;
}

const everything = '*';
/** After a 429 that names no time. */
const untoldHoldMs = 1_000;

export function createHolds(now: () => number): Holds {
  const until = new Map<string, number>();

  return {
    left(path) {
      const at = now();
      for (const [held, end] of until) if (end <= at) until.delete(held);
      return Math.max(0, (until.get(everything) ?? 0) - at, (until.get(path) ?? 0) - at);
    },
    note({ path, status, retryAfter }) {
      const key = status === 423 ? path : everything;
      const asked = [423, 429, 503].includes(status) ? retryAfterMs(retryAfter, now()) : null;
      const holdMs = asked ?? (status === 429 ? untoldHoldMs : 0);
      if (holdMs > 0) until.set(key, Math.max(until.get(key) ?? 0, now() + holdMs));
    },
  };
}
