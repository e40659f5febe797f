// Mutation.submitCustomerDraft

import { submitCustomerDraft } from '../../src/domain/customer/submit-draft.ts';
import type { SubmitCustomerOutcome } from '../../src/domain/customer/submit-draft.ts';
import { builder } from '../builder.ts';
import { viewerOf } from '../context.ts';
import { findOperation, ProvisioningOperation } from '../operation/operation.ts';
import { draftFields, inputDescription, withDraftRow } from '../shared/input.ts';
import { draftDescription, payloadType } from '../shared/payload.ts';
import { CustomerDraft, findCustomerDraft } from './customer-draft.ts';
import { Customer, findCustomer } from './customer.ts';

const SubmitCustomerDraftInput = builder.inputType('SubmitCustomerDraftInput', {
  description: 'Which customer to create.',
  fields: (t) => draftFields(t),
});

const SubmitCustomerDraftPayload = payloadType<SubmitCustomerOutcome>(
  'SubmitCustomerDraftPayload',
  'The answer to submitting a customer.',
  (t) => ({
    draft: t.prismaField({
      type: CustomerDraft,
      nullable: true,
      description: draftDescription,
      resolve: (query, { value }, _args, context) => findCustomerDraft(context, query, value?.draftId),
    }),
    customer: t.prismaField({
      type: Customer,
      nullable: true,
      description: 'The customer that was accepted; it is not provisioned yet. Null when it was refused.',
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

builder.mutationField('submitCustomerDraft', (t) =>
  t.field({
    type: SubmitCustomerDraftPayload,
    nullable: true,
    description:
      'Ends the customer wizard: accepts the customer and the operation that creates it, or attaches it to the chosen organisation. Attaching may first ask the administrator of that organisation by mail.',
    authScopes: { provision: true },
    args: { input: t.arg({ type: SubmitCustomerDraftInput, required: true, description: inputDescription }) },
    resolve: (_root, { input }, context) =>
      submitCustomerDraft(context.domain, viewerOf(context), withDraftRow('CustomerDraft', input)),
  }),
);
