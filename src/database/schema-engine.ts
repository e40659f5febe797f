#!/usr/bin/env node
// Stands in for Prisma's native schema engine, which Prisma would fetch from a download host of its own. It speaks that
// engine's protocol (JSON-RPC, one message a line) and runs Prisma's own WebAssembly build of it over node-postgres.
// Only Prisma's command line starts it, by way of prisma.config.ts; the gateway itself migrates with migrate.ts.

import { readFileSync, realpathSync } from 'node:fs';
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

/** Prisma adds arguments from version to version: those not named here are its own affair. */
const commandLine = z.object({
  datasource: z
    .string()
    .default('{}')
    .transform((json): unknown => JSON.parse(json))
    .pipe(z.object({ url: z.string().default(''), shadowDatabaseUrl: z.string().optional() })),
  datamodels: z.array(z.string()).default([]),
  version: z.boolean().default(false),
});
type CommandLine = z.infer<typeof commandLine>;

const request = z.object({ id: z.number(), method: z.string(), params: z.unknown() });
const createDatabaseParams = z.object({ datasource: z.object({ url: z.string() }) });
const diffResult = z.object({ exitCode: z.number(), stdout: z.string().nullish() });
const failure = z.object({ message: z.string(), code: z.string().optional().catch(undefined) });

/** Methods the WebAssembly engine has under the protocol's own names. */
const passedOn: readonly string[] = [
  'applyMigrations',
  'createMigration',
  'dbExecute',
  'devDiagnostic',
  'diagnoseMigrationHistory',
  'diff',
  'ensureConnectionValidity',
  'evaluateDataLoss',
  'introspect',
  'introspectSql',
  'markMigrationApplied',
  'markMigrationRolledBack',
  'reset',
  'schemaPush',
];

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    strict: false,
    options: {
      datasource: { type: 'string' },
      datamodels: { type: 'string', multiple: true },
      version: { type: 'boolean' },
    },
  });
  const given = commandLine.parse(values);
  if (given.version) {
    await loadBindings();
    process.stdout.write(`schema-engine-wasm ${version()}\n`);
    return;
  }
  const command = positionals[positionals.indexOf('cli') + 1];
  if (positionals.includes('cli') && command !== undefined) await runCommand(command, given.datasource.url);
  else await serve(given);
}

async function loadBindings(): Promise<void> {
  const bindingsUrl = import.meta.resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const binary = readFileSync(new URL('schema_engine_bg.wasm', bindingsUrl));
  const { instance } = await WebAssembly.instantiate(binary, { './schema_engine_bg.js': bindings });
  __wbg_set_wasm(instance.exports);
  // Where the engine looks for somebody to tell why it breaks off; Prisma shows what it finds in our log.
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: logError } });
  instance.exports.__wbindgen_start();
}

/** The two commands Prisma runs without the protocol: it reads the exit code and, from the second line on, JSON logs. */
async function runCommand(command: string, url: string): Promise<void> {
  process.stderr.write('\n');
  try {
    if (command === 'can-connect-to-database') await canConnect(url);
    else if (command === 'create-database') await createDatabase(url);
    else throw new Error(`the schema engine has no command ${command}`);
  } catch (error) {
    const { message, code } = failure.parse(error);
    logError(message, connectionFailures[code ?? ''] ?? 'P1001');
    process.exitCode = 1;
  }
}

/** Prisma's names for the ways in which a connection fails; anything else is "unreachable". */
const connectionFailures: Readonly<Record<string, string>> = { '3D000': 'P1003', '28P01': 'P1000' };

/** Answers one request after the other until Prisma closes our input. */
async function serve({ datasource, datamodels }: CommandLine): Promise<void> {
  await loadBindings();
  let engine: Promise<SchemaEngine> | undefined;
  const started = (): Promise<SchemaEngine> =>
    (engine ??= SchemaEngine.new(
      // An empty list it takes for an error of its own.
      { datamodels: datamodels.length > 0 ? datamodels.map((path) => [path, readFileSync(path, 'utf8')]) : undefined },
      () => undefined,
      bindMigrationAwareSqlAdapterFactory(engineAdapterFactory(datasource.url, datasource.shadowDatabaseUrl)),
    ));
  for await (const line of createInterface({ input: process.stdin })) {
    const message = request.safeParse(JSON.parse(line));
    // What is no request is Prisma's receipt for a "print" of ours.
    if (!message.success) continue;
    const { id, method, params } = message.data;
    try {
      send({ id, result: await answer(method, params, started) });
    } catch (error) {
      const { message, code } = failure.parse(error);
      const data = { is_panic: false, message, meta: null, error_code: code ?? null };
      send({ id, error: { code: 4466, message: 'An error happened. Check the data field for details.', data } });
    }
  }
}

async function answer(method: string, params: unknown, started: () => Promise<SchemaEngine>): Promise<unknown> {
  if (method === 'getDatabaseVersion') return (await started()).version();
  if (method === 'createDatabase') {
    return { databaseName: await createDatabase(createDatabaseParams.parse(params).datasource.url) };
  }
  const engine = await started();
  const call: unknown = Reflect.get(engine, method);
  if (!passedOn.includes(method) || typeof call !== 'function') throw new Error(`the schema engine has no ${method}`);
  const result: unknown = await Reflect.apply(call, engine, [params]);
  // The native engine has its caller print the difference, and Prisma prints nothing else.
  if (method === 'diff') {
    const { exitCode, stdout } = diffResult.parse(result);
    if (typeof stdout === 'string') send({ id: nextOwnId++, method: 'print', params: { content: stdout } });
    return { exitCode, stdout: null };
  }
  return result ?? {};
}

function logError(message: string, code?: string): void {
  const fields = { message, error_code: code };
  const line = { timestamp: new Date().toISOString(), level: 'ERROR', fields, target: 'schema_engine::logger' };
  process.stderr.write(`${JSON.stringify(line)}\n`);
}

/** Apart from the numbers Prisma gives its requests. */
let nextOwnId = 1_000_000;

function send(message: object): void {
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await main();
  // The engine keeps its database connection open; there is nothing left to wait for.
  process.exit();
}
