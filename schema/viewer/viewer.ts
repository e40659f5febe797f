// Who is asking.

import type { Viewer as DomainViewer } from '../../src/domain/viewer.ts';
import { builder } from '../builder.ts';
import { openEnum } from '../shared/open-enum.ts';

const PartnerRole = builder.enumType('PartnerRole', {
  description: openEnum('What somebody may do for the partner.'),
  values: {
    FULL_ADMIN: { description: 'Everything, onboarding templates included.' },
    PROVISIONING_ADMIN: { description: 'Create, set up and change customers; templates can be read, not changed.' },
    READ_ONLY_ADMIN: { description: 'Look at everything, change nothing.' },
  },
});

const Viewer = builder.objectRef<DomainViewer>('Viewer').implement({
  description: 'Whoever the access token of this request was issued to.',
  fields: (t) => ({
    partner: t.prismaField({
      type: 'Partner',
      description: 'The organisation that everything in this API is limited to.',
      resolve: (query, { partnerId }, _args, { domain }) =>
        domain.database.partner.findUniqueOrThrow({ ...query, where: { id: partnerId } }),
    }),
    subject: t.exposeString('subject', {
      description: 'Names the person or program in the identity provider; never changes.',
    }),
    email: t.exposeString('email', {
      nullable: true,
      description: 'Null for programs, and where the token does not tell.',
    }),
    roles: t.field({
      type: [PartnerRole],
      description: 'What may be done with this token; a request beyond them is refused with FORBIDDEN.',
      resolve: ({ roles }) => roles,
    }),
    scopes: t.stringList({ description: 'The OAuth scopes that were granted.', resolve: ({ scopes }) => scopes }),
  }),
});

builder.queryField('viewer', (t) =>
  t.field({
    type: Viewer,
    nullable: true,
    description: 'Who you are to this API, and what you may do.',
    resolve: (_root, _args, { viewer }) => viewer,
  }),
);
