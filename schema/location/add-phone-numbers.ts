// Mutation.addPhoneNumbers

import { addPhoneNumbers } from '../../src/domain/phone-number/add-phone-numbers.ts';
import type { AddPhoneNumbersOutcome } from '../../src/domain/phone-number/add-phone-numbers.ts';
import { builder } from '../builder.ts';
import { viewerOf } from '../context.ts';
import { findOperation, ProvisioningOperation } from '../operation/operation.ts';
import { rowId } from '../shared/global-id.ts';
import { idempotencyKeyDescription, inputDescription } from '../shared/input.ts';
import { payloadType } from '../shared/payload.ts';
import { PhoneNumber } from './phone-number.ts';

const AddPhoneNumbersInput = builder.inputType('AddPhoneNumbersInput', {
  description: 'Phone numbers for one location.',
  fields: (t) => ({
    idempotencyKey: t.string({ required: true, description: idempotencyKeyDescription }),
    locationId: t.id({ required: true, description: 'Where calls to the numbers arrive.' }),
    numbers: t.stringList({
      required: true,
      description: 'In E.164 form, each once, 1 to 500 of them; none that one of your customers has already.',
    }),
  }),
});

const AddPhoneNumbersPayload = payloadType<AddPhoneNumbersOutcome>(
  'AddPhoneNumbersPayload',
  'The answer to adding phone numbers.',
  (t) => ({
    phoneNumbers: t.prismaField({
      type: [PhoneNumber],
      description: 'The numbers that were accepted, in your order; users can be given them. Empty when refused.',
      resolve: async (query, { value }, _args, context) => {
        if (!value) return [];
        const rows = await context.domain.database.phoneNumber.findMany({
          ...query,
          where: { id: { in: [...value.phoneNumberIds] }, partnerId: viewerOf(context).partnerId },
        });
        const byId = new Map(rows.map((row) => [row.id, row]));
        return value.phoneNumberIds.flatMap((id) => byId.get(id) ?? []);
      },
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

builder.mutationField('addPhoneNumbers', (t) =>
  t.field({
    type: AddPhoneNumbersPayload,
    nullable: true,
    description:
      'Adds phone numbers to a location, for users to come. It is accepted at once and carried out asynchronously; a number that the platform does not have ends as an error of the operation.',
    authScopes: { provision: true },
    args: { input: t.arg({ type: AddPhoneNumbersInput, required: true, description: inputDescription }) },
    resolve: (_root, { input }, context) =>
      addPhoneNumbers(context.domain, viewerOf(context), { ...input, locationId: rowId('Location', input.locationId) }),
  }),
);
