// Statuses in motion: each scenario goes along its arrows through the domain's commands and the worker, and nobody writes a
// status in any other way.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { arrowsOf, goneArrows, nouns } from './arrows.ts';
import { everyScenario } from './every-arrow.ts';
import { openStage } from './stage.ts';
import type { Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(async () => {
  await stage.bench.close();
});
beforeEach(async () => {
  await stage.witness.forget();
});

const known: readonly string[] = [...nouns.flatMap(arrowsOf), ...goneArrows];

const named = everyScenario.map((scenario) => {
  const name = `${scenario.title} (${scenario.arrows.join(', ')})`;
  return [name, scenario] as const;
});

describe('statuses', () => {
  it.each(named)('%s', { timeout: 60_000 }, async (_name, { arrows, act }) => {
    await act(stage);
    const seen = await stage.witness.arrows();
    expect(seen).toEqual(expect.arrayContaining([...arrows]));
    // Rows go with the customer or the operation that they belong to, whatever their status.
    const unknown = seen.filter((arrow) => !known.includes(arrow) && !arrow.endsWith(' -> GONE'));
    expect(unknown).toEqual([]);
  });
});
