// A status is written by the function that knows its table of arrows, and nowhere else.

import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

/** Where the status of a row is written, by the client's name of its table. Drafts end by closingColumns, which names none. */
const writers: Readonly<Record<string, readonly string[]>> = {
  customer: ['src/domain/customer/change-status.ts'],
  customerPackage: ['src/domain/customer/change-status.ts'],
  attachConsent: ['src/domain/customer/change-consent.ts'],
  user: ['src/domain/user/change-status.ts'],
  location: ['src/domain/location/change-status.ts'],
  provisioningOperation: ['src/domain/operation/move.ts'],
  operationStep: ['src/domain/operation/move.ts'],
  onboardingTemplate: ['src/domain/template/change-status.ts'],
  templateDraft: [],
  customerDraft: [],
  setupDraft: [],
};

const files = globSync('src/{domain,workflow,server,events}/**/*.ts', { cwd: root }).map((file) =>
  file.split(path.sep).join('/'),
);

/** The tables that a file updates, each with the columns that it names. */
function updatesIn(file: string): { readonly table: string; readonly names: readonly string[] }[] {
  const source = ts.createSourceFile(file, readFileSync(path.join(root, file), 'utf8'), ts.ScriptTarget.Latest, true);
  const found: ReturnType<typeof updatesIn> = [];
  const visit = (node: ts.Node): void => {
    ts.forEachChild(node, visit);
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return;
    const { name, expression: model } = node.expression;
    if (!['update', 'updateMany', 'updateManyAndReturn', 'upsert'].includes(name.text)) return;
    if (!ts.isPropertyAccessExpression(model)) return;
    const [given] = node.arguments;
    const properties = given && ts.isObjectLiteralExpression(given) ? given.properties : [];
    for (const property of properties) {
      if (!ts.isPropertyAssignment(property) || !['data', 'update'].includes(property.name.getText())) continue;
      const { initializer } = property;
      const names = ts.isObjectLiteralExpression(initializer)
        ? initializer.properties.map((entry) => entry.name?.getText() ?? '')
        : [];
      found.push({ table: model.name.text, names });
    }
  };
  visit(source);
  return found;
}

it('through the client', () => {
  const updates = files.flatMap((file) => updatesIn(file).map((update) => ({ file, ...update })));
  const writes = updates.filter(({ table, names }) => table in writers && names.includes('status'));
  expect(new Set(writes.map(({ table, file }) => `${table} ${file}`))).toEqual(
    new Set(Object.entries(writers).flatMap(([table, places]) => places.map((file) => `${table} ${file}`))),
  );
});

it('in SQL', () => {
  const tables = Object.keys(writers).map((table) => table.charAt(0).toUpperCase() + table.slice(1));
  const update = new RegExp(`UPDATE\\s+"(${tables.join('|')})"[^\`]*\\bSET\\b[^\`]*"status"\\s*=`, 's');
  const known = Object.values(writers).flat();
  const offenders = files
    .filter((file) => !known.includes(file))
    .filter((file) =>
      readFileSync(path.join(root, file), 'utf8')
        .split(/(?=UPDATE\s+")/)
        .some((statement) => update.test(statement.replace(/\bWHERE\b.*/s, ''))),
    );
  expect(offenders).toEqual([]);
});
