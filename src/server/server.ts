// The gateway's face to its clients: HTTP and WebSocket on one port, put together here, and taken down in an order in which
// nobody's work is cut off who can end in time.

import type { FastifyPluginAsync } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import type { RequestContext } from '../../schema/context.ts';
import type { DomainContext } from '../domain/context.ts';
import type { Viewer } from '../domain/viewer.ts';
import type { EventFeed } from '../events/feed.ts';
import { startApollo } from './apollo.ts';
import type { Authenticate } from './auth/authenticate.ts';
import { createDocumentReader } from './documents.ts';
import { healthRoutes } from './health.ts';
import { addGraphqlRoute, createFastify } from './http.ts';
import { createMask } from './masking.ts';
import { createProtocol } from './socket-protocol.ts';
import { createSocketServer } from './socket-server.ts';
import { withDeadline } from './with-deadline.ts';

export interface ServerOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly schema: GraphQLSchema;
  readonly allowsIntrospection: boolean;
  readonly domain: DomainContext;
  readonly feed: EventFeed;
  readonly authenticate: Authenticate;
  /** Pages for the browser. */
  readonly pages: readonly FastifyPluginAsync[];
  /** How long close() waits for work under way. */
  readonly shutdownTimeoutMs: number;
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
  const { host, port, schema, allowsIntrospection, domain, feed, authenticate, pages, shutdownTimeoutMs, log } =
    options;
  let isClosing = false;
  const isDraining = (): boolean => isClosing;
  const executions = new Set<Promise<unknown>>();
  const mask = createMask(log);
  const contextFor = (viewer: Viewer, requestId: string): RequestContext => ({ viewer, domain, feed, requestId });

  const fastify = createFastify();
  fastify.addHook('onSend', async (_request, reply) => {
    // A client that keeps its connection for the next request would keep us from ending.
    if (isClosing) reply.header('connection', 'close');
  });
  const apollo = await startApollo({ schema, allowsIntrospection, mask, log });
  addGraphqlRoute(fastify, {
    authenticate,
    mask,
    log,
    handle: (request, reply, viewer) => apollo.handle(request, reply, contextFor(viewer, request.id)),
  });
  await fastify.register(
    healthRoutes({
      database: async () => (await domain.database.$queryRaw<unknown[]>`SELECT 1`).length === 1,
      feed: () => feed.isListening(),
      server: () => !isClosing,
    }),
  );
  for (const page of pages) await fastify.register(page);

  const protocol = createProtocol({
    schema,
    readDocument: createDocumentReader(schema, allowsIntrospection),
    authenticate,
    contextFor,
    mask,
    log,
    isDraining,
    onExecution(result) {
      executions.add(result);
      void result.finally(() => executions.delete(result));
    },
  });
  const sockets = createSocketServer({ protocol, isDraining, log });
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
      await sockets.close();
      await closed;
      clearTimeout(cutOff);
      await apollo.stop();
    },
  };
}
