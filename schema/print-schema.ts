// Writes schema.graphql, the schema as clients see it: `node schema/print-schema.ts`. With --check it writes nothing and
// fails when the file is not current.

import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { schema } from './index.ts';

export const schemaFile = fileURLToPath(new URL('schema.graphql', import.meta.url));

export function printedSchema(): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}

if (import.meta.main) {
  if (!process.argv.includes('--check')) writeFileSync(schemaFile, printedSchema());
  else if (readFileSync(schemaFile, 'utf8') !== printedSchema()) {
    process.stderr.write(
      'schema/schema.graphql is not current: run `node schema/print-schema.ts` and commit the file.\n',
    );
    process.exitCode = 1;
  }
}
