// Operations: provisioning that goes on by itself after it was accepted.

import type { Prisma } from '../../src/database/generated/client.ts';
import { parseErrors } from '../../src/domain/operation/provisioning-error.ts';
import { hasEnded } from '../../src/domain/operation/status.ts';
import { builder } from '../builder.ts';
import { viewerOf } from '../context.ts';
import type { RequestContext } from '../context.ts';
import { rowsOf, totalCountDescription } from '../shared/connection.ts';
import { openEnum } from '../shared/open-enum.ts';
import { ProvisioningError } from '../shared/provisioning-error.ts';
import { OperationStep } from './operation-step.ts';

export const OperationKind = builder.enumType('OperationKind', {
  description: openEnum('What an operation does.'),
  values: {
    CREATE_CUSTOMER: { description: 'Creates a customer with a new organisation.' },
    ATTACH_CUSTOMER: { description: 'Adds wholesale services to an organisation that exists already.' },
    UPDATE_CUSTOMER: { description: "Changes a customer's packages, limits or addresses." },
    DETACH_CUSTOMER: { description: 'Takes the wholesale services away from a customer.' },
    SET_UP_CUSTOMER: { description: 'Creates what the set-up wizard collected: locations, phone numbers and users.' },
    CREATE_USER: { description: 'Creates one user.' },
    UPDATE_USER: { description: 'Changes one user.' },
    REMOVE_USER: { description: 'Removes one user.' },
    CREATE_LOCATION: { description: 'Creates one location.' },
    ADD_PHONE_NUMBERS: { description: 'Adds phone numbers to a location.' },
    ASSIGN_ROLES: { description: "Gives a user roles in the customer's Control Hub." },
    IMPORT_CUSTOMERS: { description: 'Brings in what the partner has on the platform already.' },
  },
});

export const OperationStatus = builder.enumType('OperationStatus', {
  description: openEnum('Where an operation stands. The last four are ends: after them nothing happens by itself.'),
  values: {
    ACCEPTED: { description: 'Recorded for good; the work has not begun.' },
    RUNNING: { description: 'The work is going on.' },
    WAITING: { description: 'Waiting for somebody or something outside: see `nextAction`.' },
    SUCCEEDED: { description: 'All of it was done.' },
    PARTIALLY_SUCCEEDED: { description: 'Some of it was done, some failed: see the errors of the steps.' },
    FAILED: { description: 'It could not be done: see `errors`.' },
    CANCELLED: { description: 'Somebody called it off.' },
  },
});

const NextAction = builder.enumType('NextAction', {
  description: openEnum('What would bring an operation forward, and so what to tell the person who waits for it.'),
  values: {
    WAIT: { description: 'Nothing to do: it goes on by itself.' },
    OBTAIN_ADMIN_CONSENT: { description: "The existing organisation's administrator has to answer the mail." },
    OBTAIN_USER_CONSENT: { description: 'A user has to answer a mail before the account can be moved.' },
    AWAIT_COMPLIANCE_REVIEW: { description: 'People at Cisco are screening the customer; nobody can hurry that.' },
    CORRECT_AND_RETRY: { description: 'Something has to be corrected first, then tried again.' },
    RETRY_LATER: {
      description: 'The platform could not be reached or was busy. While WAITING it is tried again by itself.',
    },
    NONE: { description: 'It has ended, and all is well.' },
  },
});

interface Progress {
  readonly completedItems: number;
  readonly totalItems: number;
  readonly percent: number;
}

const OperationProgress = builder.objectRef<Progress>('OperationProgress').implement({
  description: 'How far an operation has got, over all its steps.',
  fields: (t) => ({
    completedItems: t.exposeInt('completedItems', {
      description: 'Packages, locations, numbers and users that are done.',
    }),
    totalItems: t.exposeInt('totalItems', {
      description: 'Packages, locations, numbers and users that there are to do.',
    }),
    percent: t.exposeInt('percent', {
      description:
        'Share of the items that are through, be it well or not, from 0 to 100, rounded down; 100 as soon as the operation has ended.',
    }),
  }),
});

export const ProvisioningOperation = builder.prismaNode('ProvisioningOperation', {
  description:
    'Provisioning that was accepted and goes on by itself, across restarts. Follow it by Subscription.operationUpdated rather than by asking again and again.',
  id: { field: 'id' },
  findUnique: (id, context) => ({ id, partnerId: viewerOf(context).partnerId }),
  nullable: true,
  select: { id: true },
  fields: (t) => ({
    kind: t.expose('kind', { type: OperationKind, description: 'What it does.' }),
    status: t.expose('status', { type: OperationStatus, description: 'Where it stands now.' }),
    nextAction: t.expose('nextAction', { type: NextAction, description: 'What would bring it forward.' }),
    customer: t.relation('customer', {
      nullable: true,
      description: 'Whom it is about; null when it is about no single customer.',
    }),
    steps: t.relation('steps', {
      type: OperationStep,
      description: 'Its parts, in the order they are done.',
      query: { orderBy: { position: 'asc' } },
    }),
    progress: t.field({
      type: OperationProgress,
      description: 'How far it has got.',
      select: {
        status: true,
        steps: {
          orderBy: { position: 'asc' },
          select: { totalItems: true, completedItems: true, failedItems: true },
        },
      },
      resolve: ({ status, steps }) => {
        const sum = (count: (step: (typeof steps)[number]) => number): number =>
          steps.reduce((total, step) => total + count(step), 0);
        const totalItems = sum((step) => step.totalItems);
        const completedItems = sum((step) => step.completedItems);
        const through = completedItems + sum((step) => step.failedItems);
        const percent = hasEnded(status) ? 100 : totalItems === 0 ? 0 : Math.floor((100 * through) / totalItems);
        return { completedItems, totalItems, percent };
      },
    }),
    errors: t.field({
      type: [ProvisioningError],
      description:
        'Why it failed, wholly or in part; the first twenty errors. While it is WAITING to be tried again (RETRY_LATER), why. Empty when nothing went wrong.',
      select: { errors: true },
      resolve: ({ errors }) => parseErrors(errors),
    }),
    correlationId: t.exposeString('correlationId', {
      description: 'Names the operation in our logs and in every event of it: quote it to support.',
    }),
    version: t.exposeInt('version', { description: 'Raised by one with every event of this operation.' }),
    acceptedAt: t.expose('acceptedAt', { type: 'DateTime', description: 'When the request was accepted.' }),
    startedAt: t.expose('startedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the work began; null before.',
    }),
    finishedAt: t.expose('finishedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it ended; null before, and again after a retry.',
    }),
  }),
});

export const ProvisioningOperationConnection = builder.connectionObject(
  {
    type: ProvisioningOperation,
    name: 'ProvisioningOperationConnection',
    description: 'A page of operations.',
    extensions: rowsOf('ProvisioningOperation'),
    fields: (t) => ({
      totalCount: t.int({ description: totalCountDescription, resolve: ({ totalCount }) => totalCount() }),
    }),
  },
  { name: 'ProvisioningOperationEdge', description: 'An operation and its place in the list.' },
);

/** The partner's own, with the selection folded in; null also for no id. */
export function findOperation(
  context: RequestContext,
  query: Pick<Prisma.ProvisioningOperationFindFirstArgs, 'select' | 'include'>,
  id: string | null | undefined,
) {
  if (!id) return null;
  return context.domain.database.provisioningOperation.findFirst({
    ...query,
    where: { id, partnerId: viewerOf(context).partnerId },
  });
}
