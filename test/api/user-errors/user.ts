// What provisioning and changing a user is refused for.

import { randomUUID } from 'node:crypto';
import * as documents from '../../generated/graphql.ts';
import { accepted, present, untilEnded } from '../../support/story.ts';
import type { Refusals, World } from './world.ts';

async function update({ api }: World, userId: string) {
  const input = { idempotencyKey: randomUUID(), userId, package: 'WEBEX_SUITE' } as const;
  return (await api.run(documents.UpdateUserDocument, { input })).updateUser;
}

export const userRefusals = {
  EMAIL_TAKEN: {
    path: 'email',
    ask: ({ user, provisionUser }) => provisionUser({ email: user.email.toUpperCase(), extension: '4001' }),
  },
  PACKAGE_NOT_ASSIGNABLE: {
    path: 'package',
    ask: ({ provisionUser }) => provisionUser({ package: 'COMMON_AREA_CALLING', extension: '4001' }),
  },
  PACKAGE_NOT_IN_CUSTOMER: {
    path: 'package',
    ask: ({ provisionUser }) => provisionUser({ package: 'CX_ESSENTIALS', extension: '4001' }),
  },
  PACKAGE_LIMIT_EXCEEDED: {
    path: 'package',
    ask: ({ provisionUser }) => provisionUser({ package: 'WEBEX_VOICE', extension: '4001' }),
  },
  ADMIN_PACKAGE_DOWNGRADE: {
    path: 'package',
    ask: ({ adminEmail, provisionUser }) => provisionUser({ email: adminEmail, package: 'WEBEX_MEETINGS' }),
  },
  NUMBER_OR_EXTENSION_REQUIRED: {
    path: 'phoneNumber',
    ask: ({ provisionUser }) => provisionUser(),
  },
  NUMBER_NOT_ALLOWED: {
    path: 'phoneNumber',
    ask: ({ provisionUser }) => provisionUser({ package: 'WEBEX_MEETINGS', phoneNumber: '+12175554001' }),
  },
  NUMBER_UNAVAILABLE: {
    path: 'phoneNumber',
    ask: ({ user, provisionUser }) => provisionUser({ phoneNumber: user.phoneNumber }),
  },
  EXTENSION_RESERVED: {
    path: 'extension',
    ask: ({ provisionUser }) => provisionUser({ extension: '911' }),
  },
  EXTENSION_TAKEN: {
    path: 'extension',
    ask: ({ user, provisionUser }) => provisionUser({ extension: user.extension }),
  },
  USER_NOT_PROVISIONED: {
    path: 'userId',
    async ask(world) {
      const { id } = await world.addUser({ email: 'taken@existing.example', extension: '4002' });
      return update(world, id);
    },
  },
  USER_BUSY: {
    path: 'userId',
    async ask(world) {
      const { api, gateway, provisionUser } = world;
      await gateway.sandbox.setFaults([{ method: 'POST', path: '/wholesale/subscribers', kind: 'unavailable' }]);
      const { user, operation } = accepted(await provisionUser({ extension: '4003' }));
      const refused = await update(world, present(user).id);
      await gateway.sandbox.setFaults([]);
      await untilEnded(api, present(operation).id);
      return refused;
    },
  },
  USER_NOT_AWAITING_CONSENT: {
    path: 'userId',
    async ask({ api, user }) {
      const input = { userId: user.id };
      return (await api.run(documents.ResendUserConsentDocument, { input })).resendUserConsent;
    },
  },
} satisfies Refusals;
