// The log read page by page: the whole partner's, and one operation's. Only forwards, from any cursor.

import type { ProvisioningEvent as EventRow } from '../../src/database/generated/client.ts';
import { decodeCursor, expiredCursor, invalidCursor } from '../../src/events/cursor.ts';
import { builder } from '../builder.ts';
import { viewerOf } from '../context.ts';
import type { RequestContext } from '../context.ts';
import { ProvisioningOperation } from '../operation/operation.ts';
import { fieldLoaders } from '../shared/field-loader.ts';
import { checkSize, pageLimits } from '../shared/page.ts';
import { tellingBadCursors } from './cursor-failures.ts';
import { EventFilter, eventConditions } from './event-filter.ts';
import { ProvisioningEvent } from './event.ts';

interface EventEdge {
  readonly cursor: string;
  readonly node: EventRow;
}

interface EventPage {
  readonly edges: readonly EventEdge[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

const ProvisioningEventEdge = builder.objectRef<EventEdge>('ProvisioningEventEdge').implement({
  description: 'An event and its place in the log.',
  fields: (t) => ({
    cursor: t.exposeString('cursor', { description: 'The same as `node.cursor`: pass it as `after`.' }),
    node: t.field({ type: ProvisioningEvent, description: 'What stands at this place.', resolve: ({ node }) => node }),
  }),
});

const ProvisioningEventConnection = builder.objectRef<EventPage>('ProvisioningEventConnection').implement({
  description:
    'A page of events, the oldest first. When there is no next page, `pageInfo.endCursor` can be passed to a subscription as `after`: between the two nothing gets lost.',
  fields: (t) => ({
    edges: t.field({
      type: [ProvisioningEventEdge],
      description: 'The page in order, each event with its cursor.',
      resolve: ({ edges }) => edges,
    }),
    nodes: t.field({
      type: [ProvisioningEvent],
      description: 'The page in order, without cursors.',
      resolve: ({ edges }) => edges.map(({ node }) => node),
    }),
    pageInfo: t.field({
      type: builder.pageInfoRef(),
      description: 'Where this page stands in the log.',
      resolve: ({ pageInfo }) => pageInfo,
    }),
  }),
});

const firstDescription = 'How many events: 0 to 100; 20 when left out. More is refused with BAD_USER_INPUT.';

builder.queryField('events', (t) =>
  t.field({
    type: ProvisioningEventConnection,
    description: 'What happened, the oldest first, from where the log begins or from a cursor on.',
    args: {
      first: t.arg.int({ description: firstDescription }),
      after: t.arg({
        type: 'EventCursor',
        description: 'Only what follows this cursor. Left out: from where the log begins.',
      }),
      filter: t.arg({ type: EventFilter, description: 'Left out: all events.' }),
    },
    resolve: (_root, { first, after, filter }, context) =>
      tellingBadCursors(async () => {
        const page = await context.feed.read({
          after: after ?? null,
          filter: eventConditions(filter),
          first: checkSize('first', first) ?? pageLimits.default,
        });
        const edges = page.items.flatMap(({ cursor, event }) => (event ? [{ cursor, node: event }] : []));
        return {
          edges,
          pageInfo: {
            hasNextPage: page.hasNextPage,
            hasPreviousPage: Boolean(after),
            startCursor: edges[0]?.cursor ?? null,
            // A page of none has looked nowhere.
            endCursor: edges.length === 0 && page.hasNextPage ? (after ?? null) : page.endCursor,
          },
        };
      }),
  }),
);

const operationEvents = fieldLoaders<string, readonly EventRow[]>();

builder.prismaObjectField(ProvisioningOperation, 'events', (t) =>
  t.field({
    type: ProvisioningEventConnection,
    description: 'What happened in this operation, the oldest first.',
    args: {
      first: t.arg.int({ description: firstDescription }),
      after: t.arg({
        type: 'EventCursor',
        description: 'Only what follows this cursor. Left out: from the beginning.',
      }),
    },
    resolve: (operation, { first, after }, context, info) =>
      tellingBadCursors(async () => {
        const size = checkSize('first', first) ?? pageLimits.default;
        const events = await operationEvents(context, info, async (operationIds) => {
          const position = after ? await positionOf(context, after) : 0n;
          const operations = await context.domain.database.provisioningOperation.findMany({
            where: { partnerId: viewerOf(context).partnerId, id: { in: [...operationIds] } },
            select: {
              id: true,
              events: { where: { position: { gt: position } }, orderBy: { position: 'asc' }, take: size + 1 },
            },
          });
          const byOperation = new Map(operations.map(({ id, events: found }) => [id, found]));
          return (operationId) => byOperation.get(operationId) ?? [];
        }).load(operation.id);
        const edges = await Promise.all(events.slice(0, size).map((event) => edgeOf(context, event)));
        return {
          edges,
          pageInfo: {
            hasNextPage: events.length > size,
            hasPreviousPage: Boolean(after),
            startCursor: edges[0]?.cursor ?? null,
            endCursor: edges.at(-1)?.cursor ?? null,
          },
        };
      }),
  }),
);

async function edgeOf({ feed }: RequestContext, event: EventRow): Promise<EventEdge> {
  return { cursor: await feed.cursorAt(event.position), node: event };
}

async function positionOf(context: RequestContext, cursor: string): Promise<bigint> {
  const { cursorKey, eventLog } = await context.domain.database.partner.findUniqueOrThrow({
    where: { id: viewerOf(context).partnerId },
    select: { cursorKey: true, eventLog: { select: { head: true, removed: true } } },
  });
  const position = decodeCursor(cursorKey, cursor);
  if (position < (eventLog?.removed ?? 0n)) throw expiredCursor();
  if (position > (eventLog?.head ?? 0n)) throw invalidCursor();
  return position;
}
