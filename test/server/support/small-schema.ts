// A schema whose fields fail in every way there is, with a secret in each message that must not get out.

import {
  GraphQLEnumType,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLScalarType,
  GraphQLSchema,
  GraphQLString,
} from 'graphql';
import type { GraphQLFieldConfigArgumentMap, GraphQLFieldConfigMap } from 'graphql';
import type { RequestContext } from '../../../schema/context.ts';
import { ApiError } from '../../../schema/shared/api-error.ts';
import { CursorError } from '../../../src/events/cursor.ts';
import type { FeedItem } from '../../../src/events/feed-item.ts';
import { pullIterator } from '../../../src/events/pull-iterator.ts';

export const secret = 'password=hunter2';

export function createSmallSchema() {
  const executed: string[] = [];
  const gates = new Map<string, PromiseWithResolvers<undefined>>();
  const gate = (name: string): PromiseWithResolvers<undefined> => {
    const known = gates.get(name) ?? Promise.withResolvers<undefined>();
    gates.set(name, known);
    return known;
  };
  const contexts = new Set<object>();
  const told: string[] = [];
  const endedSources: string[] = [];

  const fail = (error: Error) => () => {
    throw error;
  };
  const required: GraphQLFieldConfigArgumentMap = { value: { type: new GraphQLNonNull(GraphQLInt), defaultValue: 1 } };
  const picky = new GraphQLScalarType({ name: 'Picky', parseValue: fail(new Error('Expected something picky.')) });
  const node: GraphQLObjectType<unknown, RequestContext> = new GraphQLObjectType<unknown, RequestContext>({
    name: 'Node',
    fields: (): GraphQLFieldConfigMap<unknown, RequestContext> => ({
      node: { type: node, resolve: () => ({}) },
      name: { type: GraphQLString, resolve: () => 'name' },
    }),
  });

  const query = new GraphQLObjectType<unknown, RequestContext>({
    name: 'Query',
    fields: {
      whoAmI: {
        type: GraphQLString,
        resolve(_root, _args, { viewer }) {
          executed.push('whoAmI');
          return `${viewer?.partnerSlug} ${viewer?.roles.join()}`;
        },
      },
      node: { type: node, resolve: () => ({}) },
      echo: { type: GraphQLInt, args: required, resolve: (_root, args: { value: number }) => args.value },
      length: {
        type: GraphQLInt,
        args: { text: { type: GraphQLString } },
        resolve: (_root, args: { text: string }) => args.text.length,
      },
      picky: { type: GraphQLString, args: { value: { type: picky } }, resolve: () => 'picky' },
      pick: {
        type: GraphQLString,
        args: { colour: { type: new GraphQLEnumType({ name: 'Colour', values: { GREEN: {}, GREY: {} } }) } },
        resolve: () => 'picked',
      },
      /** Waits until gate('slow') is opened. */
      slow: {
        type: GraphQLString,
        async resolve() {
          gate('slow has begun').resolve(undefined);
          await gate('slow').promise;
          return 'done';
        },
      },
      throws: { type: GraphQLString, resolve: fail(new Error(`connection refused: ${secret}`)) },
      throwsText: {
        type: GraphQLString,
        resolve() {
          // eslint-disable-next-line @typescript-eslint/only-throw-error -- what libraries do
          throw secret;
        },
      },
      misfits: { type: GraphQLInt, resolve: () => secret },
      missing: { type: new GraphQLNonNull(GraphQLString), resolve: () => null },
      forbids: { type: GraphQLString, resolve: fail(new ApiError('FORBIDDEN', 'Ask an administrator.')) },
      badCursor: { type: GraphQLString, resolve: fail(new CursorError('CURSOR_EXPIRED', 'Too old.')) },
    },
  });

  const update = new GraphQLObjectType<FeedItem, RequestContext>({
    name: 'Update',
    fields: {
      cursor: { type: GraphQLString },
      message: { type: GraphQLString, resolve: ({ event }) => event?.message },
      toWhom: { type: GraphQLString, resolve: (_item, _args, { viewer }) => viewer?.subject },
      /** As long as a real update may be. */
      padding: {
        type: GraphQLString,
        args: { length: { type: new GraphQLNonNull(GraphQLInt) } },
        resolve: (_item, args: { length: number }) => 'x'.repeat(args.length),
      },
    },
  });

  const subscription = new GraphQLObjectType<unknown, RequestContext>({
    name: 'Subscription',
    fields: {
      /** The partner's log, from its present state on. */
      follow: {
        type: update,
        args: { after: { type: GraphQLString }, customerIds: { type: new GraphQLList(GraphQLString) } },
        subscribe: (_root, args: { after?: string; customerIds?: string[] }, { feed, resumeAfter }) =>
          feed.open({
            after: resumeAfter ?? args.after ?? null,
            filter: { customerIds: args.customerIds },
            initial: true,
          }),
        resolve(item) {
          if (!isFeedItem(item)) throw new Error('not an item of the log');
          told.push(item.event?.message ?? 'the present state');
          return item;
        },
      },
      /** Counts to three and then waits, remembering the contexts its events were executed with. */
      count: {
        type: GraphQLInt,
        subscribe() {
          let number = 0;
          const { promise, resolve } = Promise.withResolvers<undefined>();
          return pullIterator({
            produce: async () => (number < 3 ? ++number : promise),
            release: () => resolve(undefined),
          });
        },
        resolve(number, _args, context) {
          contexts.add(context);
          return number;
        },
      },
      /** Never delivers. */
      silence: {
        type: GraphQLInt,
        args: { name: { type: GraphQLString } },
        subscribe(_root, args: { name?: string }) {
          const { promise, resolve } = Promise.withResolvers<undefined>();
          gate('silence has begun').resolve(undefined);
          return pullIterator({
            produce: () => promise,
            release() {
              endedSources.push(args.name ?? '');
              gate('silence has ended').resolve(undefined);
              resolve(undefined);
            },
          });
        },
      },
      breaks: {
        type: GraphQLInt,
        subscribe: () => pullIterator({ produce: () => Promise.reject(new Error(secret)), release: () => undefined }),
      },
      cannotStart: { type: GraphQLInt, subscribe: fail(new Error(secret)) },
      badCursor: {
        type: GraphQLInt,
        subscribe: () =>
          pullIterator({
            produce: () => Promise.reject(new CursorError('CURSOR_INVALID', 'Not a cursor.')),
            release: () => undefined,
          }),
      },
    },
  });

  return { schema: new GraphQLSchema({ query, subscription }), executed, gate, contexts, told, endedSources };
}

function isFeedItem(item: unknown): item is FeedItem {
  return typeof item === 'object' && item !== null && 'cursor' in item && 'event' in item;
}
