// What a customer has many of: locations, users, operations. Each page is folded into the query that loads the customer.

import { builder } from '../builder.ts';
import { viewerOf } from '../context.ts';
import { LocationConnection } from '../location/location.ts';
import { ProvisioningOperationConnection } from '../operation/operation.ts';
import { connectionOf } from '../shared/connection.ts';
import { countOf, fieldLoaders } from '../shared/field-loader.ts';
import { byAcceptance, byCreation } from '../shared/order.ts';
import { readPage } from '../shared/page.ts';
import { UserFilter, userConditions } from '../user/user-filter.ts';
import { UserConnection } from '../user/user.ts';
import { Customer } from './customer.ts';

const locationCounts = fieldLoaders<string, number>();
const userCounts = fieldLoaders<string, number>();
const operationCounts = fieldLoaders<string | null, number>();

builder.prismaObjectField(Customer, 'locations', (t) =>
  t.field({
    type: LocationConnection,
    description: 'Its sites, the headquarters included, in the order they were added.',
    args: t.arg.connectionArgs(),
    select: (args, context, nestedSelection) => {
      const page = readPage(args, byCreation, 'asc');
      return {
        locations: nestedSelection({
          where: { AND: [{ partnerId: viewerOf(context).partnerId }, ...page.where] },
          orderBy: page.orderBy,
          take: page.take,
          select: { id: true, createdAt: true },
        }),
      };
    },
    resolve: (customer, args, context, info) =>
      connectionOf(readPage(args, byCreation, 'asc'), customer.locations, () =>
        locationCounts(context, info, async (customerIds) => {
          const counts = await context.domain.database.location.groupBy({
            by: ['customerId'],
            where: { partnerId: viewerOf(context).partnerId, customerId: { in: [...customerIds] } },
            _count: { _all: true },
          });
          return countOf(counts.map(({ customerId, _count }) => [customerId, _count._all]));
        }).load(customer.id),
      ),
  }),
);

builder.prismaObjectField(Customer, 'users', (t) =>
  t.field({
    type: UserConnection,
    description: 'The people who have a package, in the order they were added.',
    args: {
      ...t.arg.connectionArgs(),
      filter: t.arg({ type: UserFilter, description: 'Left out: all of them.' }),
    },
    select: ({ filter, ...args }, context, nestedSelection) => {
      const page = readPage(args, byCreation, 'asc');
      return {
        users: nestedSelection({
          where: { AND: [{ partnerId: viewerOf(context).partnerId }, ...userConditions(filter ?? {}), ...page.where] },
          orderBy: page.orderBy,
          take: page.take,
          select: { id: true, createdAt: true },
        }),
      };
    },
    resolve: (customer, { filter, ...args }, context, info) =>
      connectionOf(readPage(args, byCreation, 'asc'), customer.users, () =>
        userCounts(context, info, async (customerIds) => {
          const counts = await context.domain.database.user.groupBy({
            by: ['customerId'],
            where: {
              AND: [
                { partnerId: viewerOf(context).partnerId, customerId: { in: [...customerIds] } },
                ...userConditions(filter ?? {}),
              ],
            },
            _count: { _all: true },
          });
          return countOf(counts.map(({ customerId, _count }) => [customerId, _count._all]));
        }).load(customer.id),
      ),
  }),
);

builder.prismaObjectField(Customer, 'operations', (t) =>
  t.field({
    type: ProvisioningOperationConnection,
    description: 'All that was ever done to it through this API, the newest first.',
    args: t.arg.connectionArgs(),
    select: (args, context, nestedSelection) => {
      const page = readPage(args, byAcceptance, 'desc');
      return {
        operations: nestedSelection({
          where: { AND: [{ partnerId: viewerOf(context).partnerId }, ...page.where] },
          orderBy: page.orderBy,
          take: page.take,
          select: { id: true, acceptedAt: true },
        }),
      };
    },
    resolve: (customer, args, context, info) =>
      connectionOf(readPage(args, byAcceptance, 'desc'), customer.operations, () =>
        operationCounts(context, info, async (customerIds) => {
          const counts = await context.domain.database.provisioningOperation.groupBy({
            by: ['customerId'],
            where: {
              partnerId: viewerOf(context).partnerId,
              customerId: { in: customerIds.filter((customerId) => customerId !== null) },
            },
            _count: { _all: true },
          });
          return countOf(counts.map(({ customerId, _count }) => [customerId, _count._all]));
        }).load(customer.id),
      ),
  }),
);
