// Phone numbers of locations.

import { builder } from '../builder.ts';
import { viewerOf } from '../context.ts';
import { connectionOf, rowsOf, totalCountDescription } from '../shared/connection.ts';
import { countOf, fieldLoaders } from '../shared/field-loader.ts';
import { byCreation } from '../shared/order.ts';
import { readPage } from '../shared/page.ts';
import { Location } from './location.ts';

export const PhoneNumber = builder.prismaNode('PhoneNumber', {
  description: 'A number of the public telephone network that calls to a location arrive on.',
  id: { field: 'id' },
  findUnique: (id, context) => ({ id, partnerId: viewerOf(context).partnerId }),
  nullable: true,
  select: { id: true },
  fields: (t) => ({
    number: t.exposeString('number', { description: 'In E.164 form, such as +14155550100.' }),
    location: t.relation('location', { description: 'Where its calls arrive; only users there can have it.' }),
    user: t.relation('user', { nullable: true, description: 'Whose phone rings; null while nobody has it.' }),
    isMain: t.exposeBoolean('isMain', {
      description: "True: it is the location's main number and cannot be taken away from it.",
    }),
  }),
});

export const PhoneNumberConnection = builder.connectionObject(
  {
    type: PhoneNumber,
    name: 'PhoneNumberConnection',
    description: 'A page of phone numbers.',
    extensions: rowsOf('PhoneNumber'),
    fields: (t) => ({
      totalCount: t.int({ description: totalCountDescription, resolve: ({ totalCount }) => totalCount() }),
    }),
  },
  { name: 'PhoneNumberEdge', description: 'A phone number and its place in the list.' },
);

const numberCounts = fieldLoaders<string, number>();

builder.prismaObjectField(Location, 'phoneNumbers', (t) =>
  t.field({
    type: PhoneNumberConnection,
    description: 'The numbers whose calls arrive here, in the order they were added.',
    args: t.arg.connectionArgs(),
    select: (args, context, nestedSelection) => {
      const page = readPage(args, byCreation, 'asc');
      return {
        phoneNumbers: nestedSelection({
          where: { AND: [{ partnerId: viewerOf(context).partnerId }, ...page.where] },
          orderBy: page.orderBy,
          take: page.take,
          select: { id: true, createdAt: true },
        }),
      };
    },
    resolve: (location, args, context, info) =>
      connectionOf(readPage(args, byCreation, 'asc'), location.phoneNumbers, () =>
        numberCounts(context, info, async (locationIds) => {
          const counts = await context.domain.database.phoneNumber.groupBy({
            by: ['locationId'],
            where: { partnerId: viewerOf(context).partnerId, locationId: { in: [...locationIds] } },
            _count: { _all: true },
          });
          return countOf(counts.map(({ locationId, _count }) => [locationId, _count._all]));
        }).load(location.id),
      ),
  }),
);
