// Nothing happens on import: every module loads in a process with an empty environment, and the process then ends by itself.

import { execFileSync } from 'node:child_process';
import { globSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
/** Programs: what they do when they are run is their business. */
const programs = [
  /^src\/main\.ts$/,
  /^src\/cli\/[^/]+\.ts$/,
  /^src\/database\/schema-engine\.ts$/,
  /^schema\/print-schema\.ts$/,
  /^src\/server\/(graphiql|board)\/(page\/|vite)/,
  /^src\/server\/pages\/browser\//,
];

const modules = globSync(['schema/**/*.ts', 'src/**/*.ts', 'prisma/**/*.ts'], { cwd: root })
  .map((file) => file.split(path.sep).join('/'))
  .filter((file) => !programs.some((pattern) => pattern.test(file)));

it('every module loads quietly with an empty environment', () => {
  const script = modules
    .map((file) => `await import(${JSON.stringify(pathToFileURL(path.join(root, file)).href)});`)
    .join('\n');
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: root,
    env: {},
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 60_000,
  });
  expect(output).toBe('');
});
