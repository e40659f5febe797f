// How the sandbox says no: every refusal, and every failure of its own, in the error form of Webex.

import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { callOf } from './call.ts';
import { errorAnswer, Refusal, refusal } from './errors.ts';
import type { SandboxLog } from './log.ts';

export function answerError(
  log: SandboxLog,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const { trackingId } = callOf(request);
  const refused = error instanceof Refusal ? error : refusalOfFramework(error);
  if (refused === null) {
    log.error({ err: error, trackingId, method: request.method, path: request.url }, 'the sandbox failed');
  }
  const answered = refused ?? refusal('internal', 'Something went wrong on the server.');
  if (answered.retryAfterSeconds !== null) void reply.header('retry-after', String(answered.retryAfterSeconds));
  return reply.code(answered.status).send(errorAnswer(answered, trackingId));
}

/** What fastify itself refuses, before a handler is asked. */
function refusalOfFramework(error: unknown): Refusal | null {
  if (!isFastifyError(error) || error.statusCode === undefined || error.statusCode >= 500) return null;
  if (error.statusCode === 415) return refusal('unsupportedMediaType', 'Only application/json is accepted.');
  return new Refusal(error.statusCode, refusal('malformedJson', 'The body is not acceptable: expected JSON.').errors);
}

function isFastifyError(error: unknown): error is FastifyError {
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number';
}

type KnownRoutes = { readonly pattern: RegExp; readonly method: string }[];
const knownRoutes = new WeakMap<object, KnownRoutes>();

/** Fastify answers 404 where the path is right and the method is not; Webex answers 405. */
export function rememberRoutes(app: FastifyInstance): void {
  const routes: KnownRoutes = [];
  knownRoutes.set(app.server, routes);
  app.addHook('onRoute', ({ url, method }) => {
    const pattern = new RegExp(`^${url.replace(/:[^/]+/g, '[^/]+')}$`);
    for (const name of [method].flat()) routes.push({ pattern, method: name });
  });
}

export function answerUnknownPath(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const [path = '/'] = request.url.split('?');
  const allowed = (knownRoutes.get(request.server.server) ?? []).filter(({ pattern }) => pattern.test(path));
  const { trackingId } = callOf(request);
  if (allowed.length === 0)
    return reply.code(404).send(errorAnswer(refusal('notFound', `There is no ${path}.`), trackingId));
  void reply.header('allow', allowed.map(({ method }) => method).join(', '));
  const error = refusal('methodNotAllowed', `${request.method} is not supported here.`);
  return reply.code(405).send(errorAnswer(error, trackingId));
}
