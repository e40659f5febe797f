// The HTTP side of /graphql: nobody's body is read before the token is checked, and every refusal has the shape of a
// GraphQL answer. Executing is apollo.ts's business.

import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import Fastify from 'fastify';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { ApiErrorCode } from '../../schema/shared/api-error.ts';
import type { Viewer } from '../domain/viewer.ts';
import type { TextReply } from './apollo.ts';
import type { Authenticate } from './auth/authenticate.ts';
import { limits } from './limits.ts';
import type { Mask } from './masking.ts';

export const graphqlPath = '/graphql';

export function createFastify(): FastifyInstance {
  return Fastify({
    logger: false,
    bodyLimit: limits.bodyBytes,
    requestTimeout: limits.requestMs,
    exposeHeadRoutes: false,
    genReqId: () => randomUUID(),
    http: {
      headersTimeout: limits.headersMs,
      // Some clients offer "Upgrade: h2c" with ordinary requests; only the socket's offer is taken up.
      shouldUpgradeCallback: (request: IncomingMessage) => request.headers.upgrade?.toLowerCase() === 'websocket',
    },
  });
}

export interface GraphqlRouteOptions {
  readonly authenticate: Authenticate;
  readonly mask: Mask;
  readonly log: Logger;
  readonly handle: (
    request: FastifyRequest<TextReply>,
    reply: FastifyReply<TextReply>,
    viewer: Viewer,
  ) => Promise<string | undefined>;
}

export function addGraphqlRoute(
  fastify: FastifyInstance,
  { authenticate, mask, log, handle }: GraphqlRouteOptions,
): void {
  const viewers = new WeakMap<object, Viewer>();

  fastify.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });

  fastify.route<TextReply>({
    method: ['GET', 'POST'],
    url: graphqlPath,
    async onRequest(request, reply) {
      const result = await authenticate(request.headers.authorization).catch((error: unknown) => {
        log.error({ requestId: request.id, err: error }, 'a token could not be checked');
        return null;
      });
      if (result === null) {
        return refuse(
          reply.code(503).header('retry-after', '5'),
          'UNAVAILABLE',
          'Your token cannot be checked at the moment. Try again.',
        );
      }
      if ('refusal' in result) {
        const error =
          result.refusal === 'MISSING'
            ? ''
            : `, error="invalid_token", error_description="${headerText(result.message)}"`;
        return refuse(
          reply.code(401).header('www-authenticate', `Bearer realm="gateway"${error}`),
          'UNAUTHENTICATED',
          result.message,
        );
      }
      viewers.set(request, result.viewer);
      return undefined;
    },
    async handler(request, reply) {
      const viewer = viewers.get(request);
      if (!viewer) throw new Error('a request came through without a viewer');
      return handle(request, reply, viewer);
    },
    onResponse(request, reply, done) {
      log.debug({ requestId: request.id, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'answered');
      done();
    },
  });

  fastify.setNotFoundHandler(async (_request, reply) =>
    refuse(
      reply.code(404),
      'BAD_USER_INPUT',
      `There is nothing here. GraphQL is served on ${graphqlPath}, by GET and POST.`,
    ),
  );

  fastify.setErrorHandler(async (error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 400 && status < 500) {
      return refuse(reply.code(status), status === 413 ? 'LIMIT_EXCEEDED' : 'BAD_USER_INPUT', error.message);
    }
    return send(reply.code(500), mask(error, request.id));
  });
}

function refuse(reply: FastifyReply, code: ApiErrorCode, message: string): FastifyReply {
  return send(reply, { message, extensions: { code, requestId: reply.request.id } });
}

function send(reply: FastifyReply, error: object): FastifyReply {
  const accepted = reply.request.headers.accept ?? '';
  const type = accepted.includes('application/graphql-response+json')
    ? 'application/graphql-response+json'
    : 'application/json';
  return reply
    .header('content-type', `${type}; charset=utf-8`)
    .header('cache-control', 'no-store')
    .send(JSON.stringify({ errors: [error] }));
}

/** What may stand in a quoted string of a header. */
function headerText(message: string): string {
  return message.replace(/[^\x20-\x7e]|["\\]/g, "'");
}
