// Requests for Cisco's onboarding service.

import { builder } from '../builder.ts';
import { viewerOf } from '../context.ts';
import { openEnum } from '../shared/open-enum.ts';

const SetupAssistSku = builder.enumType('SetupAssistSku', {
  description: openEnum('Which of the two services; the number of users at the location decides.'),
  values: {
    EXPRESS: {
      description:
        'For locations of up to 25 users: guidance, with a chat during the first ten days. The line between the two is ours, not published by Cisco.',
    },
    STANDARD: { description: 'For locations of more than 25 users: a team that does the onboarding.' },
  },
});

export const SetupAssistRequest = builder.prismaNode('SetupAssistRequest', {
  description:
    "A request that Cisco's Setup Assist team help to bring a location into use. Optional and billed; it appears in the billing report by itself.",
  id: { field: 'id' },
  findUnique: (id, context) => ({ id, partnerId: viewerOf(context).partnerId }),
  nullable: true,
  select: { id: true },
  fields: (t) => ({
    customer: t.relation('customer', { description: 'Who is helped.' }),
    location: t.relation('location', { description: 'The one site that the service is ordered for.' }),
    sku: t.expose('sku', { type: SetupAssistSku, description: 'Which service was ordered.' }),
    contactEmail: t.exposeString('contactEmail', { description: 'Whom the team writes to.' }),
    notes: t.exposeString('notes', { nullable: true, description: 'What the team was told; null when nothing.' }),
    requestedAt: t.expose('requestedAt', { type: 'DateTime', description: 'When it was ordered.' }),
  }),
});
