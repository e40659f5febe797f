// Events: the partner's log of what happened, as clients see it.

import { parseErrors } from '../../src/domain/operation/provisioning-error.ts';
import { builder } from '../builder.ts';
import { viewerOf } from '../context.ts';
import { encodeNodeId } from '../shared/global-id.ts';
import { openEnum } from '../shared/open-enum.ts';
import { ProvisioningError } from '../shared/provisioning-error.ts';
import { loadSubject } from './subject.ts';

export const ProvisioningEventType = builder.enumType('ProvisioningEventType', {
  description: openEnum('What happened.'),
  values: {
    OPERATION_ACCEPTED: { description: 'A request was accepted and recorded for good.' },
    OPERATION_STARTED: { description: 'The work on an operation began, or goes on after a pause.' },
    OPERATION_WAITING: { description: 'An operation waits for somebody or something outside.' },
    OPERATION_FINISHED: { description: 'An operation has ended, well or not: see `toStatus`.' },
    OPERATION_CANCELLED: { description: 'Somebody called an operation off.' },
    STEP_STARTED: { description: 'A step of an operation began.' },
    STEP_PROGRESSED: { description: 'A step of an operation got further.' },
    STEP_FINISHED: { description: 'A step of an operation has ended, well or not: see `toStatus`.' },
    STEP_RETRYING: { description: 'A step could not go on and will be tried again by itself.' },
    CUSTOMER_STATUS_CHANGED: { description: 'A customer has another status.' },
    PACKAGE_STATUS_CHANGED: { description: 'A package of a customer has another status.' },
    LOCATION_STATUS_CHANGED: { description: 'A location has another status.' },
    USER_STATUS_CHANGED: { description: 'A user has another status.' },
    CONSENT_STATUS_CHANGED: { description: 'A request for consent was answered or has expired.' },
    TEMPLATE_SUBMITTED: { description: 'A new template was made.' },
    TEMPLATE_UPDATED: { description: 'A template was changed or archived, or got its provisioning ID.' },
    FOUND_ON_PLATFORM: {
      description:
        'A customer, location or user was found on the platform that was made elsewhere, in Partner Hub for instance: see `subject`.',
    },
    CHANGED_ELSEWHERE: {
      description:
        'Something of a customer or user was changed elsewhere; a change of status is told by its own event.',
    },
    VANISHED: {
      description:
        'A customer, location or user is not on the platform any more. It stays readable here: see `vanishedAt`.',
    },
    REAPPEARED: { description: 'A customer, location or user that had vanished is on the platform again.' },
  },
});

// All columns are loaded always: events of a feed come with theirs and need not be read a second time.
export const ProvisioningEvent = builder.prismaNode('ProvisioningEvent', {
  description:
    "Something that happened, as it was recorded in the partner's log together with the change itself. Events never change; they are removed when they are older than the log is kept.",
  id: { field: 'id' },
  findUnique: (id, context) => ({ id, partnerId: viewerOf(context).partnerId }),
  nullable: true,
  fields: (t) => ({
    cursor: t.field({
      type: 'EventCursor',
      description: 'Its place in the log: pass it as `after` to go on behind it.',
      resolve: ({ position }, _args, { feed }) => feed.cursorAt(position),
    }),
    type: t.expose('type', { type: ProvisioningEventType, description: 'What happened, for programs.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When it was recorded. Order events by cursor, not by time.' }),
    message: t.exposeString('message', {
      description: 'What happened, for people, in English. The wording may change.',
    }),
    fromStatus: t.exposeString('fromStatus', {
      nullable: true,
      description:
        'The status before, of the enum that belongs to the thing it is about; null when no status changed or there was none.',
    }),
    toStatus: t.exposeString('toStatus', {
      nullable: true,
      description: 'The status since, of the enum that belongs to the thing it is about; null when no status changed.',
    }),
    customerId: t.id({
      nullable: true,
      description: 'Id of `customer`, without loading it; null when the event is about no customer.',
      resolve: ({ customerId }) => customerId && encodeNodeId('Customer', customerId),
    }),
    operationId: t.id({
      nullable: true,
      description: 'Id of `operation`, without loading it; null when the event belongs to no operation.',
      resolve: ({ operationId }) => operationId && encodeNodeId('ProvisioningOperation', operationId),
    }),
    subjectId: t.id({
      nullable: true,
      description: 'Id of `subject`, without loading it; null when the event is about the operation itself.',
      resolve: ({ subjectType, subjectId }) => subjectType && subjectId && encodeNodeId(subjectType, subjectId),
    }),
    customer: t.relation('customer', {
      nullable: true,
      description: 'The customer as it is now, not as it was then; null when the event is about no customer.',
    }),
    operation: t.relation('operation', {
      nullable: true,
      description: 'The operation as it is now, not as it was then; null when the event belongs to no operation.',
    }),
    subject: t.field({
      type: builder.nodeInterfaceRef(),
      nullable: true,
      description:
        'The single template, customer, location, user or consent it is about, as it is now; null when there is none or it is gone.',
      resolve: ({ subjectType, subjectId }, _args, context, info) =>
        subjectType && subjectId ? loadSubject(context, info, { type: subjectType, id: subjectId }) : null,
    }),
    customerVersion: t.exposeInt('customerVersion', {
      nullable: true,
      description:
        'Customer.version as of this event. The next event of the same customer carries one more: a gap means that you have missed something. Null when the event is about no customer.',
    }),
    errors: t.field({
      type: [ProvisioningError],
      description: 'What went wrong, where it tells of a failure; otherwise empty.',
      resolve: ({ errors }) => parseErrors(errors),
    }),
    correlationId: t.exposeString('correlationId', {
      nullable: true,
      description: 'The same for all events of one operation; quote it to support. Null outside of operations.',
    }),
  }),
});
