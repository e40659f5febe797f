// The steps of operations.

import { parseErrors } from '../../src/domain/operation/provisioning-error.ts';
import { builder } from '../builder.ts';
import { openEnum } from '../shared/open-enum.ts';
import { ProvisioningError } from '../shared/provisioning-error.ts';

const OperationStepKind = builder.enumType('OperationStepKind', {
  description: openEnum('What a step does.'),
  values: {
    OBTAIN_CONSENT: { description: "Asks the existing organisation's administrator and waits for the answer." },
    CREATE_ORGANIZATION: { description: 'Creates the organisation and its wholesale customer.' },
    ATTACH_SUBSCRIPTION: { description: 'Adds the wholesale customer to an existing organisation.' },
    PROVISION_PACKAGES: { description: 'Waits until the platform has set the packages up.' },
    CREATE_LOCATIONS: { description: 'Creates locations.' },
    ADD_PHONE_NUMBERS: { description: 'Adds phone numbers to locations.' },
    CREATE_USERS: { description: 'Creates users with their packages.' },
    ASSIGN_PHONE_NUMBERS: { description: 'Gives users their phone numbers.' },
    ASSIGN_ROLES: { description: "Gives users roles in the customer's Control Hub." },
    UPDATE_PACKAGES: { description: 'Changes packages and limits.' },
    UPDATE_USERS: { description: 'Gives users another package, and what it needs.' },
    REMOVE_USERS: { description: 'Removes users.' },
    DETACH_SUBSCRIPTION: { description: 'Takes the wholesale services away.' },
    LIST_CUSTOMERS: {
      description: "Reads the platform's list of customers; what it finds are items of the next step.",
    },
    IMPORT_CUSTOMERS: { description: 'Brings customers in, each with its locations, users and phone numbers.' },
  },
});

const OperationStepStatus = builder.enumType('OperationStepStatus', {
  description: openEnum('Where a step stands.'),
  values: {
    PENDING: { description: 'Its turn has not come.' },
    RUNNING: { description: 'It is being done.' },
    WAITING: { description: 'Waiting for somebody or something outside: see `nextAction` of the operation.' },
    SUCCEEDED: { description: 'All its items are done.' },
    PARTIALLY_SUCCEEDED: { description: 'Some of its items are done, some failed.' },
    FAILED: { description: 'None of its items could be done.' },
    SKIPPED: { description: 'Not done, because an earlier step failed.' },
    CANCELLED: { description: 'Not done, because the operation was called off.' },
  },
});

export const OperationStep = builder.prismaObject('OperationStep', {
  description:
    'One part of an operation. Its items are the single packages, locations, numbers or users it works through.',
  select: { id: true },
  fields: (t) => ({
    kind: t.expose('kind', { type: OperationStepKind, description: 'What it does.' }),
    status: t.expose('status', { type: OperationStepStatus, description: 'Where it stands now.' }),
    totalItems: t.exposeInt('totalItems', { description: 'How many items there are to do.' }),
    completedItems: t.exposeInt('completedItems', { description: 'How many are done.' }),
    failedItems: t.exposeInt('failedItems', { description: 'How many could not be done.' }),
    attempts: t.exposeInt('attempts', {
      description: 'How often it was begun; more than 1 after interruptions and retries.',
    }),
    startedAt: t.expose('startedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was begun first; null before.',
    }),
    finishedAt: t.expose('finishedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it ended; null before.',
    }),
    errors: t.field({
      type: [ProvisioningError],
      description: 'What went wrong, item by item; the first twenty errors. `failedItems` tells how many there were.',
      select: { errors: true },
      resolve: ({ errors }) => parseErrors(errors),
    }),
  }),
});
