// The gateway's face to its clients: HTTP and WebSocket on one port, put together here, and taken down in an order in which
// nobody's work is cut off who can end in time.

import type { FastifyPluginAsync } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import type { RequestContext } from '../../schema/context.ts';
import { isMigrated } from '../database/migrate.ts';
import type { Tenants } from '../database/tenants.ts';
import type { DomainContext } from '../domain/context.ts';
import type { Viewer } from '../domain/viewer.ts';
import type { EventFeed } from '../events/feed.ts';
import { createAdmissions } from './admissions.ts';
import { startApollo } from './apollo.ts';
import type { AccessView } from './auth/access.ts';
import type { Authenticate } from './auth/authenticate.ts';
import { createCompiledReads } from './compiled/compiled-reads.ts';
import { createDocumentReader } from './documents.ts';
import { healthRoutes } from './health.ts';
import { addGraphqlRoute, createFastify } from './http.ts';
import { limits } from './limits.ts';
import { createLive } from './live/live.ts';
import { createMask } from './masking.ts';
import { createSessions } from './sessions.ts';
import { createProtocol } from './socket-protocol.ts';
import { createSocketServer } from './socket-server.ts';
import { addStreamRoute } from './sse/stream-route.ts';
import { withDeadline } from './with-deadline.ts';

export interface ServerOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly schema: GraphQLSchema;
  readonly allowsIntrospection: boolean;
  readonly domain: DomainContext;
  /** Each request is given its own partner's rows in place of the domain's database. */
  readonly tenants: Tenants;
  readonly feed: EventFeed;
  readonly authenticate: Authenticate;
  /** Who loses it is not served any longer, sockets included. */
  readonly access: AccessView;
  /** Pages for the browser. */
  readonly pages: readonly FastifyPluginAsync[];
  /** How long close() waits for work under way. */
  readonly shutdownTimeoutMs: number;
  /** How long a reader may take nothing of what it is sent, and how often it is given a sign of life; otherwise as in limits. */
  readonly pace?: { readonly stallMs?: number; readonly beatMs?: number };
  /** False: queries are executed field by field. */
  readonly compilesReads: boolean;
  readonly log: Logger;
}

export interface GatewayServer {
  listen(): Promise<void>;
  /** Where it listens, without a slash at the end. */
  readonly url: string;
  /** Takes no more requests, lets running ones end, says goodbye to the sockets; never takes much longer than the timeout. */
  close(): Promise<void>;
}

export async function createServer(options: ServerOptions): Promise<GatewayServer> {
  const { host, port, schema, allowsIntrospection, domain, tenants, feed, authenticate, access, pages } = options;
  const { shutdownTimeoutMs, log } = options;
  const pace = { stallMs: limits.stallMs, beatMs: limits.heartbeatMs, ...options.pace };
  let isClosing = false;
  const isDraining = (): boolean => isClosing;
  const executions = new Set<Promise<unknown>>();
  const mask = createMask(log);
  const contextFor = (viewer: Viewer, requestId: string): RequestContext => ({
    viewer,
    domain: { ...domain, database: tenants.of(viewer.partnerId) },
    feed: feed.of(viewer.partnerId),
    requestId,
    resumeAfter: null,
    rowsBringWhatIsShown: false,
  });

  const fastify = createFastify();
  fastify.addHook('onSend', async (_request, reply) => {
    // A client that keeps its connection for the next request would keep us from ending.
    if (isClosing) reply.header('connection', 'close');
  });
  const compiledReads = options.compilesReads ? createCompiledReads(schema, tenants.readText) : null;
  const apollo = await startApollo({ schema, allowsIntrospection, mask, log, compiledReads });
  const admissions = createAdmissions(authenticate, log);
  addGraphqlRoute(fastify, {
    admissions,
    mask,
    log,
    handle: (request, reply, viewer) => apollo.handle(request, reply, contextFor(viewer, request.id)),
  });
  await fastify.register(
    healthRoutes(
      {
        database: async () => (await domain.database.$queryRaw<unknown[]>`SELECT 1`).length === 1,
        migrations: () => isMigrated(domain.database),
        feed: () => feed.isListening(),
        server: () => !isClosing,
      },
      { platform: () => domain.directory.isAway() },
    ),
  );
  for (const page of pages) await fastify.register(page);

  const live = createLive({ schema, contextFor, mask });
  const readDocument = createDocumentReader(schema, allowsIntrospection);
  const sessions = createSessions(access);
  const streams = addStreamRoute(fastify, {
    schema,
    admissions,
    sessions,
    readDocument,
    contextFor,
    live,
    mask,
    log,
    ...pace,
  });
  const protocol = createProtocol({
    schema,
    readDocument,
    authenticate,
    contextFor,
    live,
    mask,
    log,
    isDraining,
    onExecution(result) {
      executions.add(result);
      void result.finally(() => executions.delete(result));
    },
  });
  const sockets = createSocketServer({ protocol, sessions, isDraining, ...pace, log });
  fastify.server.on('upgrade', (request, socket, head) => sockets.upgrade(request, socket, head));

  let url: string | null = null;
  return {
    async listen() {
      await fastify.listen({ host, port });
      url = fastify.listeningOrigin;
    },
    get url() {
      if (url === null) throw new Error('the server does not listen yet');
      return url;
    },
    async close() {
      isClosing = true;
      const cutOff = setTimeout(() => {
        log.warn('requests were cut off: they did not end in time');
        sockets.terminate();
        fastify.server.closeAllConnections();
      }, shutdownTimeoutMs);
      // From here on nobody is let in; the port is free when the last connection has ended.
      const closed = fastify.close();
      await withDeadline(Promise.all(executions), shutdownTimeoutMs, 'running operations').catch(() => undefined);
      streams.close();
      await sockets.close();
      await closed;
      clearTimeout(cutOff);
      await apollo.stop();
    },
  };
}
