// Who may import whom. The table is ARCHITECTURE.md's; this test is what makes it true.

import { readFileSync } from 'node:fs';
import { globSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

/** Each room with the rooms, and single files, it may import besides itself. The longest matching prefix decides. */
const rooms: Record<string, readonly string[]> = {
  'schema/': ['src/domain/', 'src/events/', 'src/database/generated/', 'src/database/client.ts'],
  'src/domain/': ['src/database/'],
  'src/database/': [],
  'src/workflow/': ['src/domain/', 'src/database/', 'src/platform/port.ts', 'src/platform/failure.ts'],
  'src/platform/': [],
  'src/sandbox/': [],
  'src/events/': ['src/database/'],
  'src/server/': ['schema/', 'src/domain/', 'src/events/', 'src/database/'],
  // The board is a client like any other.
  'src/server/board/page/': ['src/client/', 'src/server/pages/browser/'],
  'src/client/': [],
  'src/cli/': ['src/config.ts', 'src/domain/', 'src/database/', 'src/server/auth/', 'src/log.ts', 'src/client/'],
  'src/config.ts': ['src/config/'],
  'src/config/': [],
  'src/log.ts': [],
  'src/roles/': ['schema/', 'src/', 'prisma/'],
  'src/composition.ts': ['src/'],
  'src/main.ts': ['src/'],
  'prisma/': ['src/domain/', 'src/database/'],
};

const neverImported = ['src/main.ts'];

const files = globSync(['schema/**/*.ts', 'src/**/*.{ts,tsx}', 'prisma/**/*.ts'], { cwd: root })
  .map((file) => file.split(path.sep).join('/'))
  .filter((file) => !file.includes('/generated/'));

function importsOf(file: string): string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(path.join(root, file), 'utf8'), true, true);
  return importedFiles
    .map(({ fileName }) => fileName)
    .filter((name) => name.startsWith('.'))
    .map((name) => path.posix.join(path.posix.dirname(file), name));
}

function roomOf(file: string): string {
  const matching = Object.keys(rooms).filter((room) => file.startsWith(room));
  const [room] = matching.sort((a, b) => b.length - a.length);
  if (room === undefined) throw new Error(`${file} stands in no room of the import table`);
  return room;
}

describe('the import table', () => {
  it('finds the rooms it is about', () => {
    expect(files.length).toBeGreaterThan(50);
  });

  it.each(files)('%s imports only what its room may', (file) => {
    const room = roomOf(file);
    const allowed = [room, ...(rooms[room] ?? [])];
    const forbidden = importsOf(file).filter((target) => !allowed.some((prefix) => target.startsWith(prefix)));
    expect(forbidden).toEqual([]);
  });

  it('lets nobody import the program itself', () => {
    const offenders = files.filter((file) => importsOf(file).some((target) => neverImported.includes(target)));
    expect(offenders).toEqual([]);
  });

  it('lets nobody inside schema/ import the assembled schema, except what prints it', () => {
    const offenders = files
      .filter((file) => file.startsWith('schema/') && file !== 'schema/print-schema.ts')
      .filter((file) => importsOf(file).includes('schema/index.ts'));
    expect(offenders).toEqual([]);
  });
});
