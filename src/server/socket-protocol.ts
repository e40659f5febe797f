// The graphql-transport-ws protocol on an open socket: who is admitted, what is executed, how errors look. What goes wrong
// in one operation is told to that operation; the socket stays open. The socket itself is socket-server.ts's business.

import { randomUUID } from 'node:crypto';
import { OperationTypeNode, execute, getOperationAST } from 'graphql';
import type { ExecutionArgs, ExecutionResult, GraphQLSchema } from 'graphql';
import { makeServer } from 'graphql-ws';
import type { Server, SubscribePayload } from 'graphql-ws';
import type { Logger } from 'pino';
import type { RequestContext } from '../../schema/context.ts';
import { ApiError } from '../../schema/shared/api-error.ts';
import type { Viewer } from '../domain/viewer.ts';
import type { Admission, Authenticate } from './auth/authenticate.ts';
import type { ReadDocument } from './documents.ts';
import { limits } from './limits.ts';
import type { Live, LiveRequest } from './live/live.ts';
import { deliver } from './live/socket-delivery.ts';
import { asGraphqlError } from './masking.ts';
import type { Mask } from './masking.ts';
import type { Sender } from './sender.ts';

/**
 * Clients of graphql-ws connect again by themselves after all of these but UNAUTHENTICATED, POLICY and BAD_REQUEST, where doing
 * the same again would end the same.
 */
export const closeCodes = {
  BAD_REQUEST: 4400,
  UNAUTHENTICATED: 4401,
  TOKEN_EXPIRED: 4403,
  ACCESS_WITHDRAWN: 4403,
  INIT_TIMEOUT: 4408,
  TOO_SLOW: 4413,
  POLICY: 1008,
  RESTART: 1012,
  TRY_AGAIN: 1013,
} as const;
export type CloseReason = keyof typeof closeCodes;

export interface Session {
  readonly viewer: Viewer | null;
  admit(admission: Admission): void;
  close(why: CloseReason, message: string): void;
  readonly sender: Sender;
}

export interface ProtocolOptions {
  readonly schema: GraphQLSchema;
  readonly readDocument: ReadDocument;
  readonly authenticate: Authenticate;
  readonly contextFor: (viewer: Viewer, requestId: string) => RequestContext;
  readonly live: Live;
  readonly mask: Mask;
  readonly log: Logger;
  readonly isDraining: () => boolean;
  /** Told of each query and mutation, so that a stop can wait for it. */
  readonly onExecution: (result: Promise<unknown>) => void;
}

export function createProtocol(options: ProtocolOptions): Server<Session> {
  const { schema, readDocument, authenticate, contextFor, live, mask, log, isDraining, onExecution } = options;
  // A client may use an operation's id again at once; the message object is what is unique.
  const requestIds = new WeakMap<SubscribePayload, string>();
  /** What graphql-ws does not hand on to a subscription: as what, and where to its updates go. */
  const subscriptions = new WeakMap<ExecutionArgs, LiveSubscription>();

  function requestIdOf(payload: SubscribePayload): string {
    const requestId = requestIds.get(payload) ?? randomUUID();
    requestIds.set(payload, requestId);
    return requestId;
  }

  return makeServer<Record<string, unknown>, Session>({
    // The session's own deadline also covers an authentication that hangs.
    connectionInitWaitTimeout: 0,

    async onConnect({ connectionParams, extra: session }) {
      try {
        const result = await authenticate(connectionParams?.['authorization'] ?? connectionParams?.['Authorization']);
        if ('viewer' in result) {
          session.admit(result);
          return true;
        }
        session.close(result.refusal === 'EXPIRED' ? 'TOKEN_EXPIRED' : 'UNAUTHENTICATED', result.message);
      } catch (error) {
        log.error({ err: error }, 'a token could not be checked');
        session.close('TRY_AGAIN', 'Your token cannot be checked at the moment');
      }
      return false;
    },

    onSubscribe({ extra: { viewer, sender }, subscriptions: running }, id, payload) {
      if (!viewer) return [new ApiError('UNAUTHENTICATED', 'The connection has not been initialised.')];
      if (isDraining()) return [new ApiError('UNAVAILABLE', 'The gateway is stopping. Connect again.')];
      if (Object.keys(running).length > limits.operationsPerSocket) {
        const message = `At most ${limits.operationsPerSocket} operations may run on one socket. Complete one, or open another socket.`;
        return [new ApiError('LIMIT_EXCEEDED', message)];
      }
      try {
        const document = readDocument(payload.query);
        if (!('kind' in document)) return document;
        const operationName = payload.operationName ?? null;
        const variables = payload.variables ?? {};
        const context = contextFor(viewer, requestIdOf(payload));
        const options = { maxCoercionErrors: limits.validationErrors };
        const args = { schema, document, operationName, variableValues: variables, options };
        if (getOperationAST(document, operationName)?.operation !== OperationTypeNode.SUBSCRIPTION) {
          return { ...args, contextValue: context };
        }
        // graphql-ws keeps these for as long as the subscription goes on: the context is not among them.
        const lasting = { ...args, contextValue: null };
        subscriptions.set(lasting, { id, sender, request: { document, operationName, variables, viewer, context } });
        return lasting;
      } catch (error) {
        return [asGraphqlError(error)];
      }
    },

    execute(args) {
      const result = asResult(async () => execute(args));
      onExecution(result);
      return result;
    },
    subscribe: (args) =>
      asResult(async () => {
        const subscription = subscriptions.get(args);
        if (!subscription) throw new Error('a subscription was not announced');
        subscriptions.delete(args);
        const { id, sender, request } = subscription;
        const stream = await live.open(request);
        return 'next' in stream ? deliver(stream, id, (text) => sender.send(text)) : stream;
      }),

    onNext(_context, _id, payload, _args, { data, errors }) {
      if (!errors) return undefined;
      return {
        ...(data === undefined ? {} : { data }),
        errors: errors.map((error) => mask(error, requestIdOf(payload))),
      };
    },
    onError: (_context, _id, payload, errors) => errors.map((error) => mask(error, requestIdOf(payload))),
  });
}

interface LiveSubscription {
  readonly id: string;
  readonly sender: Sender;
  readonly request: LiveRequest;
}

/** A throw would end in graphql-ws's message handler, and there with the socket. */
async function asResult<T>(work: () => Promise<T>): Promise<T | ExecutionResult> {
  try {
    return await work();
  } catch (error) {
    return { errors: [asGraphqlError(error)] };
  }
}
