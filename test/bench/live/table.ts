// The table that is printed, and the same as JSON.

import { isFlawless } from './judge.ts';
import type { Figures, Row, Scenario, Unit } from './scenarios/scenario.ts';
import type { Sizes } from './sizes.ts';

export interface Measured {
  readonly scenario: Scenario;
  readonly gateway: Figures;
  readonly plain: Figures | null;
  readonly floor: Figures | null;
}

export interface Heading {
  readonly date: string;
  readonly machine: string;
  readonly commandLine: string;
}

const columns = ['', 'gateway', 'plain', 'bare ws', 'goal'] as const;
const widths = [50, 14, 14, 10, 20] as const;

export function headingText({ date, machine, commandLine }: Heading): string {
  return [`Live benchmark, ${date}`, machine, commandLine].join('\n');
}

export function tableText({ scenario, gateway, plain, floor }: Measured, sizes: Sizes): string {
  const lines = scenario.rows(sizes).map((row) => {
    const value = (figures: Figures | null): number | null => figures?.values[row.measure] ?? null;
    const cells = [value(gateway), value(plain), value(floor)].map((found) => cell(found, row.unit));
    return line(`  ${row.measure} (${row.unit})`, ...cells, goalText(row, value(gateway)));
  });
  const notes = [
    ...gateway.notes.map((note) => `  gateway: ${note}`),
    ...(plain?.notes ?? []).map((note) => `  plain: ${note}`),
  ];
  return [`\n${scenario.name}: ${scenario.title(sizes)}`, line(...columns), ...lines, ...notes].join('\n');
}

function line(...cells: readonly string[]): string {
  return cells
    .map((text, place) => (place === 0 ? text.padEnd(widths[0]) : text.padStart(widths[place] ?? 0)))
    .join(' ')
    .trimEnd();
}

const decimals: Record<Unit, number> = {
  ms: 1,
  s: 1,
  events: 0,
  kB: 1,
  MB: 1,
  sockets: 0,
  connections: 0,
  queries: 0,
  'per s': 0,
};

function cell(value: number | null, unit: Unit): string {
  if (value === null) return '-';
  return value.toLocaleString('en', { minimumFractionDigits: decimals[unit], maximumFractionDigits: decimals[unit] });
}

function goalText({ goal, unit }: Row, value: number | null): string {
  if (goal === undefined) return '';
  const wanted = goal === 0 ? '0' : `at most ${goal} ${unit}`;
  return `${wanted} ${value !== null && value <= goal ? 'ok' : 'NO'}`;
}

export function asJson(heading: Heading, sizes: Sizes, all: readonly Measured[]): string {
  const scenarios = all.map(({ scenario, gateway, plain, floor }) => ({
    name: scenario.name,
    title: scenario.title(sizes),
    rows: scenario.rows(sizes),
    gateway,
    plain,
    floor,
  }));
  return JSON.stringify({ ...heading, sizes, scenarios }, null, 2);
}

/** Where the gateway has lost something, told it twice or in another order. */
export function flaws(all: readonly Measured[]): string[] {
  return all.flatMap(({ scenario: { name }, gateway: { verdict } }) => {
    if (verdict === null || isFlawless(verdict)) return [];
    const { lost, duplicated, outOfOrder } = verdict;
    return [`${name}: ${lost} lost, ${duplicated} duplicated, ${outOfOrder} out of order`];
  });
}
