// Locations of customers.

import { parseErrors } from '../../src/domain/operation/provisioning-error.ts';
import { builder } from '../builder.ts';
import { viewerOf } from '../context.ts';
import { Address } from '../shared/address.ts';
import { rowsOf, totalCountDescription } from '../shared/connection.ts';
import { openEnum } from '../shared/open-enum.ts';
import { ProvisioningError } from '../shared/provisioning-error.ts';

const LocationKind = builder.enumType('LocationKind', {
  description: openEnum('What a location is to its customer.'),
  values: {
    HEADQUARTERS: { description: 'The first location, given when the customer was created; there is one at most.' },
    BRANCH: { description: 'Any further location.' },
  },
});

const LocationStatus = builder.enumType('LocationStatus', {
  description: openEnum('Where a location stands.'),
  values: {
    PENDING: { description: 'Waiting for its turn in an operation.' },
    PROVISIONING: { description: 'The platform is creating it.' },
    PROVISIONED: { description: 'Users and phone numbers can be there.' },
    ERROR: { description: 'It could not be created: see `errors`.' },
  },
});

export const Location = builder.prismaNode('Location', {
  description:
    'A site of a customer where people work and phones ring. Phone numbers belong to it, and emergency calls are sent out with its address.',
  id: { field: 'id' },
  findUnique: (id, context) => ({ id, partnerId: viewerOf(context).partnerId }),
  nullable: true,
  select: { id: true },
  fields: (t) => ({
    customer: t.relation('customer', { description: 'Whose site it is.' }),
    kind: t.expose('kind', { type: LocationKind, description: 'Headquarters or branch.' }),
    status: t.expose('status', { type: LocationStatus, description: 'Whether it can be used yet.' }),
    name: t.exposeString('name', { description: 'Unique within the customer, regardless of case.' }),
    address: t.field({
      type: Address,
      description: 'Where it is.',
      select: {
        addressLine1: true,
        addressLine2: true,
        city: true,
        stateOrProvince: true,
        zipOrPostalCode: true,
        countryCode: true,
      },
      resolve: (location) => location,
    }),
    timeZone: t.exposeString('timeZone', { description: 'IANA name, such as America/New_York.' }),
    language: t.exposeString('language', {
      description: 'Of mails and, unless said otherwise, of voice prompts: such as en_us.',
    }),
    announcementLanguage: t.exposeString('announcementLanguage', {
      nullable: true,
      description: 'Of voice prompts; null: as `language`.',
    }),
    emergencyLocationIdentifier: t.exposeString('emergencyLocationIdentifier', {
      nullable: true,
      description: 'Sent along with emergency calls (in a SIP header); null when none was given.',
    }),
    errors: t.field({
      type: [ProvisioningError],
      description: 'What went wrong in the last attempt to create it; empty when nothing did.',
      select: { errors: true },
      resolve: ({ errors }) => parseErrors(errors),
    }),
    vanishedAt: t.expose('vanishedAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'When the platform was found not to have the location any more, though nobody here has removed it; null while it is there.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was accepted here.' }),
  }),
});

export const LocationConnection = builder.connectionObject(
  {
    type: Location,
    name: 'LocationConnection',
    description: 'A page of locations.',
    extensions: rowsOf('Location'),
    fields: (t) => ({
      totalCount: t.int({ description: totalCountDescription, resolve: ({ totalCount }) => totalCount() }),
    }),
  },
  { name: 'LocationEdge', description: 'A location and its place in the list.' },
);
