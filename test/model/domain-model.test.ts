// The domain against a small reference model: random sequences of commands, whose answers and rows have to be those that the
// model foretells. SEQUENCES says how many, SEED which; the same seed gives the same sequences.

import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openJobQueue } from '../../src/database/jobs.ts';
import type { JobQueue } from '../../src/database/jobs.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import type { Command } from './commands.ts';
import { sequence } from './generate/sequence.ts';
import { minimize } from './minimize.ts';
import type { Noun } from './real/names.ts';
import { openPartner } from './real/partner.ts';
import { runSequence } from './run-sequence.ts';

const sequences = Number(process.env['SEQUENCES'] ?? 240);
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
/** So many sequences are under way at once, each lane with seeds of its own. */
const lanes = 6;

let testDatabase: TestDatabase;
let jobs: JobQueue;
/** What belongs to a partner that no sequence is about. */
const foreignIds: Partial<Record<Noun, string>> = {};

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  const onError = (error: unknown): void => {
    throw error;
  };
  jobs = await openJobQueue({ url: testDatabase.url, poolSize: 2, worker: false, onError });
  const other = await openPartner(testDatabase.database, jobs, {});
  Object.assign(foreignIds, { Template: other.names.idOf('Template', 0), Customer: other.names.idOf('Customer', 0) });
});

afterAll(async () => {
  await jobs.close(1_000);
  await testDatabase.drop();
});

it(
  `${sequences} sequences, seed ${seed}: the domain does what the reference model foretells`,
  { timeout: 0 },
  async () => {
    let commands = 0;
    let ran = 0;
    const property = fc.asyncProperty(sequence, async (steps) => {
      ran += 1;
      commands += steps.length;
      await run(steps);
    });
    const results = await Promise.all(
      Array.from({ length: lanes }, (_, lane) => {
        const numRuns = Math.ceil((sequences - lane) / lanes);
        return fc.check(property, { seed: seed + lane, numRuns });
      }),
    );
    const differences: string[] = [];
    for (const { counterexample } of results) {
      if (counterexample) differences.push(await minimize(counterexample[0], failureOf));
    }
    process.stdout.write(
      `model: ${ran} sequences with ${commands} commands, seed ${seed}, ${differences.length} differences\n`,
    );
    expect(differences.join('\n\n')).toBe('');
  },
);

async function run(steps: readonly Command[]): Promise<void> {
  await runSequence(await openPartner(testDatabase.database, jobs, foreignIds), steps);
}

async function failureOf(steps: readonly Command[]): Promise<string | null> {
  return run(steps).then(
    () => null,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}
