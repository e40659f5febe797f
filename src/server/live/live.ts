// Subscriptions, whatever transport they come by: opens the source, executes each update with a context of its own, and
// lets equal questions share the work. What an update looks like on the wire is the transports' business.

import { createHash, randomUUID } from 'node:crypto';
import { createSourceEventStream, execute } from 'graphql';
import type { ExecutionResult, GraphQLSchema } from 'graphql';
import type { RequestContext } from '../../../schema/context.ts';
import type { Viewer } from '../../domain/viewer.ts';
import { isFeedStream } from '../../events/feed-item.ts';
import type { FeedItem, FeedStream } from '../../events/feed-item.ts';
import { pullIterator } from '../../events/pull-iterator.ts';
import type { PullIterator } from '../../events/pull-iterator.ts';
import { limits } from '../limits.ts';
import type { Mask } from '../masking.ts';
import { nameOfQuestion } from './question.ts';
import type { Question } from './question.ts';
import { createRenderings } from './renderings.ts';

export interface LiveUpdate {
  /** An execution result as JSON, its errors masked. */
  readonly text: string;
  /** Where the update stands in the log; null for a source that is not the log. */
  readonly cursor: string | null;
}

export interface LiveStream extends PullIterator<LiveUpdate> {
  /** Where its source has looked up to; null for a source that is not the log. */
  searchedTo(): string | null;
}

export interface LiveRequest extends Question {
  readonly context: RequestContext;
}

export interface Live {
  /** An execution result instead of a stream tells why there is none. */
  open(request: LiveRequest): Promise<LiveStream | ExecutionResult>;
}

export interface LiveOptions {
  readonly schema: GraphQLSchema;
  readonly contextFor: (viewer: Viewer, requestId: string) => RequestContext;
  readonly mask: Mask;
}

export function createLive({ schema, contextFor, mask }: LiveOptions): Live {
  const renderings = createRenderings();

  async function render({ document, operationName, variables, viewer }: Question, rootValue: unknown): Promise<string> {
    const requestId = randomUUID();
    const { data, errors } = await execute({
      schema,
      document,
      operationName,
      variableValues: variables,
      rootValue,
      // A context of its own: loaders keep what they have loaded for the life of a context.
      contextValue: contextFor(viewer, requestId),
      options: { maxCoercionErrors: limits.validationErrors },
    });
    return JSON.stringify({
      ...(errors ? { errors: errors.map((error) => mask(error, requestId)) } : {}),
      ...(data === undefined ? {} : { data }),
    });
  }

  /** Not given the context of the request: it would be kept for as long as the stream, with all that was loaded by it. */
  function stream(question: Question, source: AsyncIterator<unknown>): LiveStream {
    const feed = isFeedStream(source) ? source : null;
    const updates = feed ? sharedUpdates(question, feed) : ownUpdates(question, source);
    return Object.assign(
      pullIterator({
        produce: updates,
        release() {
          // A source that fails to end has nobody left to tell.
          source.return?.().catch(() => undefined);
        },
      }),
      { searchedTo: () => feed?.searchedTo() ?? null },
    );
  }

  function sharedUpdates(asked: Question, source: FeedStream): () => Promise<LiveUpdate | undefined> {
    const question: Question = { ...asked, viewer: withoutPerson(asked.viewer) };
    const name = createHash('sha256').update(nameOfQuestion(asked)).digest('base64');
    return async () => {
      const { done, value: item } = await source.next();
      if (done) return undefined;
      const { cursor } = item;
      const text = await renderings.get(`${name} ${cursor} ${item.event === null}`, () =>
        render(question, copyOf(item)),
      );
      return { text, cursor };
    };
  }

  function ownUpdates(question: Question, source: AsyncIterator<unknown>): () => Promise<LiveUpdate | undefined> {
    return async () => {
      const item = await source.next();
      if (item.done) return undefined;
      return { text: await render(question, item.value), cursor: null };
    };
  }

  return {
    async open({ document, operationName, variables, viewer, context }) {
      const source = await createSourceEventStream({
        schema,
        document,
        operationName,
        variableValues: variables,
        contextValue: context,
        options: { maxCoercionErrors: limits.validationErrors },
      });
      if (!(Symbol.asyncIterator in source)) return source;
      return stream({ document, operationName, variables, viewer }, source[Symbol.asyncIterator]());
    },
  };
}

/** What is rendered for one is shown to all who have the same rights: it must not depend on who asks. */
function withoutPerson(viewer: Viewer): Viewer {
  return { ...viewer, subject: 'everybody who asks the same', email: null };
}

/** Resolvers are given rows of their own, as in any other operation. */
function copyOf({ cursor, event }: FeedItem): FeedItem {
  return { cursor, event: event && { ...event } };
}
