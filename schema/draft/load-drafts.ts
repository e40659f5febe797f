// Drafts of any wizard, for fields that may answer each of the three: the selection is folded in for each type by itself.

import { brandWithType } from '@pothos/core';
import type { GraphQLResolveInfo } from 'graphql';
import type { DraftKind } from '../../src/domain/draft/discard-draft.ts';
import { viewerOf } from '../context.ts';
import type { RequestContext } from '../context.ts';
import { CustomerDraft } from '../customer/customer-draft.ts';
import { SetupDraft } from '../setup/setup-draft.ts';
import { selectRows } from '../shared/select-rows.ts';
import { draftColumns } from '../shared/wizard-draft.ts';
import { TemplateDraft } from '../template/template-draft.ts';

interface Choice {
  readonly where: { readonly id: string } | { readonly status: 'OPEN'; readonly expiresAt: { readonly gt: Date } };
  readonly take: number;
}

/** The ones saved last come first. */
export async function loadDrafts(
  kind: DraftKind,
  context: RequestContext,
  info: GraphQLResolveInfo,
  { where, take }: Choice,
) {
  const { database } = context.domain;
  const select = selectRows({ context, info, typeName: kind, select: draftColumns });
  const query = {
    select,
    where: { ...where, partnerId: viewerOf(context).partnerId },
    orderBy: [{ updatedAt: 'desc' as const }, { id: 'desc' as const }],
    take,
  };
  switch (kind) {
    case 'TemplateDraft':
      return branded(await database.templateDraft.findMany(query), TemplateDraft);
    case 'CustomerDraft':
      return branded(await database.customerDraft.findMany(query), CustomerDraft);
    case 'SetupDraft':
      return branded(await database.setupDraft.findMany(query), SetupDraft);
  }
}

/** Tells the interface which type each of these rows is. */
function branded<Row>(rows: Row[], type: Parameters<typeof brandWithType>[1]): Row[] {
  for (const row of rows) brandWithType(row, type);
  return rows;
}
