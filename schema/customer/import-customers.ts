// Mutation.importCustomers

import { importCustomers } from '../../src/domain/customer/import-customers.ts';
import type { ImportCustomersOutcome } from '../../src/domain/customer/import-customers.ts';
import { builder } from '../builder.ts';
import { viewerOf } from '../context.ts';
import { findOperation, ProvisioningOperation } from '../operation/operation.ts';
import { idempotencyKeyDescription, inputDescription } from '../shared/input.ts';
import { payloadType } from '../shared/payload.ts';

const ImportCustomersInput = builder.inputType('ImportCustomersInput', {
  description: 'Nothing but a key: all that the partner has on the platform is imported.',
  fields: (t) => ({
    idempotencyKey: t.string({ required: true, description: idempotencyKeyDescription }),
  }),
});

const ImportCustomersPayload = payloadType<ImportCustomersOutcome>(
  'ImportCustomersPayload',
  'The answer to importing customers.',
  (t) => ({
    operation: t.prismaField({
      type: ProvisioningOperation,
      nullable: true,
      description:
        'The import, to be followed by Subscription.operationUpdated: its second step has an item for each customer. Null when it was refused.',
      resolve: (query, { value }, _args, context) => findOperation(context, query, value?.operationId),
    }),
  }),
);

builder.mutationField('importCustomers', (t) =>
  t.field({
    type: ImportCustomersPayload,
    nullable: true,
    description:
      'Brings in the customers that the partner has on the platform already, each with its locations, users and phone numbers, whoever made them. Nothing changes on the platform; what is known here is compared, and what differs becomes events. It goes on where it was after a restart and can be repeated at any time; while one import is under way that one is answered.',
    authScopes: { provision: true },
    args: { input: t.arg({ type: ImportCustomersInput, required: true, description: inputDescription }) },
    resolve: (_root, { input }, context) => importCustomers(context.domain, viewerOf(context), input),
  }),
);
