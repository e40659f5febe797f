// A reseller below the partner.

import { builder } from '../builder.ts';
import { viewerOf } from '../context.ts';
import { openEnum } from '../shared/open-enum.ts';

const SubPartnerState = builder.enumType('SubPartnerState', {
  description: openEnum('What a sub-partner may do.'),
  values: {
    ACTIVE: { description: 'Provision, change, detach and remove.' },
    SUSPENDED: { description: 'Only detach customers and remove users.' },
  },
});

export const SubPartner = builder.prismaNode('SubPartner', {
  description:
    'A reseller below the partner, with an organisation of its own. Cisco sets it up and suspends it; workers look at the platform for that when they start and at each comparison.',
  id: { field: 'id' },
  findUnique: (id, context) => ({ id, partnerId: viewerOf(context).partnerId }),
  nullable: true,
  select: { id: true },
  fields: (t) => ({
    organizationId: t.exposeString('organizationId', { description: "Its organisation's id at the platform." }),
    subscriptionNumber: t.exposeString('subscriptionNumber', {
      nullable: true,
      description: "Cisco's number of its contract, such as Sub23452345; null where the platform does not tell.",
    }),
    provisioningState: t.expose('provisioningState', {
      type: SubPartnerState,
      description: 'Whether more than taking away can be done on its behalf.',
    }),
    setUpAt: t.expose('setUpAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was set up at the platform; null where the platform does not tell.',
    }),
    billingStartDate: t.expose('billingStartDate', {
      type: 'DateTime',
      nullable: true,
      description: 'From when on its usage is billed; null where the platform does not tell.',
    }),
  }),
});
