// Mutation.resendAttachConsent

import { resendAttachConsent } from '../../src/domain/customer/resend-consent.ts';
import type { ConsentOutcome } from '../../src/domain/customer/respond-to-consent.ts';
import { builder } from '../builder.ts';
import { viewerOf } from '../context.ts';
import { rowId } from '../shared/global-id.ts';
import { inputDescription } from '../shared/input.ts';
import { payloadType } from '../shared/payload.ts';
import { AttachConsent, findConsent } from './consent.ts';

const ResendAttachConsentInput = builder.inputType('ResendAttachConsentInput', {
  description: 'Whose consent mail to send again.',
  fields: (t) => ({
    customerId: t.id({ required: true, description: 'A customer that is AWAITING_CONSENT.' }),
  }),
});

const ResendAttachConsentPayload = payloadType<ConsentOutcome>(
  'ResendAttachConsentPayload',
  'The answer to sending a consent mail again.',
  (t) => ({
    consent: t.prismaField({
      type: AttachConsent,
      nullable: true,
      description: "The customer's consent as it is now; null when none was asked for.",
      resolve: (query, { value }, _args, context) => findConsent(context, query, value?.consentId),
    }),
  }),
);

builder.mutationField('resendAttachConsent', (t) =>
  t.field({
    type: ResendAttachConsentPayload,
    nullable: true,
    description:
      "Sends the mail that asks an existing organisation's administrators for consent once more. The time to answer is not prolonged.",
    authScopes: { provision: true },
    args: { input: t.arg({ type: ResendAttachConsentInput, required: true, description: inputDescription }) },
    resolve: (_root, { input }, context) =>
      resendAttachConsent(context.domain, viewerOf(context), { customerId: rowId('Customer', input.customerId) }),
  }),
);
