// The set-up wizard's draft: how one step is saved. Each save (save-….ts, import-users.ts) brings its own change.

import type { SetupDraft } from '../../database/generated/client.ts';
import { lockRow } from '../../database/locks.ts';
import { inTransaction } from '../../database/transaction.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { DomainContext } from '../context.ts';
import { checkChangeable, draftNotFound } from '../draft/lifecycle.ts';
import type { DraftReference } from '../draft/lifecycle.ts';
import { judgedColumns } from '../draft/judged-columns.ts';
import { checkOrder, withStep } from '../draft/steps.ts';
import { done, refused } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import type { Problem } from '../problem.ts';
import { loadUserFacts } from '../user/facts.ts';
import type { Mention } from '../user/facts.ts';
import type { UserFacts } from '../user/values.ts';
import type { Viewer } from '../viewer.ts';
import { setupJudges } from './rules.ts';
import { parseSetupLocations, setupSteps } from './values.ts';
import type { SetupStep, SetupValues } from './values.ts';

export interface DraftOutcome {
  readonly draftId: string;
}

/** What a save comes to. */
export interface StepChange {
  /** With any, nothing is written. */
  readonly problems: readonly Problem[];
  /** The draft as it will be. */
  readonly values: SetupValues;
  /** Writes what differs; null: nothing does, and the draft keeps its version. */
  readonly write: ((transaction: Transaction, draftId: string) => Promise<void>) | null;
}

/** @param mentions Users of the form: the facts cover them and the draft's own. */
export async function saveSetupStep(
  context: DomainContext,
  viewer: Viewer,
  reference: DraftReference,
  step: SetupStep,
  mentions: readonly Mention[],
  change: (stored: SetupValues, facts: UserFacts) => StepChange,
): Promise<Outcome<DraftOutcome>> {
  return inTransaction(context.database, async (transaction) => {
    const draft = await lockSetupDraft(transaction, viewer, reference.draftId);
    if (!draft) return refused(draftNotFound());
    const self = { draftId: draft.id };
    const unchangeable = checkChangeable(draft, reference.expectedVersion, context.now());
    if (unchangeable) return refused(unchangeable, self);
    const outOfOrder = checkOrder(setupSteps, draft.savedSteps, step);
    if (outOfOrder) return refused(outOfOrder, self);
    const stored = await loadSetupValues(transaction, draft);
    const facts = await loadUserFacts(transaction, viewer, draft.customerId, [...stored.users, ...mentions]);
    const { problems, values, write } = change(stored, facts);
    if (problems.length > 0) return refused(problems, self);
    if (!write) return done(self);
    await write(transaction, draft.id);
    await transaction.setupDraft.update({
      where: { id: draft.id },
      data: {
        ...judgedColumns(setupJudges(values, facts), withStep(draft.savedSteps, step), []),
        version: { increment: 1 },
        expiresAt: new Date(context.now().getTime() + context.draftLifetimeMs),
      },
    });
    return done(self);
  });
}

export async function lockSetupDraft(
  transaction: Transaction,
  viewer: Viewer,
  draftId: string,
): Promise<SetupDraft | null> {
  await lockRow(transaction, 'SetupDraft', draftId);
  return transaction.setupDraft.findFirst({ where: { id: draftId, partnerId: viewer.partnerId } });
}

export async function loadSetupValues(transaction: Transaction, draft: SetupDraft): Promise<SetupValues> {
  const users = await transaction.setupDraftUser.findMany({
    where: { draftId: draft.id },
    orderBy: { position: 'asc' },
    omit: { draftId: true },
  });
  return { locations: parseSetupLocations(draft.locations), users };
}
