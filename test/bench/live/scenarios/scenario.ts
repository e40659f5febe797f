// What a measurement is: rows of a table, and how one kind of server gets its figures for them.

import type { Bench } from '../bench.ts';
import type { Verdict } from '../judge.ts';
import type { Sizes } from '../sizes.ts';
import type { TargetKind } from '../targets.ts';

export type Unit = 'ms' | 's' | 'events' | 'kB' | 'MB' | 'sockets' | 'connections' | 'queries' | 'per s';

export interface Row {
  readonly measure: string;
  readonly unit: Unit;
  /** At most this, for the gateway. */
  readonly goal?: number;
}

export interface Figures {
  /** By the row's measure; null where there is nothing to measure. */
  readonly values: Readonly<Record<string, number | null>>;
  /** Null: nothing was judged. */
  readonly verdict: Verdict | null;
  /** What else is worth knowing, a line each. */
  readonly notes: readonly string[];
}

export interface Scenario {
  readonly name: ScenarioName;
  readonly title: (sizes: Sizes) => string;
  readonly rows: (sizes: Sizes) => readonly Row[];
  readonly measure: (bench: Bench, kind: TargetKind) => Promise<Figures>;
  /** The same with bare ws, where that makes sense. */
  readonly measureFloor?: (bench: Bench) => Promise<Figures>;
}

export const scenarioNames = ['cuts', 'latency', 'fanout', 'storm', 'stalled'] as const;
export type ScenarioName = (typeof scenarioNames)[number];

export const verdictRows: readonly Row[] = [
  { measure: 'expected', unit: 'events' },
  { measure: 'delivered', unit: 'events' },
  { measure: 'lost', unit: 'events', goal: 0 },
  { measure: 'duplicated', unit: 'events', goal: 0 },
  { measure: 'out of order', unit: 'events', goal: 0 },
];

export function verdictValues({ expected, delivered, lost, duplicated, outOfOrder }: Verdict) {
  return { expected, delivered, lost, duplicated, 'out of order': outOfOrder };
}
