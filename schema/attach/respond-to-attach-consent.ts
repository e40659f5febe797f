// Mutation.respondToAttachConsent

import { respondToAttachConsent } from '../../src/domain/customer/respond-to-consent.ts';
import type { ConsentOutcome } from '../../src/domain/customer/respond-to-consent.ts';
import { builder } from '../builder.ts';
import { viewerOf } from '../context.ts';
import { inputDescription } from '../shared/input.ts';
import { payloadType } from '../shared/payload.ts';
import { AttachConsent, findConsent } from './consent.ts';

const ConsentDecision = builder.enumType('ConsentDecision', {
  description: 'How a consent mail is answered.',
  values: {
    APPROVE: { description: 'The partner may add its services.' },
    DECLINE: { description: 'It may not.' },
  },
});

const RespondToAttachConsentInput = builder.inputType('RespondToAttachConsentInput', {
  description: 'The answer to a consent mail.',
  fields: (t) => ({
    token: t.string({ required: true, description: 'From the mail: SandboxMail.consentToken.' }),
    decision: t.field({ type: ConsentDecision, required: true, description: 'The answer; it is final.' }),
  }),
});

const RespondToAttachConsentPayload = payloadType<ConsentOutcome>(
  'RespondToAttachConsentPayload',
  'The answer to answering a consent mail.',
  (t) => ({
    consent: t.prismaField({
      type: AttachConsent,
      nullable: true,
      description:
        "The consent that was answered. It may still be PENDING here: its operation takes the answer up in a moment, and Subscription.customerUpdated tells. Null when it was a user's consent to move, or there was none.",
      resolve: (query, { value }, _args, context) => findConsent(context, query, value?.consentId),
    }),
  }),
);

builder.mutationField('respondToAttachConsent', (t) =>
  t.field({
    type: RespondToAttachConsentPayload,
    nullable: true,
    description:
      'Answers a consent mail in the place of the person it was sent to, where the platform allows that (PlatformInfo.carriesConsentAnswers). Answers the mail that asks a user to move as well. What waits for the answer goes on at once.',
    authScopes: { provision: true },
    args: { input: t.arg({ type: RespondToAttachConsentInput, required: true, description: inputDescription }) },
    resolve: (_root, { input }, context) => respondToAttachConsent(context.domain, viewerOf(context), input),
  }),
);
