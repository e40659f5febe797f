// The wizards that somebody has begun and not finished.

import { draftKinds } from '../../src/domain/draft/discard-draft.ts';
import { builder } from '../builder.ts';
import { WizardDraft } from '../shared/wizard-draft.ts';
import { loadDrafts } from './load-drafts.ts';

const mostDrafts = 100;

builder.queryField('openDrafts', (t) =>
  t.field({
    type: [WizardDraft],
    description: `Drafts of all wizards that can still be changed, of anybody in the partner organisation, the ones saved last first; ${mostDrafts} at most.`,
    resolve: async (_root, _args, context, info) => {
      const where = { status: 'OPEN', expiresAt: { gt: context.domain.now() } } as const;
      const drafts = await Promise.all(
        draftKinds.map((kind) => loadDrafts(kind, context, info, { where, take: mostDrafts })),
      );
      return drafts
        .flat()
        .sort((a, b) => b.updatedAt.getTime() - a.updatedAt.getTime())
        .slice(0, mostDrafts);
    },
  }),
);
