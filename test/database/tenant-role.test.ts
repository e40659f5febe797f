// The role that the API's connections take belongs to the whole PostgreSQL server: here several databases of one, by users
// with more or fewer rights, come to need it. A server of its own, since roles are seen by every other test.

import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { withDatabase } from '../../src/database/connection-url.ts';
import { startEmbedded } from '../../src/database/embedded.ts';
import { migrate } from '../../src/database/migrate.ts';
import { createTenants } from '../../src/database/tenants.ts';
import { runSql } from '../support/database.ts';

const log = { info: () => undefined };
let folder: string;
let server: Awaited<ReturnType<typeof startEmbedded>>;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'tenant-role-'));
  server = await startEmbedded({ dataDir: folder, log, durable: false });
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

async function createDatabases(owner: string): Promise<readonly string[]> {
  const names = [1, 2, 3, 4].map((number) => `${owner}_${number}`);
  for (const name of names) await runSql(server.url, `CREATE DATABASE ${name} OWNER ${owner}`);
  return names.map((name) => {
    const url = new URL(withDatabase(server.url, name));
    [url.username, url.password] = [owner, 'secret'];
    return url.toString();
  });
}

/** As what a request of the API runs. */
async function roleOfRequests(url: string): Promise<unknown> {
  const tenants = createTenants({ url, poolSize: 1 });
  try {
    return await tenants.of('').$queryRaw`SELECT current_user::text AS role`;
  } finally {
    await tenants.close();
  }
}

it('says what an administrator has to do where its user may not make roles, and goes on when it is done', async () => {
  await runSql(server.url, `CREATE ROLE modest LOGIN PASSWORD 'secret'`);
  const [url = ''] = await createDatabases('modest');
  const refusal = await migrate(url, log).catch((error: unknown) => error);
  expect(refusal).toMatchObject({
    message: 'migration 20261126150000_row_level_security failed and was undone',
    cause: {
      message:
        "modest may not make or take the role of the API's connections: let an administrator run once: CREATE ROLE gateway_tenant NOLOGIN; GRANT gateway_tenant TO modest;",
    },
  });
  await runSql(server.url, 'CREATE ROLE gateway_tenant NOLOGIN');
  await expect(migrate(url, log)).rejects.toThrow('failed and was undone');
  await runSql(server.url, 'GRANT gateway_tenant TO modest');
  await migrate(url, log);
  expect(await roleOfRequests(url)).toEqual([{ role: 'gateway_tenant' }]);
  await runSql(server.url, 'DROP DATABASE modest_1');
  await runSql(server.url, 'DROP ROLE gateway_tenant');
});

it.each(['SUPERUSER', 'CREATEROLE'])(
  'is made once by databases that are migrated at the same moment, their owner being %s',
  async (right) => {
    const owner = right.toLowerCase();
    await runSql(server.url, `CREATE ROLE ${owner} LOGIN ${right} PASSWORD 'secret'`);
    const urls = await createDatabases(owner);
    await Promise.all(urls.map((url) => migrate(url, log)));
    for (const url of urls) expect(await roleOfRequests(url)).toEqual([{ role: 'gateway_tenant' }]);
    for (const number of [1, 2, 3, 4]) await runSql(server.url, `DROP DATABASE ${owner}_${number}`);
    await runSql(server.url, 'DROP ROLE gateway_tenant');
  },
);
