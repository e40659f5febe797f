// The customers made with a template.

import { builder } from '../builder.ts';
import { viewerOf } from '../context.ts';
import { CustomerConnection } from '../customer/customer.ts';
import { connectionOf } from '../shared/connection.ts';
import { countOf, fieldLoaders } from '../shared/field-loader.ts';
import { byCreation } from '../shared/order.ts';
import { readPage } from '../shared/page.ts';
import { OnboardingTemplate } from './template.ts';

const customerCounts = fieldLoaders<string | null, number>();

builder.prismaObjectField(OnboardingTemplate, 'customers', (t) =>
  t.field({
    type: CustomerConnection,
    description: 'The customers that were created with it, the newest first; deleted ones are left out.',
    args: t.arg.connectionArgs(),
    select: (args, context, nestedSelection) => {
      const page = readPage(args, byCreation, 'desc');
      return {
        customers: nestedSelection({
          where: { AND: [{ partnerId: viewerOf(context).partnerId, status: { not: 'DELETED' } }, ...page.where] },
          orderBy: page.orderBy,
          take: page.take,
          select: { id: true, createdAt: true },
        }),
      };
    },
    resolve: (template, args, context, info) =>
      connectionOf(readPage(args, byCreation, 'desc'), template.customers, () =>
        customerCounts(context, info, async (templateIds) => {
          const counts = await context.domain.database.customer.groupBy({
            by: ['templateId'],
            where: {
              partnerId: viewerOf(context).partnerId,
              templateId: { in: templateIds.filter((templateId) => templateId !== null) },
              status: { not: 'DELETED' },
            },
            _count: { _all: true },
          });
          return countOf(counts.map(({ templateId, _count }) => [templateId, _count._all]));
        }).load(template.id),
      ),
  }),
);
