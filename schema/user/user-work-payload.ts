// What the mutations answer that accept work on one user.

import { findOperation, ProvisioningOperation } from '../operation/operation.ts';
import { payloadType } from '../shared/payload.ts';
import { findUser, User } from './user.ts';

interface UserWork {
  readonly userId: string | null;
  readonly operationId: string | null;
}

export function userWorkPayload<Work extends UserWork>(name: string, description: string, userDescription: string) {
  return payloadType<Work>(name, description, (t) => ({
    user: t.prismaField({
      type: User,
      nullable: true,
      description: userDescription,
      resolve: (query, { value }, _args, context) => findUser(context, query, value?.userId),
    }),
    operation: t.prismaField({
      type: ProvisioningOperation,
      nullable: true,
      description:
        'The work that was accepted, to be followed by Subscription.operationUpdated; null when nothing was accepted.',
      resolve: (query, { value }, _args, context) => findOperation(context, query, value?.operationId),
    }),
  }));
}
