// What one subscription has received: which events, when, and the cursor to go on from.

import type { SubscriptionPlan } from '../contract.ts';

export interface Ledger {
  readonly plan: SubscriptionPlan;
  readonly numbers: number[];
  readonly atMs: number[];
  cursor: string | null;
  /** Has received anything since it was last set back. */
  isReady: boolean;
}

export function openLedger(plan: SubscriptionPlan): Ledger {
  return { plan, numbers: [], atMs: [], cursor: null, isReady: false };
}
