// Apollo, set up for HTTP: our reading of documents, our masking, nothing for the browser, no signals of its own.

import { AsyncLocalStorage } from 'node:async_hooks';
import { ApolloServer } from '@apollo/server';
import type { ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OperationTypeNode } from 'graphql';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import type { RequestContext } from '../../schema/context.ts';
import { ApiError } from '../../schema/shared/api-error.ts';
import type { CompiledReads } from './compiled/compiled-reads.ts';
import { answeringBy, finishedAnswers } from './compiled/finished-answers.ts';
import { ourRules, parseOptions, validationOptions } from './documents.ts';
import type { Mask } from './masking.ts';

export interface ApolloOptions {
  readonly schema: GraphQLSchema;
  readonly allowsIntrospection: boolean;
  readonly mask: Mask;
  readonly log: Logger;
  /** Null: every query is executed. */
  readonly compiledReads: CompiledReads | null;
}

/** Apollo writes its answers out by itself. */
export interface TextReply {
  Reply: string;
}

export interface HttpExecutor {
  handle(
    request: FastifyRequest<TextReply>,
    reply: FastifyReply<TextReply>,
    context: RequestContext,
  ): Promise<string | undefined>;
  stop(): Promise<void>;
}

export async function startApollo({
  schema,
  allowsIntrospection,
  mask,
  log,
  compiledReads,
}: ApolloOptions): Promise<HttpExecutor> {
  // Apollo formats errors where it does not say whose request it is.
  const current = new AsyncLocalStorage<RequestContext>();
  const apollo = new ApolloServer<RequestContext>({
    schema,
    stringifyResult: finishedAnswers.stringify,
    parseOptions,
    validationOptions,
    validationRules: [...ourRules(allowsIntrospection)],
    executionOptions: { maxCoercionErrors: validationOptions.maxErrors },
    // Ours decides; Apollo's own switch goes by NODE_ENV.
    introspection: true,
    nodeEnv: 'production',
    csrfPrevention: true,
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError: (_formatted, error) => mask(error, current.getStore()?.requestId ?? 'unknown'),
    logger: log,
    plugins: [
      noSubscriptions,
      ...(compiledReads ? [answeringBy(compiledReads)] : []),
      plainJsonStatus,
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
    ],
  });
  await apollo.start();
  const execute = fastifyApolloHandler(apollo, {
    async context() {
      const context = current.getStore();
      if (!context) throw new Error('a request came to Apollo without a context');
      return context;
    },
  });

  return {
    handle: (request, reply, context) =>
      current.run(context, async () => {
        const text = await execute.call(request.server, request, reply);
        return typeof text === 'string' ? text : undefined;
      }),
    stop: () => apollo.stop(),
  };
}

/** GraphQL.js would execute a subscription sent over HTTP as if it were a query. */
const noSubscriptions: ApolloServerPlugin<RequestContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ operation, response }) {
        if (operation?.operation !== OperationTypeNode.SUBSCRIPTION) return;
        response.http.status = 400;
        throw new ApiError(
          'BAD_USER_INPUT',
          'Subscriptions are served over WebSocket (graphql-transport-ws) on the same address.',
        );
      },
    };
  },
};

/**
 * Who accepts application/json and nothing newer takes another status than 200 for an answer that is not GraphQL's; what is wrong
 * with a document or its variables is an answer (GraphQL over HTTP, section 6.4.1).
 */
const plainJsonStatus: ApolloServerPlugin<RequestContext> = {
  async requestDidStart({ request }) {
    const accepted = (request.http?.headers.get('accept') ?? '').split(',').map((type) => type.split(';')[0]?.trim());
    const isPlain = accepted.every((type) => type === 'application/json');
    return {
      async willSendResponse({ response }) {
        if (isPlain && response.http.status === 400) response.http.status = 200;
      },
    };
  },
};
