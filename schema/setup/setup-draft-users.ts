// The people in a set-up draft, page by page: there may be twenty thousand.

import { builder } from '../builder.ts';
import { connectionOf } from '../shared/connection.ts';
import { countOf, fieldLoaders } from '../shared/field-loader.ts';
import { byPosition } from '../shared/order.ts';
import { readPage } from '../shared/page.ts';
import { DraftUserConnection, SetupDraft } from './setup-draft.ts';

const userCounts = fieldLoaders<string, number>();

builder.prismaObjectField(SetupDraft, 'users', (t) =>
  t.field({
    type: DraftUserConnection,
    description: 'The people to create, in the order they were given.',
    args: t.arg.connectionArgs(),
    select: (args, _context, nestedSelection) => {
      const page = readPage(args, byPosition, 'asc');
      return {
        users: nestedSelection({
          where: { AND: page.where },
          orderBy: page.orderBy,
          take: page.take,
          select: { position: true },
        }),
      };
    },
    resolve: (draft, args, context, info) =>
      connectionOf(readPage(args, byPosition, 'asc'), draft.users, () =>
        userCounts(context, info, async (draftIds) => {
          const counts = await context.domain.database.setupDraftUser.groupBy({
            by: ['draftId'],
            where: { draftId: { in: [...draftIds] } },
            _count: { _all: true },
          });
          return countOf(counts.map(({ draftId, _count }) => [draftId, _count._all]));
        }).load(draft.id),
      ),
  }),
);
