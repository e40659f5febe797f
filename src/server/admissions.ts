// Who may come in over HTTP: checks the token before anybody reads the body, and answers those who are refused.

import type { FastifyReply, FastifyRequest, onRequestAsyncHookHandler } from 'fastify';
import type { Logger } from 'pino';
import type { ApiErrorCode } from '../../schema/shared/api-error.ts';
import type { Admission, Authenticate } from './auth/authenticate.ts';

export interface Admissions {
  /** Hook of a route; answers by itself when nobody is admitted. */
  readonly onRequest: onRequestAsyncHookHandler;
  /** Of a request that has passed the hook. */
  admissionOf(request: FastifyRequest): Admission;
}

export function createAdmissions(authenticate: Authenticate, log: Logger): Admissions {
  const known = new WeakMap<object, Admission>();

  return {
    async onRequest(request, reply) {
      const result = await authenticate(request.headers.authorization).catch((error: unknown) => {
        log.error({ requestId: request.id, err: error }, 'a token could not be checked');
        return null;
      });
      if (result === null) {
        const message = 'Your token cannot be checked at the moment. Try again.';
        return refuse(reply.code(503).header('retry-after', '5'), 'UNAVAILABLE', message);
      }
      if ('refusal' in result) {
        const error =
          result.refusal === 'MISSING'
            ? ''
            : `, error="invalid_token", error_description="${headerText(result.message)}"`;
        reply.code(401).header('www-authenticate', `Bearer realm="gateway"${error}`);
        return refuse(reply, 'UNAUTHENTICATED', result.message);
      }
      known.set(request, result);
      return undefined;
    },
    admissionOf(request) {
      const found = known.get(request);
      if (!found) throw new Error('a request came through without a viewer');
      return found;
    },
  };
}

/** In the shape of a GraphQL answer. */
export function refuse(reply: FastifyReply, code: ApiErrorCode, message: string): FastifyReply {
  return sendError(reply, { message, extensions: { code, requestId: reply.request.id } });
}

export function sendError(reply: FastifyReply, error: object): FastifyReply {
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
