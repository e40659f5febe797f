// Gives up a wizard draft, whichever wizard it belongs to. What was typed stays readable; nothing can be changed any more.

import { lockRow } from '../../database/locks.ts';
import { inTransaction } from '../../database/transaction.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { StoredDraftStatus } from '../../database/generated/enums.ts';
import type { DomainContext } from '../context.ts';
import { done, refused } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import type { Viewer } from '../viewer.ts';
import { checkChangeable, closingColumns, draftNotFound } from './lifecycle.ts';

export const draftKinds = ['TemplateDraft', 'CustomerDraft', 'SetupDraft'] as const;
export type DraftKind = (typeof draftKinds)[number];

export interface DiscardDraftOutcome {
  readonly draftId: string;
  readonly kind: DraftKind;
}

export async function discardDraft(
  context: DomainContext,
  viewer: Viewer,
  { draftId }: { readonly draftId: string },
): Promise<Outcome<DiscardDraftOutcome>> {
  return inTransaction(context.database, async (transaction) => {
    for (const kind of draftKinds) {
      const { find, discard } = draftTable(transaction, kind, { id: draftId, partnerId: viewer.partnerId });
      await lockRow(transaction, kind, draftId);
      const draft = await find();
      if (!draft) continue;
      const self = { draftId, kind };
      const now = context.now();
      const unchangeable = checkChangeable(draft, null, now);
      if (unchangeable) return refused(unchangeable, self);
      await discard(closingColumns(draft, 'DISCARDED', now));
      return done(self);
    }
    return refused(draftNotFound());
  });
}

interface DraftTable {
  readonly find: () => Promise<{
    readonly version: number;
    readonly status: StoredDraftStatus;
    readonly expiresAt: Date;
  } | null>;
  readonly discard: (data: ReturnType<typeof closingColumns>) => Promise<unknown>;
}

function draftTable(
  transaction: Transaction,
  kind: DraftKind,
  where: { readonly id: string; readonly partnerId: string },
): DraftTable {
  switch (kind) {
    case 'TemplateDraft':
      return {
        find: () => transaction.templateDraft.findFirst({ where }),
        discard: (data) => transaction.templateDraft.update({ where, data }),
      };
    case 'CustomerDraft':
      return {
        find: () => transaction.customerDraft.findFirst({ where }),
        discard: (data) => transaction.customerDraft.update({ where, data }),
      };
    case 'SetupDraft':
      return {
        find: () => transaction.setupDraft.findFirst({ where }),
        discard: (data) => transaction.setupDraft.update({ where, data }),
      };
  }
}
