// A bucket that fills at a steady rate: bounds how many messages a peer may send in the long run and at once.

export interface MessageBudget {
  /** False: there is nothing left. The time only ever moves forward. */
  take(nowMs: number): boolean;
}

export function createMessageBudget(perSecond: number, burst: number): MessageBudget {
  let left = burst;
  let filledAt: number | null = null;
  return {
    take(nowMs) {
      left = Math.min(burst, left + ((nowMs - (filledAt ?? nowMs)) / 1_000) * perSecond);
      filledAt = nowMs;
      if (left < 1) return false;
      left -= 1;
      return true;
    },
  };
}
