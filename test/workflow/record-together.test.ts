// Writing together what comes at the same time: everything is written once, nobody is told before.

import { expect, it } from 'vitest';
import { recordTogether } from '../../src/workflow/record-together.ts';

/** A commit that ends when told. */
function slowCommit() {
  const written: (readonly number[])[] = [];
  const gates: PromiseWithResolvers<void>[] = [];
  return {
    written,
    async write(entries: readonly number[]) {
      const gate = Promise.withResolvers<void>();
      gates.push(gate);
      await gate.promise;
      written.push(entries);
    },
    end: (index: number) => gates[index]?.resolve(),
    fail: (index: number, reason: Error) => gates[index]?.reject(reason),
  };
}

it('writes what comes first at once, and together what comes while that is written', async () => {
  const commit = slowCommit();
  const record = recordTogether<number>(commit.write);
  const first = record(1);
  const others = [record(2), record(3)];
  commit.end(0);
  await first;
  expect(commit.written).toEqual([[1]]);
  commit.end(1);
  await Promise.all(others);
  expect(commit.written).toEqual([[1], [2, 3]]);
});

it('tells those whose commit failed, and goes on with the others', async () => {
  const commit = slowCommit();
  const record = recordTogether<number>(commit.write);
  const outcomes = [record(1), record(2), record(3)].map((outcome) => outcome.then(() => 'written', String));
  commit.end(0);
  expect(await outcomes[0]).toBe('written');
  commit.fail(1, new Error('lost'));
  expect(await Promise.all(outcomes)).toEqual(['written', 'Error: lost', 'Error: lost']);
  const later = record(4);
  commit.end(2);
  await later;
  expect(commit.written).toEqual([[1], [4]]);
});
