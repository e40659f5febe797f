#!/usr/bin/env node
// Stands in for Prisma's native schema engine, which Prisma would fetch from a download host of its own. It speaks that
// engine's protocol (JSON-RPC, one message a line) and runs Prisma's own WebAssembly build of it over node-postgres.
// Only Prisma's command line starts it, by way of prisma.config.ts; the gateway itself migrates with migrate.ts.

import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { SchemaEngine, __wbg_set_wasm, version } from '@prisma/schema-engine-wasm/schema_engine_bg';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import { z } from 'zod';
import { canConnect, createDatabase, engineAdapterFactory } from './schema-engine-adapter.ts';

/** The part of the platform's WebAssembly API used here; Node's types leave it to the browser's. */
declare const WebAssembly: {
  instantiate(
    binary: Uint8Array,
    imports: Record<string, object>,
  ): Promise<{ instance: { exports: { __wbindgen_start(): void } } }>;
};

const datasourceArgument = z.object({ url: z.string().optional(), shadowDatabaseUrl: z.string().optional() });
const request = z.object({ id: z.number(), method: z.string(), params: z.unknown() });
const createDatabaseParams = z.object({ datasource: z.object({ url: z.string() }) });
const diffResult = z.object({ exitCode: z.number(), stdout: z.string().nullish() });
/** PostgreSQL's code, or Prisma's own once the engine has translated it. */
const failure = z.object({ message: z.string(), code: z.string().optional().catch(undefined) });

/** Methods that the WebAssembly engine has under the protocol's own name. */
const passedOn: readonly string[] = [
  'applyMigrations',
  'createMigration',
  'devDiagnostic',
  'diagnoseMigrationHistory',
  'ensureConnectionValidity',
  'evaluateDataLoss',
  'introspect',
  'introspectSql',
  'markMigrationApplied',
  'markMigrationRolledBack',
  'reset',
  'schemaPush',
];

/** Prisma's names for the ways in which a connection fails. */
const connectionFailures: Readonly<Record<string, string>> = { '3D000': 'P1003', '28P01': 'P1000' };

// Prisma adds options from version to version: those not named here are its own affair.
const { values: options, positionals, tokens } = parseArgs({
  options: {
    datasource: { type: 'string', default: '{}' },
    datamodels: { type: 'string', multiple: true, default: [] },
    'enabled-preview-features': { type: 'string' },
    'extension-types': { type: 'string' },
    version: { type: 'boolean' },
  },
  allowPositionals: true,
  strict: false,
  tokens: true,
});
