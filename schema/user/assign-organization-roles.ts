// Mutation.assignOrganizationRoles

import { assignOrganizationRoles } from '../../src/domain/user/assign-roles.ts';
import type { UserWork } from '../../src/domain/user/remove-user.ts';
import { builder } from '../builder.ts';
import { viewerOf } from '../context.ts';
import { rowId } from '../shared/global-id.ts';
import { idempotencyKeyDescription, inputDescription } from '../shared/input.ts';
import { OrganizationRole } from './user.ts';
import { userWorkPayload } from './user-work-payload.ts';

const AssignOrganizationRolesInput = builder.inputType('AssignOrganizationRolesInput', {
  description: 'Who may administer what.',
  fields: (t) => ({
    idempotencyKey: t.string({ required: true, description: idempotencyKeyDescription }),
    userId: t.id({ required: true, description: 'A user that is PROVISIONED.' }),
    roles: t.field({
      type: [OrganizationRole],
      required: true,
      description: 'All roles that the user is to have, each once; empty: none. Those not named here are taken away.',
    }),
  }),
});

const AssignOrganizationRolesPayload = userWorkPayload<UserWork>(
  'AssignOrganizationRolesPayload',
  'The answer to assigning roles.',
  'The user; the roles are the old ones until the platform has assigned the new ones. Null when there is none.',
);

builder.mutationField('assignOrganizationRoles', (t) =>
  t.field({
    type: AssignOrganizationRolesPayload,
    nullable: true,
    description:
      "Replaces a user's roles in the customer's own Control Hub. It is accepted at once and carried out asynchronously; it can take up to ten minutes to be felt.",
    authScopes: { provision: true },
    args: { input: t.arg({ type: AssignOrganizationRolesInput, required: true, description: inputDescription }) },
    resolve: (_root, { input }, context) =>
      assignOrganizationRoles(context.domain, viewerOf(context), { ...input, userId: rowId('User', input.userId) }),
  }),
);
