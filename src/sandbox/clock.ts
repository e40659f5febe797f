// The sandbox's clock: the machine's, advanced by hand. A second reading, provisioning time, stands still while the fault "stuck" is
// on; timelines follow that one. Both survive a restart.

import { findRow } from './state.ts';
import type { Database } from './state.ts';

export interface Clock {
  now(): number;
  provisioningNow(): number;
  /** The provisioning time that a thing accepted now gets: while stuck, one that is not reached before the end of it. */
  acceptanceTime(): number;
  advanceMs(): number;
  advance(byMs: number): Promise<void>;
  setStuck(isStuck: boolean): Promise<void>;
}

interface Setting {
  readonly advanceMs: number;
  /** Where provisioning time stopped, in the time of now(); null while it runs. */
  readonly frozenAt: number | null;
  /** How long it stood still before. */
  readonly stuckMs: number;
}

export async function openClock(db: Database, machineNow: () => number): Promise<Clock> {
  const stored = await findRow<{ advance_ms: number; frozen_at: number | null; stuck_ms: number }>(
    db,
    'select advance_ms, frozen_at, stuck_ms from sandbox.clock',
    [],
  );
  let setting: Setting = {
    advanceMs: stored?.advance_ms ?? 0,
    frozenAt: stored?.frozen_at ?? null,
    stuckMs: stored?.stuck_ms ?? 0,
  };

  const now = () => machineNow() + setting.advanceMs;
  const provisioningNow = () => (setting.frozenAt ?? now()) - setting.stuckMs;

  async function change(to: Setting): Promise<void> {
    const values = [to.advanceMs, to.frozenAt, to.stuckMs];
    await db.query('update sandbox.clock set advance_ms = $1, frozen_at = $2, stuck_ms = $3', values);
    setting = to;
  }

  return {
    now,
    provisioningNow,
    acceptanceTime: () => provisioningNow() + (setting.frozenAt === null ? 0 : 1),
    advanceMs: () => setting.advanceMs,
    advance: (byMs) => change({ ...setting, advanceMs: setting.advanceMs + byMs }),
    async setStuck(isStuck) {
      const { frozenAt } = setting;
      if (isStuck && frozenAt === null) await change({ ...setting, frozenAt: now() });
      if (!isStuck && frozenAt !== null) {
        await change({ ...setting, frozenAt: null, stuckMs: setting.stuckMs + now() - frozenAt });
      }
    },
  };
}
