// Reading operations.

import type { Prisma } from '../../src/database/generated/client.ts';
import { builder } from '../builder.ts';
import { viewerOf } from '../context.ts';
import { lazyConnection } from '../shared/connection.ts';
import { rowId } from '../shared/global-id.ts';
import { byAcceptance } from '../shared/order.ts';
import { readPage } from '../shared/page.ts';
import { selectRows } from '../shared/select-rows.ts';
import {
  findOperation,
  OperationKind,
  OperationStatus,
  ProvisioningOperation,
  ProvisioningOperationConnection,
} from './operation.ts';

const OperationFilter = builder.inputType('OperationFilter', {
  description: 'Which operations to list; all conditions that are given must hold.',
  fields: (t) => ({
    customerId: t.id({ description: 'Only those about this customer.' }),
    statuses: t.field({ type: [OperationStatus], description: 'Any of these. Left out: any status.' }),
    kinds: t.field({ type: [OperationKind], description: 'Any of these. Left out: of any kind.' }),
  }),
});

function conditions(filter: typeof OperationFilter.$inferInput): Prisma.ProvisioningOperationWhereInput[] {
  return [
    ...(filter.customerId ? [{ customerId: rowId('Customer', filter.customerId) }] : []),
    ...(filter.statuses ? [{ status: { in: filter.statuses } }] : []),
    ...(filter.kinds ? [{ kind: { in: filter.kinds } }] : []),
  ];
}

builder.queryFields((t) => ({
  operation: t.prismaField({
    type: ProvisioningOperation,
    nullable: true,
    description: 'One of your operations. Null when there is none with this id.',
    args: { id: t.arg.id({ required: true, description: 'As it was handed out.' }) },
    resolve: (query, _root, { id }, context) => findOperation(context, query, rowId('ProvisioningOperation', id)),
  }),
  operations: t.field({
    type: ProvisioningOperationConnection,
    description: 'Your operations, the newest first.',
    args: {
      ...t.arg.connectionArgs(),
      filter: t.arg({ type: OperationFilter, description: 'Left out: all of them.' }),
    },
    resolve(_root, { filter, ...args }, context, info) {
      const { provisioningOperation } = context.domain.database;
      const own = [{ partnerId: viewerOf(context).partnerId }, ...conditions(filter ?? {})];
      const page = readPage(args, byAcceptance, 'desc');
      const select = selectRows({ context, info, select: { id: true, acceptedAt: true } });
      return lazyConnection(
        page,
        () =>
          provisioningOperation.findMany({
            select,
            where: { AND: [...own, ...page.where] },
            orderBy: page.orderBy,
            take: page.take,
          }),
        () => provisioningOperation.count({ where: { AND: own } }),
      );
    },
  }),
}));
