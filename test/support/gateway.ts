// The whole application in this process, on free ports and a database of its own, for tests through its front door.

import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startApp } from '../../src/composition.ts';
import { readConfig } from '../../src/config.ts';
import type { PartnerRole } from '../../src/domain/viewer.ts';
import { createLog } from '../../src/log.ts';
import { issueLocalToken } from '../../src/server/auth/local-issuer.ts';
import { createApiClient } from './api-client.ts';
import type { ApiClient } from './api-client.ts';
import { createTestDatabase } from './database.ts';
import { createSandboxControl } from './sandbox-control.ts';

export interface GatewayOptions {
  readonly seed?: 'demo' | 'partners';
  /** How long the sandbox lets a provisioning stage take. */
  readonly stageMs?: number;
}

export async function startGateway({ seed = 'partners', stageMs = 0 }: GatewayOptions = {}) {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'gateway-data-'));
  const { url: databaseUrl, database, drop } = await createTestDatabase();
  const start = (port = '0', sandboxPort = '0') =>
    startApp({
      config: readConfig({
        DATA_DIR: dataDir,
        DATABASE_URL: databaseUrl,
        PORT: port,
        SANDBOX_PORT: sandboxPort,
        SANDBOX_STAGE_MS: String(stageMs),
        LOG_LEVEL: 'silent',
      }),
      log: createLog('silent'),
      seed,
    });
  let app = await start();
  const url = app.url ?? '';
  const clients: ApiClient[] = [];
  const token = (partner = 'acme', role: PartnerRole = 'FULL_ADMIN', ttlSeconds = 3_600): Promise<string> =>
    issueLocalToken({ dataDir, partner, roles: [role], ttlSeconds });
  return {
    url,
    databaseUrl,
    database,
    sandbox: createSandboxControl(app.sandboxOrigin ?? ''),
    token,
    async client(partner = 'acme', role: PartnerRole = 'FULL_ADMIN'): Promise<ApiClient> {
      const client = createApiClient(url, await token(partner, role));
      clients.push(client);
      return client;
    },
    /** Stops it, and starts it again on the same ports and the same database. */
    async restart() {
      const portOf = (origin: string | null): string => new URL(origin ?? '').port;
      await app.close();
      app = await start(portOf(url), portOf(app.sandboxOrigin));
    },
    async close() {
      await Promise.all(clients.map((client) => client.close()));
      await app.close();
      await drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export type Gateway = Awaited<ReturnType<typeof startGateway>>;
