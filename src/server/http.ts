// The HTTP side of /graphql. Executing is apollo.ts's business, who may come in admissions.ts's.

import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import Fastify from 'fastify';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Viewer } from '../domain/viewer.ts';
import { refuse, sendError } from './admissions.ts';
import type { Admissions } from './admissions.ts';
import type { TextReply } from './apollo.ts';
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
  readonly admissions: Admissions;
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
  { admissions, mask, log, handle }: GraphqlRouteOptions,
): void {
  fastify.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });

  fastify.route<TextReply>({
    method: ['GET', 'POST'],
    url: graphqlPath,
    onRequest: admissions.onRequest,
    async handler(request, reply) {
      return handle(request, reply, admissions.admissionOf(request).viewer);
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
    return sendError(reply.code(500), mask(error, request.id));
  });
}
