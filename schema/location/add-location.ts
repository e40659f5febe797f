// Mutation.addLocation

import { addLocation } from '../../src/domain/location/add-location.ts';
import type { AddLocationOutcome } from '../../src/domain/location/add-location.ts';
import { builder } from '../builder.ts';
import { viewerOf } from '../context.ts';
import { findOperation, ProvisioningOperation } from '../operation/operation.ts';
import { LocationInput } from '../shared/address.ts';
import { rowId } from '../shared/global-id.ts';
import { idempotencyKeyDescription, inputDescription } from '../shared/input.ts';
import { payloadType } from '../shared/payload.ts';
import { Location } from './location.ts';

const AddLocationInput = builder.inputType('AddLocationInput', {
  description: 'One further location of a customer.',
  fields: (t) => ({
    idempotencyKey: t.string({ required: true, description: idempotencyKeyDescription }),
    customerId: t.id({ required: true, description: 'Whose location it is; a customer that is provisioned.' }),
    location: t.field({
      type: LocationInput,
      required: true,
      description: 'Where it is. State and postal code are required, whatever the country.',
    }),
  }),
});

const AddLocationPayload = payloadType<AddLocationOutcome>(
  'AddLocationPayload',
  'The answer to adding a location.',
  (t) => ({
    location: t.prismaField({
      type: Location,
      nullable: true,
      description: 'The location that was accepted; it cannot be used yet. Null when it was refused.',
      resolve: (query, { value }, _args, context) =>
        value &&
        context.domain.database.location.findFirst({
          ...query,
          where: { id: value.locationId, partnerId: viewerOf(context).partnerId },
        }),
    }),
    operation: t.prismaField({
      type: ProvisioningOperation,
      nullable: true,
      description:
        'The work that was accepted, to be followed by Subscription.operationUpdated; null when nothing was accepted.',
      resolve: (query, { value }, _args, context) => findOperation(context, query, value?.operationId),
    }),
  }),
);

builder.mutationField('addLocation', (t) =>
  t.field({
    type: AddLocationPayload,
    nullable: true,
    description:
      "Adds a branch to a customer without the wizard, also to the partner's own organisation. It is accepted at once and created asynchronously.",
    authScopes: { provision: true },
    args: { input: t.arg({ type: AddLocationInput, required: true, description: inputDescription }) },
    resolve: (_root, { input }, context) =>
      addLocation(context.domain, viewerOf(context), { ...input, customerId: rowId('Customer', input.customerId) }),
  }),
);
