// The servers that are measured, each a process of its own: the gateway as an operator runs it, and the plain server.

import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startGatewayProcess } from '../../support/gateway-process.ts';
import { startCallee } from './calls.ts';
import { startPlain } from './contract.ts';
import type { TokenSource } from './tokens.ts';

export type TargetKind = 'gateway' | 'plain';

export interface Target {
  readonly kind: TargetKind;
  /** One for each process. */
  readonly urls: readonly string[];
  readonly pids: readonly number[];
  /** Whether its subscriptions take a cursor. */
  readonly resumes: boolean;
  /** Connections it may open to the database, all processes together. */
  readonly mostConnections: number;
  stop(): Promise<void>;
}

/** How the sessions of what is measured are told from those of the bench. */
export const targetApplication = 'bench-target';

const poolSize = 10;
/** The gateway's job queue has four connections of its own and listens on a fifth, its event feed listens on one. */
const ownConnections: Record<TargetKind, number> = { gateway: 6, plain: 1 };

export async function startTarget(
  kind: TargetKind,
  processes: number,
  databaseUrl: string,
  tokens: TokenSource,
): Promise<Target> {
  const url = new URL(databaseUrl);
  url.searchParams.set('application_name', targetApplication);
  const start = { gateway: startOneGateway, plain: startOnePlain }[kind];
  const started: Started[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(started.map((one) => one.stop()));
  };
  try {
    // One after the other: the first one prepares the database.
    for (let n = 0; n < processes; n++) started.push(await start(url.href, tokens));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    kind,
    urls: started.map((one) => one.url),
    pids: started.map(({ pid }) => pid),
    resumes: kind === 'gateway',
    mostConnections: processes * (poolSize + ownConnections[kind]),
    stop,
  };
}

interface Started {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** In front of a Webex that nobody calls: no sandbox and no demo data beside what is measured. */
async function startOneGateway(databaseUrl: string, tokens: TokenSource): Promise<Started> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'gateway-bench-data-'));
  const gateway = await startGatewayProcess(dataDir, {
    ...tokens.settings,
    ROLES: 'gateway',
    DATABASE_URL: databaseUrl,
    DATABASE_POOL_SIZE: String(poolSize),
    PLATFORM: 'webex',
    WEBEX_BASE_URL: 'http://127.0.0.1:9',
    WEBEX_ACCESS_TOKEN: 'none',
    GRAPHIQL: 'off',
    LOG_LEVEL: 'silent',
  });
  return {
    url: gateway.url,
    pid: gateway.pid,
    async stop() {
      await gateway.kill();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function startOnePlain(databaseUrl: string, { jwksUrl }: TokenSource): Promise<Started> {
  const callee = startCallee('plain-server.ts');
  const { url } = await callee.call(startPlain, { databaseUrl, poolSize, jwksUrl });
  return { url, pid: callee.pid, stop: () => callee.stop() };
}
