// Mutation.provisionCustomer

import { provisionCustomer } from '../../src/domain/customer/provision-customer.ts';
import type { ProvisionCustomerOutcome } from '../../src/domain/customer/provision-customer.ts';
import { builder } from '../builder.ts';
import { PackageSelectionInput } from '../catalogue/package-offering.ts';
import { viewerOf } from '../context.ts';
import { findOperation, ProvisioningOperation } from '../operation/operation.ts';
import { AddressInput, LocationInput } from '../shared/address.ts';
import { optionalRowId } from '../shared/global-id.ts';
import {
  idempotencyKeyDescription,
  inputDescription,
  subPartnerDescription,
  validateOnlyDescription,
} from '../shared/input.ts';
import { payloadType } from '../shared/payload.ts';
import { Warning } from '../shared/warning.ts';
import { Customer, findCustomer } from './customer.ts';

const CustomerInformationInput = builder.inputType('CustomerInformationInput', {
  description: 'Who a new customer is.',
  fields: (t) => ({
    companyName: t.string({ required: true, description: 'At most 256 characters, without %.' }),
    adminEmail: t.string({
      required: true,
      description: "The customer's administrator, who becomes the first full administrator of the new organisation.",
    }),
    language: t.string({
      description: "Of mails to the customer, such as en_us. Left out or null: the platform's default.",
    }),
  }),
});

const ProvisionCustomerInput = builder.inputType('ProvisionCustomerInput', {
  description: 'Everything about a customer in one go.',
  fields: (t) => ({
    idempotencyKey: t.string({ required: true, description: idempotencyKeyDescription }),
    provisioningId: t.string({
      required: true,
      description: 'OnboardingTemplate.provisioningId of an ACTIVE template of yours.',
    }),
    externalId: t.string({
      required: true,
      description: 'Your own key for the customer, unique among your customers; at most 255 characters.',
    }),
    packages: t.field({
      type: [PackageSelectionInput],
      required: true,
      description: 'What the customer gets, at least one.',
    }),
    billingAddress: t.field({ type: AddressInput, required: true, description: 'Where bills go.' }),
    organizationId: t.string({
      description:
        'An existing organisation to attach to, by its id in Control Hub. Left out or null: a new organisation.',
    }),
    customerInformation: t.field({
      type: CustomerInformationInput,
      description: 'Required for a new organisation; an existing one keeps its name.',
    }),
    headquarters: t.field({ type: LocationInput, description: 'The first location; required with a calling package.' }),
    meetingsTimeZone: t.string({
      description: "IANA time zone of the meeting site; left out or null: the platform's default.",
    }),
    subPartnerId: t.id({ description: subPartnerDescription }),
    validateOnly: t.boolean({ defaultValue: false, description: validateOnlyDescription }),
  }),
});

const ProvisionCustomerPayload = payloadType<ProvisionCustomerOutcome>(
  'ProvisionCustomerPayload',
  'The answer to provisioning a customer without the wizard.',
  (t) => ({
    customer: t.prismaField({
      type: Customer,
      nullable: true,
      description:
        'The customer that was accepted; it is not provisioned yet. Null when it was refused or only validated.',
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
      description: 'What is worth knowing about the customer; none of it stood in the way.',
      resolve: ({ value }) => value?.warnings ?? [],
    }),
  }),
);

builder.mutationField('provisionCustomer', (t) =>
  t.field({
    type: ProvisionCustomerPayload,
    nullable: true,
    description:
      'Creates a customer, or attaches one to an existing organisation, without the wizard. It is accepted at once and provisioned asynchronously.',
    authScopes: { provision: true },
    args: { input: t.arg({ type: ProvisionCustomerInput, required: true, description: inputDescription }) },
    resolve: (_root, { input }, context) =>
      provisionCustomer(context.domain, viewerOf(context), {
        ...input,
        subPartnerId: optionalRowId('SubPartner', input.subPartnerId),
      }),
  }),
);
