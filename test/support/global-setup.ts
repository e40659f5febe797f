// Before all tests: a PostgreSQL with one migrated template database. An embedded one in a temporary folder, or the one that
// TEST_DATABASE_URL names; after the tests nothing of it is left.

import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { withDatabase } from '../../src/database/connection-url.ts';
import { isAlive } from '../../src/database/embedded-cluster.ts';
import { startEmbedded } from '../../src/database/embedded.ts';
import { migrate } from '../../src/database/migrate.ts';
import { runSql } from './database.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    serverUrl: string;
    templateDatabase: string;
  }
}

const log = { info: () => undefined };
const folderName = 'gateway-tests-';

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startServer();
  const template = `test_template_${randomUUID().replaceAll('-', '')}`;
  await runSql(server.url, `CREATE DATABASE ${template}`);
  await migrate(withDatabase(server.url, template), log);
  project.provide('serverUrl', server.url);
  project.provide('templateDatabase', template);
  return async () => {
    await runSql(server.url, `DROP DATABASE ${template} WITH (FORCE)`);
    await server.stop();
  };
}

async function startServer(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const given = process.env['TEST_DATABASE_URL'];
  if (given) return { url: given, stop: () => Promise.resolve() };
  await removeLeftovers();
  const folder = mkdtempSync(path.join(os.tmpdir(), `${folderName}${process.pid}-`));
  const server = await startEmbedded({ dataDir: folder, log, durable: false });
  return {
    url: server.url,
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A run that was killed leaves its server running. */
async function removeLeftovers(): Promise<void> {
  for (const name of readdirSync(os.tmpdir())) {
    const pid = new RegExp(`^${folderName}(\\d+)-`).exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    // It may belong to another user, or another run may be removing it at this moment.
    await removeLeftover(path.join(os.tmpdir(), name)).catch(() => undefined);
  }
}

async function removeLeftover(folder: string): Promise<void> {
  const server = await startEmbedded({ dataDir: folder, log, durable: false });
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
