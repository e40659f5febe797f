// docs/webex.md tells an operator everything that the gateway asks of Webex, and every setting of it.

import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const guide = read('docs/webex.md');

it('names every path that the adapter asks', () => {
  const sources = globSync('src/platform/webex/*.ts', { cwd: root }).filter((file) => !file.includes('sandbox'));
  const templates = sources.flatMap((file) => [...read(file).matchAll(/= ?restPath`([^`]+)`|[ (]restPath`([^`]+)`/g)]);
  const paths = new Set(templates.map((match) => (match[1] ?? match[2] ?? '').replace(/\$\{\w+\}/g, '{id}')));
  expect(paths.size).toBeGreaterThan(10);
  expect([...paths].filter((asked) => !guide.includes(`\`${asked}\``))).toEqual([]);
});

it('names every setting of the platform, and the README leads to it', () => {
  const keys = [...read('.env.example').matchAll(/^(WEBEX_[A-Z_]+|CREDENTIALS_KEY)=/gm)].map(([, key]) => key ?? '');
  const named = keys.filter((key) => !key.endsWith('_FILE'));
  expect(named.length).toBeGreaterThan(4);
  expect(named.filter((key) => !guide.includes(key))).toEqual([]);
  expect(read('README.md')).toContain('(docs/webex.md)');
});
