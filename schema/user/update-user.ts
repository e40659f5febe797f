// Mutation.updateUser

import type { UserWork } from '../../src/domain/user/remove-user.ts';
import { updateUser } from '../../src/domain/user/update-user.ts';
import { builder } from '../builder.ts';
import { PackageCode } from '../catalogue/package-offering.ts';
import { viewerOf } from '../context.ts';
import { optionalRowId, rowId } from '../shared/global-id.ts';
import { idempotencyKeyDescription, inputDescription } from '../shared/input.ts';
import { userWorkPayload } from './user-work-payload.ts';

const UpdateUserInput = builder.inputType('UpdateUserInput', {
  description:
    'What is to be different about a user; what is left out stays. Location, number and extension can be given only with a change from a package without calling to one with it: Webex takes them at no other time.',
  fields: (t) => ({
    idempotencyKey: t.string({ required: true, description: idempotencyKeyDescription }),
    userId: t.id({ required: true, description: 'A user that is PROVISIONED, or whose last change failed.' }),
    package: t.field({
      type: PackageCode,
      description:
        "Another one of the customer's packages. An administrator of the customer cannot be given less than before.",
    }),
    locationId: t.id({
      description: 'Where the phone will ring. Left out: where the person is already, otherwise the headquarters.',
    }),
    phoneNumber: t.string({
      description: 'E.164: free at the location, or new to the partner; a new one is added to the location first.',
    }),
    extension: t.string({ description: '2 to 10 digits, unique in the customer.' }),
  }),
});

const UpdateUserPayload = userWorkPayload<UserWork>(
  'UpdateUserPayload',
  'The answer to changing a user.',
  'The user as it will be, UPDATING until the platform has changed it. Null when there is none.',
);

builder.mutationField('updateUser', (t) =>
  t.field({
    type: UpdateUserPayload,
    nullable: true,
    description:
      'Gives a user another package. It is accepted at once and carried out asynchronously; where the platform refuses, the user is what it was before, with the reason in `errors`. Going to a package without calling frees number and extension.',
    authScopes: { provision: true },
    args: { input: t.arg({ type: UpdateUserInput, required: true, description: inputDescription }) },
    resolve: (_root, { input }, context) =>
      updateUser(context.domain, viewerOf(context), {
        ...input,
        userId: rowId('User', input.userId),
        locationId: optionalRowId('Location', input.locationId),
      }),
  }),
);
