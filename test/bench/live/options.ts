// The command line of the live benchmark.

import { parseArgs } from 'node:util';
import { scenarioNames } from './scenarios/scenario.ts';
import type { ScenarioName } from './scenarios/scenario.ts';
import type { SizeName } from './sizes.ts';

export interface Options {
  readonly size: SizeName;
  readonly only: readonly ScenarioName[];
  /** False: the gateway alone. */
  readonly compares: boolean;
  /** A file for the figures. */
  readonly json: string | null;
}

export const usage = `npm run bench:live -- [--quick | --full] [--only ${scenarioNames.join(',')}] [--alone] [--json FILE]`;

/** Throws for what it does not know. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      full: { type: 'boolean', default: false },
      only: { type: 'string' },
      alone: { type: 'boolean', default: false },
      json: { type: 'string' },
    },
  });
  if (values.quick && values.full) throw new Error('--quick and --full exclude each other');
  const wanted = values.only?.split(',') ?? [...scenarioNames];
  const unknown = wanted.filter((name) => !scenarioNames.some((known) => known === name));
  if (unknown.length > 0) throw new Error(`--only does not know ${unknown.join(', ')}`);
  return {
    size: values.quick ? 'quick' : values.full ? 'full' : 'default',
    only: scenarioNames.filter((name) => wanted.includes(name)),
    compares: !values.alone,
    json: values.json ?? null,
  };
}
