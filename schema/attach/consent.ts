// Consent of an existing organisation's administrator.

import { builder } from '../builder.ts';
import { viewerOf } from '../context.ts';
import { openEnum } from '../shared/open-enum.ts';

export const ConsentReason = builder.enumType('ConsentReason', {
  description: openEnum(
    'Why consent is needed. Any one of them is enough, for an organisation that no wholesale partner manages yet.',
  ),
  values: {
    HUNDRED_OR_MORE_USERS: { description: 'The organisation has 100 users or more.' },
    VERIFIED_DOMAIN: { description: 'It has proved that it owns an e-mail domain.' },
    CLAIMED_DOMAIN: { description: 'It has claimed an e-mail domain: nobody else may have users there.' },
  },
});

const ConsentStatus = builder.enumType('ConsentStatus', {
  description: openEnum('Where a request for consent stands.'),
  values: {
    PENDING: { description: 'Asked; nobody has answered yet.' },
    APPROVED: { description: 'An administrator agreed, and provisioning goes on.' },
    DECLINED: { description: 'An administrator refused.' },
    EXPIRED: { description: 'Nobody answered in time.' },
  },
});

export const AttachConsent = builder.prismaNode('AttachConsent', {
  description:
    "A request, sent by mail, that an existing organisation's administrator allow the partner to add wholesale services.",
  id: { field: 'id' },
  findUnique: (id, context) => ({ id, partnerId: viewerOf(context).partnerId }),
  nullable: true,
  select: { id: true },
  fields: (t) => ({
    status: t.expose('status', { type: ConsentStatus, description: 'Whether it was answered, and how.' }),
    reasons: t.expose('reasons', { type: [ConsentReason], description: 'Why it had to be asked for.' }),
    sentTo: t.exposeStringList('sentTo', {
      description: 'E-mail addresses: the named administrator and up to five others of the organisation.',
    }),
    requestedAt: t.expose('requestedAt', { type: 'DateTime', description: 'When the mails were ordered.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'Until when it can be answered.' }),
    decidedAt: t.expose('decidedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was answered or expired; null while PENDING.',
    }),
  }),
});
