// Mutation.updateCustomer

import { updateCustomer } from '../../src/domain/customer/update-customer.ts';
import type { UpdateCustomerOutcome } from '../../src/domain/customer/update-customer.ts';
import { builder } from '../builder.ts';
import { PackageSelectionInput } from '../catalogue/package-offering.ts';
import { viewerOf } from '../context.ts';
import { findOperation, ProvisioningOperation } from '../operation/operation.ts';
import { AddressInput, LocationInput } from '../shared/address.ts';
import { rowId } from '../shared/global-id.ts';
import { idempotencyKeyDescription, inputDescription, validateOnlyDescription } from '../shared/input.ts';
import { payloadType } from '../shared/payload.ts';
import { Warning } from '../shared/warning.ts';
import { Customer, findCustomer } from './customer.ts';

const UpdateCustomerInput = builder.inputType('UpdateCustomerInput', {
  description: 'What to change about a customer. What is left out or null stays as it is.',
  fields: (t) => ({
    idempotencyKey: t.string({ required: true, description: idempotencyKeyDescription }),
    customerId: t.id({
      required: true,
      description: 'A customer that is PROVISIONED or PROVISIONED_WITH_ERRORS, without an operation under way.',
    }),
    packages: t.field({
      type: [PackageSelectionInput],
      description:
        'The complete list: what is missing from it is removed, and its limits replace those of before. A package that users have cannot be removed.',
    }),
    externalId: t.string({
      description: 'Your own key for the customer, unique among your customers; at most 255 characters.',
    }),
    billingAddress: t.field({ type: AddressInput, description: 'Where bills go from now on.' }),
    headquarters: t.field({
      type: LocationInput,
      description: 'Required with the first calling package of a customer that has no headquarters; refused otherwise.',
    }),
    validateOnly: t.boolean({ defaultValue: false, description: validateOnlyDescription }),
  }),
});

const UpdateCustomerPayload = payloadType<UpdateCustomerOutcome>(
  'UpdateCustomerPayload',
  'The answer to changing a customer.',
  (t) => ({
    customer: t.prismaField({
      type: Customer,
      nullable: true,
      description: 'The customer as it is now: UPDATING when the change was accepted. Null when there is none.',
      resolve: (query, { value }, _args, context) => findCustomer(context, query, value?.customerId),
    }),
    operation: t.prismaField({
      type: ProvisioningOperation,
      nullable: true,
      description:
        'The work that was accepted, to be followed by Subscription.operationUpdated; null when it was refused or only validated.',
      resolve: (query, { value }, _args, context) => findOperation(context, query, value?.operationId),
    }),
    warnings: t.field({
      type: [Warning],
      description: 'What is worth knowing about the change; none of it stood in the way.',
      resolve: ({ value }) => value?.warnings ?? [],
    }),
  }),
);

builder.mutationField('updateCustomer', (t) =>
  t.field({
    type: UpdateCustomerPayload,
    nullable: true,
    description:
      "Changes a customer's packages and their limits, its external id or its billing address. It is accepted at once and carried out asynchronously.",
    authScopes: { provision: true },
    args: { input: t.arg({ type: UpdateCustomerInput, required: true, description: inputDescription }) },
    resolve: (_root, { input }, context) =>
      updateCustomer(context.domain, viewerOf(context), { ...input, customerId: rowId('Customer', input.customerId) }),
  }),
);
