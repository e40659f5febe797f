// Reading templates.

import type { Prisma } from '../../src/database/generated/client.ts';
import { builder } from '../builder.ts';
import { viewerOf } from '../context.ts';
import { lazyConnection } from '../shared/connection.ts';
import { rowId } from '../shared/global-id.ts';
import { byCreation } from '../shared/order.ts';
import { readPage } from '../shared/page.ts';
import { searchCondition } from '../shared/search.ts';
import { selectRows } from '../shared/select-rows.ts';
import { findTemplate, OnboardingTemplate, OnboardingTemplateConnection, TemplateStatus } from './template.ts';

const TemplateFilter = builder.inputType('TemplateFilter', {
  description: 'Which templates to list; all conditions that are given must hold.',
  fields: (t) => ({
    search: t.string({ description: 'A part of the name or of the provisioning ID, regardless of case.' }),
    statuses: t.field({
      type: [TemplateStatus],
      description: 'Any of these. Left out: any status, ARCHIVED included.',
    }),
  }),
});

function conditions({ search, statuses }: typeof TemplateFilter.$inferInput): Prisma.OnboardingTemplateWhereInput[] {
  const contains = searchCondition(search);
  return [
    ...(contains ? [{ OR: [{ name: contains }, { provisioningId: contains }] }] : []),
    ...(statuses ? [{ status: { in: statuses } }] : []),
  ];
}

builder.queryFields((t) => ({
  template: t.prismaField({
    type: OnboardingTemplate,
    nullable: true,
    description: 'One of your templates. Null when there is none with this id.',
    args: { id: t.arg.id({ required: true, description: 'As it was handed out.' }) },
    resolve: (query, _root, { id }, context) => findTemplate(context, query, rowId('OnboardingTemplate', id)),
  }),
  templates: t.field({
    type: OnboardingTemplateConnection,
    description: 'Your templates, the newest first.',
    args: {
      ...t.arg.connectionArgs(),
      filter: t.arg({ type: TemplateFilter, description: 'Left out: all of them.' }),
    },
    resolve(_root, { filter, ...args }, context, info) {
      const { onboardingTemplate } = context.domain.database;
      const page = readPage(args, byCreation, 'desc');
      const own = [{ partnerId: viewerOf(context).partnerId }, ...conditions(filter ?? {})];
      const select = selectRows({ context, info, select: { id: true, createdAt: true } });
      return lazyConnection(
        page,
        () =>
          onboardingTemplate.findMany({
            select,
            where: { AND: [...own, ...page.where] },
            orderBy: page.orderBy,
            take: page.take,
          }),
        () => onboardingTemplate.count({ where: { AND: own } }),
      );
    },
  }),
}));
