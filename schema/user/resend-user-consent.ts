// Mutation.resendUserConsent

import { resendUserConsent } from '../../src/domain/user/resend-consent.ts';
import type { ResendUserConsentOutcome } from '../../src/domain/user/resend-consent.ts';
import { builder } from '../builder.ts';
import { viewerOf } from '../context.ts';
import { rowId } from '../shared/global-id.ts';
import { inputDescription } from '../shared/input.ts';
import { payloadType } from '../shared/payload.ts';
import { findUser, User } from './user.ts';

const ResendUserConsentInput = builder.inputType('ResendUserConsentInput', {
  description: 'Whom to ask again.',
  fields: (t) => ({ userId: t.id({ required: true, description: 'A user that is AWAITING_USER_CONSENT.' }) }),
});

const ResendUserConsentPayload = payloadType<ResendUserConsentOutcome>(
  'ResendUserConsentPayload',
  'The answer to asking a user again.',
  (t) => ({
    user: t.prismaField({
      type: User,
      nullable: true,
      description: 'The user, who still has to answer the mail. Null when there is none.',
      resolve: (query, { value }, _args, context) => findUser(context, query, value?.userId),
    }),
  }),
);

builder.mutationField('resendUserConsent', (t) =>
  t.field({
    type: ResendUserConsentPayload,
    nullable: true,
    description:
      'Has the platform send the mail once more that asks a user to move a free Webex account. Done when this answers; each call sends a mail.',
    authScopes: { provision: true },
    args: { input: t.arg({ type: ResendUserConsentInput, required: true, description: inputDescription }) },
    resolve: (_root, { input }, context) =>
      resendUserConsent(context.domain, viewerOf(context), { userId: rowId('User', input.userId) }),
  }),
);
