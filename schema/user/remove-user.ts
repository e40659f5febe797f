// Mutation.removeUser

import { removeUser } from '../../src/domain/user/remove-user.ts';
import type { UserWork } from '../../src/domain/user/remove-user.ts';
import { builder } from '../builder.ts';
import { viewerOf } from '../context.ts';
import { rowId } from '../shared/global-id.ts';
import { idempotencyKeyDescription, inputDescription } from '../shared/input.ts';
import { userWorkPayload } from './user-work-payload.ts';

const RemoveUserInput = builder.inputType('RemoveUserInput', {
  description: 'Who is to be removed.',
  fields: (t) => ({
    idempotencyKey: t.string({ required: true, description: idempotencyKeyDescription }),
    userId: t.id({ required: true, description: 'A user that nothing else is done to at the moment.' }),
  }),
});

const RemoveUserPayload = userWorkPayload<UserWork>(
  'RemoveUserPayload',
  'The answer to removing a user.',
  'The user, DELETING until the platform has removed it. Null when there is none, or none any more.',
);

builder.mutationField('removeUser', (t) =>
  t.field({
    type: RemoveUserPayload,
    nullable: true,
    description:
      "Takes the package away from a user, who then disappears from the customer; the person's Webex account stays in the organisation, and the phone number becomes free. It is accepted at once and carried out asynchronously.",
    authScopes: { provision: true },
    args: { input: t.arg({ type: RemoveUserInput, required: true, description: inputDescription }) },
    resolve: (_root, { input }, context) =>
      removeUser(context.domain, viewerOf(context), { ...input, userId: rowId('User', input.userId) }),
  }),
);
