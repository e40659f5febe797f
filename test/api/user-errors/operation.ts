// What operations are refused, and what is told of a platform that refuses or cannot be reached while a person waits.

import { randomUUID } from 'node:crypto';
import * as documents from '../../generated/graphql.ts';
import { accepted, present, untilEnded } from '../../support/story.ts';
import { waitFor } from '../../support/wait-for.ts';
import type { Refusals, World } from './world.ts';

/** A user who was mailed, whose operation waits for the answer and cannot look for it. */
async function awaitConsent({ api, gateway, provisionUser }: World, email: string) {
  const { user, operation } = accepted(
    await provisionUser({ email, extension: String(Math.floor(Math.random() * 1e6) + 1e6) }),
  );
  const operationId = present(operation).id;
  for await (const { operationUpdated } of api.subscribe(documents.OperationUpdatedDocument, { operationId })) {
    if (operationUpdated.operation.nextAction === 'OBTAIN_USER_CONSENT') break;
  }
  await gateway.sandbox.setFaults([{ method: 'GET', path: '/wholesale/subscribers', kind: 'unavailable' }]);
  return { userId: present(user).id, operationId };
}

export const operationRefusals = {
  OPERATION_NOT_RETRYABLE: {
    path: 'operationId',
    async ask({ api, customer }) {
      const input = { operationId: customer.operation.id };
      return (await api.run(documents.RetryOperationDocument, { input })).retryOperation;
    },
  },
  OPERATION_NOT_CANCELLABLE: {
    path: 'operationId',
    async ask({ api, customer }) {
      const input = { operationId: customer.operation.id };
      return (await api.run(documents.CancelOperationDocument, { input })).cancelOperation;
    },
  },
  PLATFORM_REJECTED: {
    path: 'userId',
    async ask(world) {
      const { api, gateway } = world;
      const email = `${randomUUID()}@consumer.example`;
      const { userId, operationId } = await awaitConsent(world, email);
      const token = await waitFor(async () => (await gateway.sandbox.mails(email))[0]?.consentToken);
      await gateway.sandbox.answer(token, 'APPROVE');
      const { resendUserConsent } = await api.run(documents.ResendUserConsentDocument, { input: { userId } });
      await gateway.sandbox.setFaults([]);
      await untilEnded(api, operationId);
      return resendUserConsent;
    },
  },
  PLATFORM_UNAVAILABLE: {
    path: 'adminEmail',
    async ask({ api, gateway }) {
      await gateway.sandbox.setFaults([{ path: '/sandbox/organizations', kind: 'unavailable' }]);
      const input = { adminEmail: 'owner@unreachable.example' };
      const { startCustomerDraft } = await api.run(documents.StartCustomerDraftDocument, { input });
      await gateway.sandbox.setFaults([]);
      return startCustomerDraft;
    },
  },
} satisfies Refusals;
