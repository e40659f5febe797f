// Remembers which faults are on, also across a restart, and strikes with them.

import { faultSetting, faultsHitting, isStuck } from './faults.ts';
import type { FaultHit, FaultSetting } from './faults.ts';
import type { Clock } from './clock.ts';
import { findRow } from './state.ts';
import type { Database } from './state.ts';

export interface FaultSwitchboard {
  setting(): FaultSetting;
  replace(setting: FaultSetting): Promise<void>;
  /** Counts the request and says what hits it. */
  strike(request: { readonly method: string; readonly path: string }): Promise<readonly FaultHit[]>;
}

export async function openFaultSwitchboard(db: Database, clock: Clock): Promise<FaultSwitchboard> {
  const stored = await findRow<{ setting: unknown }>(db, 'select setting from sandbox.faults', []);
  let setting = faultSetting.parse(stored?.setting ?? { faults: [] });
  let draws = 0;

  async function store(to: FaultSetting): Promise<void> {
    setting = to;
    await db.query(
      'insert into sandbox.faults (setting) values ($1) on conflict (only_one) do update set setting = excluded.setting',
      [JSON.stringify(to)],
    );
  }

  return {
    setting: () => setting,
    async replace(to) {
      draws = 0;
      await store(to);
      await clock.setStuck(isStuck(to));
    },
    async strike(request) {
      if (setting.faults.length === 0) return [];
      const hits = faultsHitting(setting, request, draws++);
      const used = new Set(hits.filter(({ rule }) => rule.remaining !== undefined).map(({ index }) => index));
      if (used.size > 0) {
        const faults = setting.faults.map((rule, index) =>
          used.has(index) ? { ...rule, remaining: (rule.remaining ?? 1) - 1 } : rule,
        );
        await store({ ...setting, faults });
      }
      return hits;
    },
  };
}
