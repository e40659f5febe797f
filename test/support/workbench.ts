// The gateway without its server: database, sandbox platform, adapter, queue and worker, for tests of what happens behind a mutation.

import { randomUUID } from 'node:crypto';
import { seedPartnerRows } from '../../prisma/seed.ts';
import { openJobQueue } from '../../src/database/jobs.ts';
import type { DomainContext } from '../../src/domain/context.ts';
import { endedOperationStatuses } from '../../src/domain/operation/status.ts';
import type { Viewer } from '../../src/domain/viewer.ts';
import { createLog } from '../../src/log.ts';
import { createDirectory } from '../../src/platform/directory.ts';
import type { Platform } from '../../src/platform/port.ts';
import { createWebexPlatform } from '../../src/platform/webex/adapter.ts';
import { fixedTokens } from '../../src/platform/webex/tokens.ts';
import { startSandbox } from '../../src/sandbox/server.ts';
import { lookOnce, startWatcher } from '../../src/workflow/watching/watcher.ts';
import { startWorker } from '../../src/workflow/worker.ts';
import { createTestDatabase } from './database.ts';
import { createSandboxControl } from './sandbox-control.ts';
import { waitFor } from './wait-for.ts';

export interface WorkbenchOptions {
  /** How long the sandbox lets a provisioning stage take. */
  readonly stageMs?: number;
  /** How long the adapter waits for an answer. */
  readonly timeoutMs?: number;
  /** What the gateway gets to see of the platform, for what the sandbox never does by itself. */
  readonly behind?: (platform: Platform) => Platform;
  /** False: nobody looks at the platform for those that wait, unless the test does. */
  readonly watches?: boolean;
}

export async function openWorkbench({
  stageMs = 0,
  timeoutMs = 15_000,
  behind = (platform) => platform,
  watches = true,
}: WorkbenchOptions = {}) {
  const log = createLog('silent');
  const { url, database, drop } = await createTestDatabase();
  await seedPartnerRows(database);
  const sandbox = await startSandbox({ databaseUrl: url, port: 0, stageMs, log });
  let advancedMs = 0;
  const now = () => Date.now() + advancedMs;
  const platform = createWebexPlatform({
    baseUrl: sandbox.url,
    sandboxOrigin: sandbox.origin,
    tokens: fixedTokens(async ({ slug }) => `sandbox-${slug}`),
    log,
    now,
    timeoutMs,
  });
  const seen = behind(platform);
  const jobs = await openJobQueue({ url, poolSize: 4, worker: true, onError: () => undefined });
  const context: DomainContext = {
    database,
    jobs,
    directory: createDirectory(seen),
    now: () => new Date(now()),
    draftLifetimeMs: 86_400_000,
  };
  const stopping = new AbortController();
  await startWorker({ context, platform: seen, log, concurrency: 8, signal: stopping.signal });
  const watcher = watches ? startWatcher({ context, platform: seen, log }) : null;
  return {
    context,
    database,
    platform,
    /** One round of looking, for all that is due. */
    lookOnce: () => lookOnce({ context, platform: seen, log }),
    sandbox: createSandboxControl(sandbox.origin),
    /** The gateway's clock, not the sandbox's; it is never turned back. */
    turnClock(byMs: number) {
      advancedMs += byMs;
    },
    viewer: async (slug: string): Promise<Viewer> => {
      const partner = await database.partner.findUniqueOrThrow({ where: { slug } });
      return {
        partnerId: partner.id,
        partnerSlug: slug,
        subject: `test-${randomUUID()}`,
        email: null,
        roles: ['FULL_ADMIN'],
        scopes: [],
      };
    },
    /** Waits until the operation has ended. */
    async ended(operationId: string) {
      return waitFor(async () => {
        const operation = await database.provisioningOperation.findUniqueOrThrow({
          where: { id: operationId },
          include: { steps: { orderBy: { position: 'asc' }, include: { items: { orderBy: { position: 'asc' } } } } },
        });
        return endedOperationStatuses.includes(operation.status) ? operation : null;
      });
    },
    /** Waits until the operation says that this has to happen next. */
    async waitForNextAction(operationId: string, nextAction: string, meanwhile?: () => Promise<unknown>) {
      return waitFor(async () => {
        await meanwhile?.();
        const operation = await database.provisioningOperation.findUniqueOrThrow({ where: { id: operationId } });
        return operation.nextAction === nextAction;
      });
    },
    async close() {
      stopping.abort();
      await watcher?.close();
      await jobs.close(5_000);
      await platform.close();
      await sandbox.close();
      await drop();
    },
  };
}

export type Workbench = Awaited<ReturnType<typeof openWorkbench>>;
