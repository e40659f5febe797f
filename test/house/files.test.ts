// House rules that no linter knows: size of files, their opening lines, no loose ends.

import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const files = globSync(['schema/**/*.ts', 'src/**/*.{ts,tsx}', 'prisma/**/*.ts', 'test/**/*.ts'], { cwd: root }).filter(
  (file) => !file.includes('generated'),
);
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

describe('every file', () => {
  it('is at most 400 lines long', () => {
    const tooLong = files.filter((file) => !file.startsWith('test') && read(file).split('\n').length > 400);
    expect(tooLong).toEqual([]);
  });

  it('opens with what it is for', () => {
    const mute = files.filter((file) => !/^(#!.*\n)?(\/\/|\/\*)/.test(read(file)));
    expect(mute).toEqual([]);
  });

  it('reads the environment nowhere but in the configuration', () => {
    const allowed = ['src/config.ts'];
    const readers = files.filter(
      (file) => !file.startsWith('test') && !allowed.includes(file) && /process\.env\b/.test(read(file)),
    );
    expect(readers).toEqual([]);
  });

  it('leaves no note to finish it later', () => {
    const self = path.join('test', 'house', 'files.test.ts');
    const loose = files.filter(
      (file) => file !== self && /\b(TODO|FIXME|XXX|HACK)\b|@ts-ignore|as any\b/.test(read(file)),
    );
    expect(loose).toEqual([]);
  });
});
