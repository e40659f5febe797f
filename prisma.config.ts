// Prisma's command line: where the schema, the migrations and the database are, and which schema engine it runs.
// The engine is ours (src/database/schema-engine.ts) because Prisma would download its own from a host of its own.

import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'prisma/config';
import { runningServerUrl } from './src/database/embedded-cluster.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

process.env['PRISMA_SCHEMA_ENGINE_BINARY'] ??= here('src/database/schema-engine.ts');
// Both the engine's `#!/usr/bin/env node` and the generator prisma-pothos-types are looked up on PATH. npm scripts put our
// own binaries first; this does the same for a command line that was started without npm.
process.env['PATH'] = [here('node_modules/.bin'), process.env['PATH']].join(delimiter);

// Without a database of the operator's: the embedded one, while the gateway runs.
const dataDir = process.env['DATA_DIR'] ?? here('.data');

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env['DATABASE_URL'] ?? runningServerUrl(join(dataDir, 'postgres')) ?? '' },
});
