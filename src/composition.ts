// Puts the application together: what every process has, then the roles that this one plays. Closing is the mirror. What
// each part does is that part's business, what a role consists of is told in src/roles.

import path from 'node:path';
import type { Config } from './config.ts';
import { createDatabase } from './database/client.ts';
import { startEmbedded } from './database/embedded.ts';
import { openJobQueue } from './database/jobs.ts';
import { migrate } from './database/migrate.ts';
import type { DomainContext } from './domain/context.ts';
import type { Logger } from './log.ts';
import { createDirectory } from './platform/directory.ts';
import { startGatewayRole } from './roles/gateway.ts';
import { createParts } from './roles/parts.ts';
import type { Parts } from './roles/parts.ts';
import { connectPlatform } from './roles/platform.ts';
import { findSandbox } from './roles/sandbox.ts';
import { seedDemoData, seedPartners } from './roles/seeding.ts';
import { startWorkerHealth, startWorkerRole } from './roles/worker.ts';

export interface App {
  /** Where the gateway listens, for example http://127.0.0.1:4000; null where it is left to other processes. */
  readonly url: string | null;
  /** Where a worker says how it is, in a process without a gateway. */
  readonly healthUrl: string | null;
  /** Origin of the sandbox platform, wherever it runs; null in front of the real Webex. */
  readonly sandboxOrigin: string | null;
  /** Stops taking work, lets what runs end, releases everything. Safe to call again. */
  close(): Promise<void>;
}

export interface AppOptions {
  readonly config: Config;
  readonly log: Logger;
  /** What an empty sandbox is filled with. */
  readonly seed: 'demo' | 'partners';
}

export async function startApp(options: AppOptions): Promise<App> {
  const parts = createParts(options.log);
  try {
    return { ...(await start(options, parts)), close: parts.close };
  } catch (error) {
    await parts.close();
    throw error;
  }
}

async function start({ config, log, seed }: AppOptions, parts: Parts): Promise<Omit<App, 'close'>> {
  const { roles } = config;

  const url =
    config.databaseUrl ??
    parts.opened(await startEmbedded({ dataDir: path.join(config.dataDir, 'postgres'), log }), (server) =>
      server.stop(),
    ).url;
  await migrate(url, log);
  const database = parts.opened(createDatabase({ url, poolSize: config.databasePoolSize }), (client) => client.close());

  const sandboxOrigin = await findSandbox(config, url, log, parts);
  if (!roles.has('gateway') && !roles.has('worker')) return { url: null, healthUrl: null, sandboxOrigin };

  const platform = parts.opened(connectPlatform({ config, sandboxOrigin, url, database, log }), (adapter) =>
    adapter.close(),
  );
  const jobs = parts.opened(
    await openJobQueue({
      url,
      poolSize: 4,
      worker: roles.has('worker'),
      onError: (error) => log.error({ err: error }, 'the job queue reports an error'),
    }),
    (queue) => queue.close(config.shutdownTimeoutMs),
  );
  const domain: DomainContext = {
    database,
    jobs,
    directory: createDirectory(platform),
    now: () => new Date(),
    draftLifetimeMs: config.draftLifetimeMs,
  };
  if (sandboxOrigin !== null) await seedPartners({ url, domain, sandboxOrigin });

  let healthUrl: string | null = null;
  if (roles.has('worker')) {
    const worker = parts.opened(await startWorkerRole({ config, url, domain, platform, log }), (role) => role.stop());
    if (!roles.has('gateway')) {
      healthUrl = parts.opened(await startWorkerHealth(config, domain, worker), (server) => server.close()).url;
    }
    if (sandboxOrigin !== null && seed === 'demo') await seedDemoData({ url, domain, sandboxOrigin });
  }
  const gateway = roles.has('gateway') ? await startGatewayRole({ config, url, domain, log, parts }) : null;
  return { url: gateway?.url ?? null, healthUrl, sandboxOrigin };
}
