// Every setting is explained: .env.example has each key that is read, with its default, and no other.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';

const lines = readFileSync(path.resolve(import.meta.dirname, '../../.env.example'), 'utf8').split('\n');
const documented = new Map(
  lines
    .map((line) => /^([A-Z_]+)=(.*)$/.exec(line))
    .filter((match) => match !== null)
    .map(([, key = '', value = '']) => [key, value]),
);

it('has exactly the keys that are read', () => {
  const read = new Set<string>();
  readConfig(
    new Proxy<Record<string, string | undefined>>(
      {},
      {
        get(_target, key) {
          read.add(String(key));
          return undefined;
        },
      },
    ),
  );
  expect([...documented.keys()].sort()).toEqual([...read].sort());
});

it('shows the defaults', () => {
  expect(readConfig(Object.fromEntries(documented))).toEqual(readConfig({}));
});

it('explains every key in the lines above it', () => {
  const unexplained = lines.filter(
    (line, index) => /^[A-Z_]+=/.test(line) && !/^(#|[A-Z_]+=)/.test(lines[index - 1] ?? ''),
  );
  expect(unexplained).toEqual([]);
});
