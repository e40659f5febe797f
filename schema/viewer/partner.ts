// The partner organisation: who sells, and what its templates can refer to.

import { builder } from '../builder.ts';
import { DataRegion } from '../catalogue/country.ts';
import { viewerOf } from '../context.ts';
import { unusedUuid } from '../shared/global-id.ts';

builder.prismaNode('Partner', {
  description:
    'A service provider that sells Webex to its customers in its own name. You only ever see your own; everything else here belongs to it.',
  id: { field: 'id' },
  findUnique: (id, context) => ({ id: id === viewerOf(context).partnerId ? id : unusedUuid }),
  nullable: true,
  select: { id: true },
  fields: (t) => ({
    name: t.exposeString('name', { description: 'As it appears to its own people.' }),
    dataRegion: t.expose('dataRegion', {
      type: DataRegion,
      description: "Where the partner's own data is kept. Its customers may live in any region.",
    }),
    serviceProviderAdmins: t.relation('serviceProviderAdmins', {
      description: 'The people that a template can name as responsible, by name.',
      query: { orderBy: [{ name: 'asc' }, { id: 'asc' }] },
    }),
    subPartners: t.relation('subPartners', {
      description:
        'The resellers below the partner, as the platform tells of them; a customer can be provisioned on behalf of one. In the order of their organisations.',
      query: { where: { vanishedAt: null }, orderBy: [{ organizationId: 'asc' }] },
    }),
    wholesaleSubscriptions: t.relation('wholesaleSubscriptions', {
      description: 'The contracts that a template can bill to, by name.',
      query: { orderBy: [{ name: 'asc' }, { id: 'asc' }] },
    }),
  }),
});

builder.prismaNode('ServiceProviderAdmin', {
  description: "A person on the partner's side who is responsible for the customers made with a template.",
  id: { field: 'id' },
  findUnique: (id, context) => ({ id, partnerId: viewerOf(context).partnerId }),
  nullable: true,
  select: { id: true },
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Full name, for people.' }),
    email: t.exposeString('email', { description: 'Unique within the partner.' }),
  }),
});

builder.prismaNode('WholesaleSubscription', {
  description: 'A contract between the partner and Cisco that usage is billed to.',
  id: { field: 'id' },
  findUnique: (id, context) => ({ id, partnerId: viewerOf(context).partnerId }),
  nullable: true,
  select: { id: true },
  fields: (t) => ({
    name: t.exposeString('name', { description: 'What the partner calls it.' }),
    number: t.exposeString('number', { description: "Cisco's number of the contract, such as Sub100001." }),
  }),
});
