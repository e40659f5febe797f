// The role "worker": jobs, watching and maintenance; and for a process that is nothing else, a port that says how it is.

import type { Config } from '../config.ts';
import { isMigrated } from '../database/migrate.ts';
import type { DomainContext } from '../domain/context.ts';
import type { Logger } from '../log.ts';
import type { Platform } from '../platform/port.ts';
import { startHealthServer } from '../server/health-server.ts';
import type { HealthServer } from '../server/health-server.ts';
import { startMaintenance } from '../workflow/maintenance.ts';
import { eventRetention } from '../workflow/sweeps/event-retention.ts';
import { forgottenAnswers } from '../workflow/sweeps/forgotten-answers.ts';
import { forgottenRevocations } from '../workflow/sweeps/forgotten-revocations.ts';
import { readAllSubPartners } from '../workflow/elsewhere/sub-partners.ts';
import { startReconciler } from '../workflow/elsewhere/reconciler.ts';
import { startWatcher } from '../workflow/watching/watcher.ts';
import { startWorker } from '../workflow/worker.ts';

export interface WorkerRoleOptions {
  readonly config: Config;
  readonly url: string;
  readonly domain: DomainContext;
  readonly platform: Platform;
  readonly log: Logger;
}

export interface WorkerRole {
  isStopping(): boolean;
  /** Steps stop at their next item and give their jobs back; the queue waits for that when it is closed. */
  stop(): Promise<void>;
}

export async function startWorkerRole({ config, url, domain, platform, log }: WorkerRoleOptions): Promise<WorkerRole> {
  const stopping = new AbortController();
  await startWorker({
    context: domain,
    platform,
    log,
    concurrency: config.workerConcurrency,
    signal: stopping.signal,
  });
  const maintenance = startMaintenance({
    url,
    context: domain,
    sweeps: [eventRetention(config.eventRetentionMs), forgottenAnswers, forgottenRevocations],
    log,
  });
  const firstLook = readAllSubPartners(domain, platform, log).catch((error: unknown) => {
    if (!stopping.signal.aborted) log.error({ err: error }, 'the sub-partners could not be read');
  });
  const watcher = startWatcher({ context: domain, platform, log });
  const { reconcileEveryMs: everyMs } = config;
  const reconciler = everyMs === null ? null : startReconciler({ context: domain, platform, everyMs, log });
  return {
    isStopping: () => stopping.signal.aborted,
    async stop() {
      stopping.abort(new Error('the worker is shutting down'));
      await Promise.all([maintenance.close(), watcher.close(), reconciler?.close(), firstLook]);
    },
  };
}

export async function startWorkerHealth(
  { host, port }: Config,
  { database, directory }: DomainContext,
  worker: WorkerRole,
): Promise<HealthServer> {
  return startHealthServer({
    host,
    port,
    checks: {
      database: async () => (await database.$queryRaw<unknown[]>`SELECT 1`).length === 1,
      migrations: () => isMigrated(database),
      worker: () => !worker.isStopping(),
    },
    degradations: { platform: () => directory.isAway() },
  });
}
