// GraphQL over server-sent events on /graphql/stream, one connection an operation ("distinct connections" of graphql-sse).
// Each event's id is its cursor: a reader that comes back with Last-Event-ID goes on behind it.

import { OperationTypeNode, execute, getOperationAST } from 'graphql';
import type { ExecutionResult, GraphQLSchema } from 'graphql';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { RequestContext } from '../../../schema/context.ts';
import { ApiError } from '../../../schema/shared/api-error.ts';
import type { Viewer } from '../../domain/viewer.ts';
import { refuse } from '../admissions.ts';
import type { Admissions } from '../admissions.ts';
import type { ReadDocument } from '../documents.ts';
import { graphqlPath } from '../http.ts';
import { limits } from '../limits.ts';
import type { Live, LiveStream } from '../live/live.ts';
import { asGraphqlError } from '../masking.ts';
import type { Mask } from '../masking.ts';
import type { Sessions } from '../sessions.ts';
import { createEventWriter } from './event-writer.ts';
import type { EventWriter } from './event-writer.ts';
import { readStreamRequest } from './stream-request.ts';
import type { StreamRequest } from './stream-request.ts';

export interface StreamRouteOptions {
  readonly schema: GraphQLSchema;
  readonly admissions: Admissions;
  readonly sessions: Sessions;
  readonly readDocument: ReadDocument;
  readonly contextFor: (viewer: Viewer, requestId: string) => RequestContext;
  readonly live: Live;
  readonly mask: Mask;
  readonly log: Logger;
  readonly stallMs: number;
  readonly beatMs: number;
}

export interface StreamRoute {
  /** Sends every reader away, in a way that lets it come back elsewhere. */
  close(): void;
}

export function addStreamRoute(fastify: FastifyInstance, options: StreamRouteOptions): StreamRoute {
  const { admissions, sessions, contextFor, stallMs, log } = options;
  const writers = new Set<EventWriter>();

  fastify.route({
    method: ['GET', 'POST'],
    url: `${graphqlPath}/stream`,
    onRequest: admissions.onRequest,
    async handler(request, reply) {
      if (!(request.headers.accept ?? '').includes('text/event-stream')) {
        return refuse(reply.code(406), 'BAD_USER_INPUT', 'Accept text/event-stream, or ask on /graphql.');
      }
      const asked = readStreamRequest(request);
      if (typeof asked === 'string') return refuse(reply.code(400), 'BAD_USER_INPUT', asked);
      const { viewer, acceptedUntil, grant } = admissions.admissionOf(request);
      const context = {
        ...contextFor(viewer, request.id),
        resumeAfter: lastEventId(request.headers['last-event-id']),
      };
      // From here on the answer is written by hand.
      reply.hijack();
      const writer = createEventWriter(reply.raw, stallMs, () =>
        log.info({ why: 'TOO_SLOW', partner: viewer.partnerSlug }, 'an event stream is cut off'),
      );
      writers.add(writer);
      const expiry = setTimeout(() => writer.cut(), Math.min(acceptedUntil.getTime() - Date.now(), 2 ** 31 - 1));
      const leave = sessions.admit({ grant, close: () => writer.cut() });
      void writer.gone.then(() => {
        clearTimeout(expiry);
        leave();
        writers.delete(writer);
      });
      await answer(writer, asked, viewer, context, options);
      return reply;
    },
  });

  return {
    close() {
      for (const writer of writers) writer.cut();
    },
  };
}

/** Whatever goes wrong from here on is an event of the stream: a browser's EventSource can read nothing else. */
async function answer(
  writer: EventWriter,
  asked: StreamRequest,
  viewer: Viewer,
  context: RequestContext,
  { schema, readDocument, live, mask, beatMs }: StreamRouteOptions,
): Promise<void> {
  const tell = async ({ errors, ...result }: ExecutionResult): Promise<void> => {
    const masked = errors ? { errors: errors.map((error) => mask(error, context.requestId)) } : {};
    await writer.write({ name: 'next', data: JSON.stringify({ ...masked, ...result }), id: null });
  };

  async function run({ query, operationName, variables, isReadOnly }: StreamRequest): Promise<void> {
    const document = readDocument(query);
    if (!('kind' in document)) return tell({ errors: document });
    const operation = getOperationAST(document, operationName)?.operation;
    if (operation === OperationTypeNode.SUBSCRIPTION) {
      const stream = await live.open({ document, operationName, variables, viewer, context });
      return 'next' in stream ? forward(stream, writer, beatMs) : tell(stream);
    }
    if (operation === OperationTypeNode.MUTATION && isReadOnly) {
      throw new ApiError('BAD_USER_INPUT', 'A mutation must be sent by POST.');
    }
    const options = { maxCoercionErrors: limits.validationErrors };
    return tell(
      await execute({ schema, document, operationName, variableValues: variables, contextValue: context, options }),
    );
  }

  try {
    await run(asked).catch((error: unknown) => tell({ errors: [asGraphqlError(error)] }));
    await writer.write({ name: 'complete', data: '', id: null });
    writer.end();
  } catch {
    // The reader has gone, or was sent away: there is nobody left to tell.
    writer.cut();
  }
}

async function forward(stream: LiveStream, writer: EventWriter, beatMs: number): Promise<void> {
  // Only while the next update is waited for: until then the one before may not have been written.
  let isWaiting = true;
  const beat = setInterval(() => {
    if (isWaiting) writer.beat(stream.searchedTo());
  }, beatMs);
  void writer.gone.then(() => stream.return());
  try {
    for await (const { text, cursor } of stream) {
      isWaiting = false;
      await writer.write({ name: 'next', data: text, id: cursor });
      isWaiting = true;
    }
  } finally {
    clearInterval(beat);
    void stream.return();
  }
}

function lastEventId(header: string | string[] | undefined): string | null {
  return typeof header === 'string' && header !== '' ? header : null;
}
