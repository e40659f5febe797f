// Live updates. Sources are the feed's own iterators, handed on as they are: whatever wrapped them in a generator would
// keep a subscription open until the next event after its client has gone.

import { hasEnded } from '../../src/domain/operation/status.ts';
import type { ProvisioningEventType } from '../../src/database/generated/enums.ts';
import type { OpenOptions } from '../../src/events/event-stream.ts';
import type { FeedItem } from '../../src/events/feed-item.ts';
import type { Standing } from '../../src/events/feed.ts';
import { builder } from '../builder.ts';
import { viewerOf } from '../context.ts';
import type { RequestContext } from '../context.ts';
import { Customer } from '../customer/customer.ts';
import { ProvisioningOperation } from '../operation/operation.ts';
import { ApiError } from '../shared/api-error.ts';
import { rowId } from '../shared/global-id.ts';
import { tellingBadCursors } from './cursor-failures.ts';
import { EventFilter, eventConditions } from './event-filter.ts';
import { ProvisioningEvent } from './event.ts';

const cursorDescription = 'Where this update stands in the log: after a lost connection, pass the last one as `after`.';
const afterDescription =
  'Begin with the first event behind this cursor. Too old a cursor is refused with CURSOR_EXPIRED, one that is not yours with CURSOR_INVALID. Left out: begin at the present.';

interface CustomerItem extends FeedItem {
  readonly customerId: string;
}

const CustomerUpdate = builder.objectRef<CustomerItem>('CustomerUpdate').implement({
  description: 'A customer as it is now, and why it is told.',
  fields: (t) => ({
    cursor: t.expose('cursor', { type: 'EventCursor', description: cursorDescription }),
    customer: t.prismaField({
      type: Customer,
      description: 'As it is at this moment, which may be later than the event.',
      resolve: (query, { customerId }, _args, context) =>
        context.domain.database.customer.findUniqueOrThrow({
          ...query,
          where: { id: customerId, partnerId: viewerOf(context).partnerId },
        }),
    }),
    event: t.field({
      type: ProvisioningEvent,
      nullable: true,
      description: 'What happened. Null in the first update, which only tells the present state.',
      resolve: ({ event }) => event,
    }),
  }),
});

interface OperationItem extends FeedItem {
  readonly operationId: string;
}

const OperationUpdate = builder.objectRef<OperationItem>('OperationUpdate').implement({
  description: 'An operation as it is now, and why it is told.',
  fields: (t) => ({
    cursor: t.expose('cursor', { type: 'EventCursor', description: cursorDescription }),
    operation: t.prismaField({
      type: ProvisioningOperation,
      description: 'As it is at this moment, which may be later than the event.',
      resolve: (query, { operationId }, _args, context) =>
        context.domain.database.provisioningOperation.findUniqueOrThrow({
          ...query,
          where: { id: operationId, partnerId: viewerOf(context).partnerId },
        }),
    }),
    event: t.field({
      type: ProvisioningEvent,
      nullable: true,
      description: 'What happened. Null in the first update, which only tells the present state.',
      resolve: ({ event }) => event,
    }),
  }),
});

const EventUpdate = builder.objectRef<FeedItem>('EventUpdate').implement({
  description: 'Something that happened anywhere in the partner organisation.',
  fields: (t) => ({
    cursor: t.expose('cursor', { type: 'EventCursor', description: cursorDescription }),
    event: t.field({
      type: ProvisioningEvent,
      description: 'What happened.',
      resolve: ({ event }) => {
        if (event === null) throw new Error('a stream that was opened without a first state delivered one');
        return event;
      },
    }),
  }),
});

builder.subscriptionFields((t) => ({
  customerUpdated: t.field({
    type: CustomerUpdate,
    description:
      'Follows one customer: first its present state, then every event about it, in order. It goes on until you end it.',
    args: {
      customerId: t.arg.id({ required: true, description: 'Whom to follow.' }),
      after: t.arg({ type: 'EventCursor', description: afterDescription }),
    },
    async subscribe(_root, args, context) {
      const id = rowId('Customer', args.customerId);
      const { exists } = await customerStanding(context, id);
      if (!exists) throw new ApiError('BAD_USER_INPUT', 'There is no such customer.');
      return openFeed(context, { after: args.after ?? null, filter: { customerIds: [id] }, initial: true });
    },
    resolve: (item, { customerId }) => ({ ...item, customerId: rowId('Customer', customerId) }),
  }),
  operationUpdated: t.field({
    type: OperationUpdate,
    description:
      'Follows one operation: first its present state, then every event of it, in order. It completes by itself when the operation has ended.',
    args: {
      operationId: t.arg.id({ required: true, description: 'What to follow.' }),
      after: t.arg({ type: 'EventCursor', description: afterDescription }),
    },
    async subscribe(_root, args, context) {
      const id = rowId('ProvisioningOperation', args.operationId);
      const { exists } = await operationStanding(context, id);
      if (!exists) throw new ApiError('BAD_USER_INPUT', 'There is no such operation.');
      return openFeed(context, {
        after: args.after ?? null,
        filter: { operationIds: [id] },
        initial: true,
        ending: {
          mayBe: ({ type }) => lastTypes.includes(type),
          endedAt: async () => (await operationStanding(context, id)).endedAt,
        },
      });
    },
    resolve: (item, { operationId }) => ({ ...item, operationId: rowId('ProvisioningOperation', operationId) }),
  }),
  events: t.field({
    type: EventUpdate,
    description: 'Follows everything that happens in the partner organisation, in order. It goes on until you end it.',
    args: {
      after: t.arg({ type: 'EventCursor', description: afterDescription }),
      filter: t.arg({ type: EventFilter, description: 'Left out: all events.' }),
    },
    subscribe: (_root, { after, filter }, context) =>
      openFeed(context, { after: after ?? null, filter: eventConditions(filter), initial: false }),
    resolve: (item) => item,
  }),
}));

/** With these an operation ends, unless it has been tried again since. */
const lastTypes: readonly ProvisioningEventType[] = ['OPERATION_FINISHED', 'OPERATION_CANCELLED'];

function customerStanding(context: RequestContext, id: string): Promise<Standing> {
  const { partnerId } = viewerOf(context);
  return context.feed.standing(`customer ${id}`, async () => {
    const known = await context.domain.database.customer.count({ where: { id, partnerId } });
    return { exists: known > 0, endedAt: null };
  });
}

/** Status and log head come from one statement, so that neither is older than the other. */
function operationStanding(context: RequestContext, id: string): Promise<Standing> {
  const { partnerId } = viewerOf(context);
  return context.feed.standing(`operation ${id}`, async () => {
    const operation = await context.domain.database.provisioningOperation.findFirst({
      where: { id, partnerId },
      select: { status: true, partner: { select: { eventLog: { select: { head: true } } } } },
      relationLoadStrategy: 'join',
    });
    if (operation === null) return { exists: false, endedAt: 0n };
    const { status, partner } = operation;
    return { exists: true, endedAt: hasEnded(status) ? (partner.eventLog?.head ?? 0n) : null };
  });
}

/** A bad cursor is told as the answer to the subscription. */
function openFeed(context: RequestContext, options: Omit<OpenOptions, 'partnerId'>) {
  const after = context.resumeAfter ?? options.after;
  return tellingBadCursors(() => context.feed.open({ ...options, after }));
}
