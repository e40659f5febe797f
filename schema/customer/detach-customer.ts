// Mutation.detachCustomer

import { detachCustomer } from '../../src/domain/customer/detach-customer.ts';
import type { CustomerChangeOutcome } from '../../src/domain/customer/update-customer.ts';
import { builder } from '../builder.ts';
import { viewerOf } from '../context.ts';
import { findOperation, ProvisioningOperation } from '../operation/operation.ts';
import { rowId } from '../shared/global-id.ts';
import { idempotencyKeyDescription, inputDescription } from '../shared/input.ts';
import { payloadType } from '../shared/payload.ts';
import { Customer, findCustomer } from './customer.ts';

const DetachCustomerInput = builder.inputType('DetachCustomerInput', {
  description: 'Which customer to take the wholesale services from.',
  fields: (t) => ({
    idempotencyKey: t.string({ required: true, description: idempotencyKeyDescription }),
    customerId: t.id({
      required: true,
      description: 'A customer that is PROVISIONED, PROVISIONED_WITH_ERRORS or ERROR, without an operation under way.',
    }),
  }),
});

const DetachCustomerPayload = payloadType<CustomerChangeOutcome>(
  'DetachCustomerPayload',
  'The answer to detaching a customer.',
  (t) => ({
    customer: t.prismaField({
      type: Customer,
      nullable: true,
      description: 'The customer as it is now: DELETING, later DELETED. Null when there is none.',
      resolve: (query, { value }, _args, context) => findCustomer(context, query, value?.customerId),
    }),
    operation: t.prismaField({
      type: ProvisioningOperation,
      nullable: true,
      description:
        'The work that was accepted, to be followed by Subscription.operationUpdated; null when it was refused.',
      resolve: (query, { value }, _args, context) => findOperation(context, query, value?.operationId),
    }),
  }),
);

builder.mutationField('detachCustomer', (t) =>
  t.field({
    type: DetachCustomerPayload,
    nullable: true,
    description:
      'Takes the wholesale services away from a customer, with all its packages, users and phone numbers. The organisation itself lives on; the customer stays readable as DELETED, and its external id may be used again.',
    authScopes: { provision: true },
    args: { input: t.arg({ type: DetachCustomerInput, required: true, description: inputDescription }) },
    resolve: (_root, { input }, context) =>
      detachCustomer(context.domain, viewerOf(context), { ...input, customerId: rowId('Customer', input.customerId) }),
  }),
);
