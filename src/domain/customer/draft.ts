// The create-customer wizard's draft: how one step is saved. Each save (save-steps.ts) brings its own reading of the form.

import type { CustomerDraft } from '../../database/generated/client.ts';
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
import type { Viewer } from '../viewer.ts';
import { loadCustomerFacts } from './facts.ts';
import { customerJudges, customerSteps, customerWarnings } from './rules.ts';
import type { CustomerFacts, CustomerStep, CustomerValues } from './rules.ts';
import { customerColumns, customerValues } from './stored-values.ts';

export interface DraftOutcome {
  readonly draftId: string;
}

/** What a form came to. */
export interface StepForm {
  /** What is wrong with single values; the rest of the form is judged all the same. */
  readonly problems: readonly Problem[];
  /** The draft as the form would have it. */
  readonly apply: (stored: CustomerValues) => CustomerValues;
}

export async function saveCustomerStep(
  context: DomainContext,
  viewer: Viewer,
  reference: DraftReference,
  step: CustomerStep,
  form: StepForm,
  judge: (values: CustomerValues, facts: CustomerFacts) => readonly Problem[],
): Promise<Outcome<DraftOutcome>> {
  return inTransaction(context.database, async (transaction) => {
    const draft = await lockCustomerDraft(transaction, viewer, reference.draftId);
    if (!draft) return refused(draftNotFound());
    const self = { draftId: draft.id };
    const unchangeable = checkChangeable(draft, reference.expectedVersion, context.now());
    if (unchangeable) return refused(unchangeable, self);
    const outOfOrder = checkOrder(customerSteps, draft.savedSteps, step);
    if (outOfOrder) return refused(outOfOrder, self);
    const values = form.apply(customerValues(draft));
    const facts = await loadCustomerFacts(transaction, viewer.partnerId, values);
    const problems = [...form.problems, ...judge(values, facts)];
    if (problems.length > 0) return refused(problems, self);
    await transaction.customerDraft.update({
      where: { id: draft.id },
      data: {
        ...customerColumns(values),
        ...judgedColumns(
          customerJudges(values, facts),
          withStep(draft.savedSteps, step),
          customerWarnings(values, facts),
        ),
        version: { increment: 1 },
        expiresAt: new Date(context.now().getTime() + context.draftLifetimeMs),
      },
    });
    return done(self);
  });
}

export async function lockCustomerDraft(
  transaction: Transaction,
  viewer: Viewer,
  draftId: string,
): Promise<CustomerDraft | null> {
  await lockRow(transaction, 'CustomerDraft', draftId);
  return transaction.customerDraft.findFirst({ where: { id: draftId, partnerId: viewer.partnerId } });
}
