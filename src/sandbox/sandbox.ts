// What every part of the sandbox is handed: its state, its clock, its settings.

import type pg from 'pg';
import type { Clock } from './clock.ts';
import type { FaultSwitchboard } from './fault-switchboard.ts';
import type { FlakyCustomers } from './flaky.ts';
import type { Journal } from './journal.ts';
import type { SandboxLog } from './log.ts';
import type { RetryWindows } from './retry-windows.ts';
import type { Turns } from './turns.ts';

export interface Sandbox {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly faults: FaultSwitchboard;
  readonly flaky: FlakyCustomers;
  readonly journal: Journal;
  /** By customer id: whoever assigns packages that are limited. */
  readonly assignments: Turns;
  readonly retryWindows: RetryWindows;
  /** Middle length of a provisioning stage. */
  readonly stageMs: number;
  readonly log: SandboxLog;
}
