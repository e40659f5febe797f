// Reading customers.

import type { Customer as CustomerRow, Prisma } from '../../src/database/generated/client.ts';
import { builder } from '../builder.ts';
import { PackageCode } from '../catalogue/package-offering.ts';
import { viewerOf } from '../context.ts';
import { lazyConnection } from '../shared/connection.ts';
import { rowId } from '../shared/global-id.ts';
import { byCompanyName, byCreation, byUpdate } from '../shared/order.ts';
import type { Order } from '../shared/order.ts';
import { readPage } from '../shared/page.ts';
import { searchCondition } from '../shared/search.ts';
import { selectRows } from '../shared/select-rows.ts';
import { Customer, CustomerConnection, CustomerOrigin, CustomerStatus, findCustomer } from './customer.ts';

const CustomerFilter = builder.inputType('CustomerFilter', {
  description: 'Which customers to list; all conditions that are given must hold.',
  fields: (t) => ({
    search: t.string({
      description:
        "A part of the company name, the administrator's e-mail address or the external id, regardless of case.",
    }),
    statuses: t.field({ type: [CustomerStatus], description: 'Any of these. Left out: any but DELETED.' }),
    templateId: t.id({ description: 'Only those that were created with this template.' }),
    subPartnerId: t.id({ description: 'Only those that are provisioned on behalf of this sub-partner.' }),
    package: t.field({ type: PackageCode, description: 'Only those that have this package.' }),
    origin: t.field({
      type: CustomerOrigin,
      description: 'Only those with a new, or only those with an attached organisation.',
    }),
  }),
});

const CustomerOrderField = builder.enumType('CustomerOrderField', {
  description: 'What customers can be sorted by. Those with the same value stand in the order of their ids.',
  values: {
    CREATED_AT: { description: 'When they were accepted here.' },
    COMPANY_NAME: { description: 'Alphabetically, capitals first.' },
    UPDATED_AT: { description: 'When anything about them changed last. They move while you page.' },
  },
});

const OrderDirection = builder.enumType('OrderDirection', {
  description: 'Which end of a list comes first.',
  values: {
    ASC: { description: 'The smallest, the oldest, A.' },
    DESC: { description: 'The largest, the newest, Z.' },
  },
});

const CustomerOrder = builder.inputType('CustomerOrder', {
  description: 'How customers are sorted.',
  fields: (t) => ({
    field: t.field({ type: CustomerOrderField, required: true, description: 'What to compare.' }),
    direction: t.field({ type: OrderDirection, required: true, description: 'Which end comes first.' }),
  }),
});

type CustomerPlace = Pick<CustomerRow, 'id' | 'createdAt' | 'companyName' | 'updatedAt'>;

const orders: Record<
  typeof CustomerOrderField.$inferType,
  Order<CustomerPlace, Prisma.CustomerWhereInput, Prisma.CustomerOrderByWithRelationInput>
> = { CREATED_AT: byCreation, COMPANY_NAME: byCompanyName, UPDATED_AT: byUpdate };

function conditions(filter: typeof CustomerFilter.$inferInput): Prisma.CustomerWhereInput[] {
  const contains = searchCondition(filter.search);
  return [
    { status: filter.statuses ? { in: filter.statuses } : { not: 'DELETED' } },
    ...(contains ? [{ OR: [{ companyName: contains }, { adminEmail: contains }, { externalId: contains }] }] : []),
    ...(filter.templateId ? [{ templateId: rowId('OnboardingTemplate', filter.templateId) }] : []),
    ...(filter.subPartnerId ? [{ subPartnerId: rowId('SubPartner', filter.subPartnerId) }] : []),
    ...(filter.package ? [{ packages: { some: { code: filter.package } } }] : []),
    ...(filter.origin ? [{ origin: filter.origin }] : []),
  ];
}

builder.queryFields((t) => ({
  customer: t.prismaField({
    type: Customer,
    nullable: true,
    description: 'One of your customers, deleted ones included. Null when there is none with this id.',
    args: { id: t.arg.id({ required: true, description: 'As it was handed out.' }) },
    resolve: (query, _root, { id }, context) => findCustomer(context, query, rowId('Customer', id)),
  }),
  customerByExternalId: t.prismaField({
    type: Customer,
    nullable: true,
    description: 'The customer that has your own key. Null when none has; a deleted one has no key any more.',
    args: { externalId: t.arg.string({ required: true, description: 'Compared exactly, case included.' }) },
    resolve: (query, _root, { externalId }, context) =>
      context.domain.database.customer.findFirst({
        ...query,
        where: {
          externalId: externalId.replaceAll('\0', ''),
          partnerId: viewerOf(context).partnerId,
          status: { not: 'DELETED' },
        },
      }),
  }),
  customers: t.field({
    type: CustomerConnection,
    description: 'Your customers; unless said otherwise the newest first, and without the deleted ones.',
    args: {
      ...t.arg.connectionArgs(),
      filter: t.arg({ type: CustomerFilter, description: 'Left out: all but the deleted ones.' }),
      orderBy: t.arg({
        type: CustomerOrder,
        description: 'Left out: the newest first. A cursor holds for one order only.',
      }),
    },
    resolve(_root, { filter, orderBy, ...args }, context, info) {
      const { customer } = context.domain.database;
      const own = [{ partnerId: viewerOf(context).partnerId }, ...conditions(filter ?? {})];
      const direction = orderBy?.direction === 'ASC' ? 'asc' : 'desc';
      const page = readPage(args, orders[orderBy?.field ?? 'CREATED_AT'], direction);
      const select = selectRows({
        context,
        info,
        select: { id: true, createdAt: true, updatedAt: true, companyName: true },
      });
      return lazyConnection(
        page,
        () =>
          customer.findMany({
            select,
            where: { AND: [...own, ...page.where] },
            orderBy: page.orderBy,
            take: page.take,
          }),
        () => customer.count({ where: { AND: own } }),
      );
    },
  }),
}));
