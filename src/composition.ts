// Puts the application together, part after part; closing it is the mirror. What each part does is that part's business.

import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyPluginAsync } from 'fastify';
import { schema } from '../schema/index.ts';
import { seedDemo, seedPartnerRows } from '../prisma/seed.ts';
import type { Config } from './config.ts';
import { createDatabase } from './database/client.ts';
import { startEmbedded } from './database/embedded.ts';
import { openJobQueue } from './database/jobs.ts';
import { migrate } from './database/migrate.ts';
import type { DomainContext } from './domain/context.ts';
import { createEventFeed } from './events/feed.ts';
import type { Logger } from './log.ts';
import { createDirectory } from './platform/directory.ts';
import { createWebexPlatform } from './platform/webex/adapter.ts';
import { startSandbox } from './sandbox/server.ts';
import { createAuthenticate } from './server/auth/authenticate.ts';
import { issueLocalToken, localTokenIssuer } from './server/auth/local-issuer.ts';
import { createPartnerLookup } from './server/auth/partners.ts';
import { remoteTokenIssuer } from './server/auth/token-issuer.ts';
import { boardRoutes } from './server/board/routes.ts';
import { graphiqlRoutes } from './server/graphiql/routes.ts';
import { frontPage } from './server/pages/page-routes.ts';
import type { PageConfig } from './server/pages/page-routes.ts';
import { createServer } from './server/server.ts';
import { startWorker } from './workflow/worker.ts';

export interface App {
  /** Where the gateway listens, for example http://127.0.0.1:4000. */
  readonly url: string;
  /** Origin of the sandbox platform; null in front of the real Webex. */
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

export async function startApp({ config, log, seed }: AppOptions): Promise<App> {
  const closers: (() => Promise<void>)[] = [];
  const close = once(async () => {
    for (const closer of closers.reverse()) {
      await closer().catch((error: unknown) => log.error({ err: error }, 'a part did not close cleanly'));
    }
  });
  try {
    return { ...(await start({ config, log, seed }, closers)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function start({ config, log, seed }: AppOptions, closers: (() => Promise<void>)[]): Promise<Omit<App, 'close'>> {
  /** Remembers how to close a part as soon as it is open. */
  function opened<T>(part: T, closer: (part: T) => Promise<void>): T {
    closers.push(() => closer(part));
    return part;
  }

  const url =
    config.databaseUrl ??
    opened(await startEmbedded({ dataDir: path.join(config.dataDir, 'postgres'), log }), (server) => server.stop()).url;
  await migrate(url, log);
  const database = opened(createDatabase({ url, poolSize: config.databasePoolSize }), (client) => client.close());

  const sandbox =
    config.platform.kind === 'SANDBOX'
      ? opened(
          await startSandbox({ databaseUrl: url, port: config.platform.port, stageMs: config.platform.stageMs, log }),
          (server) => server.close(),
        )
      : null;
  const platform = opened(
    createWebexPlatform({
      baseUrl: config.platform.kind === 'WEBEX' ? config.platform.baseUrl : (sandbox?.url ?? ''),
      sandboxOrigin: sandbox?.origin ?? null,
      credentials: credentialsFor(config),
      log,
    }),
    (adapter) => adapter.close(),
  );

  const jobs = opened(
    await openJobQueue({
      url,
      poolSize: 4,
      worker: true,
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
  const stopping = opened(new AbortController(), async (controller) =>
    controller.abort(new Error('the worker is shutting down')),
  );
  await startWorker({ context: domain, platform, log, concurrency: config.workerConcurrency, signal: stopping.signal });

  if (sandbox) {
    await seedPartnerRows(database);
    if (seed === 'demo') await seedDemo(domain, (advanceMs) => turnSandboxClock(sandbox.origin, advanceMs));
  }

  const feed = opened(
    await createEventFeed({
      database,
      url,
      onError: (error) => log.warn({ err: error }, 'a look into the event log failed'),
    }),
    (reader) => reader.close(),
  );
  const { auth, dataDir, partnerClaim, rolesClaim } = config;
  const issuer = auth ? remoteTokenIssuer({ ...auth, partnerClaim, rolesClaim }) : await localTokenIssuer(dataDir);
  const server = opened(
    await createServer({
      host: config.host,
      port: config.port,
      schema,
      allowsIntrospection: config.allowsIntrospection,
      domain,
      feed,
      authenticate: createAuthenticate({ issuer, findPartner: createPartnerLookup(database) }),
      pages: pagesFor(config),
      shutdownTimeoutMs: config.shutdownTimeoutMs,
      log,
    }),
    (listener) => listener.close(),
  );
  await server.listen();
  return { url: server.url, sandboxOrigin: sandbox?.origin ?? null };
}

/** The first of them is what the bare address leads to. */
function pagesFor(config: Config): readonly FastifyPluginAsync[] {
  const built = (name: string) => ({
    root: fileURLToPath(new URL(`../dist/${name}`, import.meta.url)),
    pageConfig: () => pageConfig(config),
  });
  return [
    ...(config.hasGraphiql ? [graphiqlRoutes(built('graphiql'))] : []),
    ...(config.hasBoard ? [boardRoutes(built('board'))] : []),
    ...(config.hasGraphiql || config.hasBoard ? [frontPage(config.hasGraphiql ? 'graphiql' : 'board')] : []),
  ];
}

const pageTokenSeconds = 12 * 3_600;

/** On the sandbox a visitor need not bring a token. */
async function pageConfig({ platform, usesLocalIssuer, dataDir }: Config): Promise<PageConfig> {
  const demo = { dataDir, partner: 'acme', roles: ['FULL_ADMIN'], ttlSeconds: pageTokenSeconds } as const;
  return {
    token: usesLocalIssuer ? await issueLocalToken(demo) : null,
    platform: platform.kind,
    graphqlUrl: '/graphql',
    webSocketUrl: '/graphql',
  };
}

/** The sandbox knows each partner by its slug; in front of Webex the configured token serves. */
function credentialsFor({ platform }: Config) {
  return async ({ slug }: { readonly slug: string }): Promise<string> =>
    platform.kind === 'SANDBOX' ? `sandbox-${slug}` : platform.accessToken;
}

function once(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  return () => (running ??= work());
}

async function turnSandboxClock(origin: string, advanceMs: number): Promise<void> {
  const response = await fetch(`${origin}/sandbox/clock`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ advanceMs }),
  });
  if (!response.ok) throw new Error(`the sandbox did not turn its clock: ${response.status}`);
}
