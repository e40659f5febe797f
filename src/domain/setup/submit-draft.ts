// Ends the set-up wizard: the draft becomes locations, users and numbers and the operation that brings them to the platform.

import { lockRow } from '../../database/locks.ts';
import { inTransaction } from '../../database/transaction.ts';
import type { Transaction } from '../../database/transaction.ts';
import { isUniqueViolation } from '../../database/unique-violation.ts';
import type { DomainContext } from '../context.ts';
import { checkChangeable, closingColumns, draftNotFound } from '../draft/lifecycle.ts';
import type { DraftReference } from '../draft/lifecycle.ts';
import { incompleteProblems, isReadyToSubmit, judgeSteps } from '../draft/steps.ts';
import { acceptOperation } from '../operation/accept.ts';
import type { PlannedStep } from '../operation/accept.ts';
import { done, refused } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { problem } from '../problem.ts';
import { loadUserFacts } from '../user/facts.ts';
import type { Viewer } from '../viewer.ts';
import { loadSetupValues, lockSetupDraft } from './draft.ts';
import type { DraftOutcome } from './draft.ts';
import { loadSetupCustomer } from './facts.ts';
import { judgeCustomer, setupJudges } from './rules.ts';
import type { SetupValues } from './values.ts';
import { writeSetup } from './write-setup.ts';

export interface SubmitSetupOutcome extends DraftOutcome {
  readonly operationId: string | null;
}

export async function submitSetupDraft(
  context: DomainContext,
  viewer: Viewer,
  input: DraftReference,
): Promise<Outcome<SubmitSetupOutcome>> {
  const attempt = () => inTransaction(context.database, (transaction) => submit(context, viewer, input, transaction));
  try {
    return await attempt();
  } catch (error) {
    // Another customer's commit took one of the numbers after they were judged: judged again, that is a problem of the draft.
    if (!isUniqueViolation(error)) throw error;
    return attempt();
  }
}

async function submit(
  context: DomainContext,
  viewer: Viewer,
  input: DraftReference,
  transaction: Transaction,
): Promise<Outcome<SubmitSetupOutcome>> {
  const draft = await lockSetupDraft(transaction, viewer, input.draftId);
  if (!draft) return refused(draftNotFound());
  const self = { draftId: draft.id, operationId: draft.operationId };
  const now = context.now();
  const unchangeable = checkChangeable(draft, input.expectedVersion, now);
  if (unchangeable) return refused(unchangeable, self);
  const { customerId } = draft;
  // Until the commit nobody else may accept an operation of this customer or change what the rules look at.
  await lockRow(transaction, 'Customer', customerId);
  const customer = await loadSetupCustomer(transaction, viewer, customerId);
  if (!customer)
    return refused(problem('NOT_FOUND', ['draftId'], "The draft's customer does not exist any more."), self);
  const unfit = judgeCustomer(customer, ['draftId']);
  if (unfit.length > 0) return refused(unfit, self);
  const values = await loadSetupValues(transaction, draft);
  const facts = await loadUserFacts(transaction, viewer, customerId, values.users);
  const steps = judgeSteps(setupJudges(values, facts), draft.savedSteps);
  if (!isReadyToSubmit(steps)) return refused(incompleteProblems(steps), self);
  if (values.locations.length + values.users.length === 0) {
    return refused(
      problem('DRAFT_INCOMPLETE', [], 'There is nothing to do: the draft adds no location and no user.'),
      self,
    );
  }

  const target = { partnerId: viewer.partnerId, customerId, origin: customer.origin, createdAt: now };
  const plan = await writeSetup(transaction, target, values, facts);
  const operationId = await acceptOperation(context, transaction, viewer, {
    kind: 'SET_UP_CUSTOMER',
    customerId,
    message: `Setting up ${customer.companyName} was accepted: ${describe(values, plan)}.`,
    steps: plan,
  });
  await transaction.setupDraft.update({
    where: { id: draft.id },
    data: {
      ...closingColumns(draft, 'SUBMITTED', now),
      currentStep: 'REVIEW',
      steps: steps.map(({ step }) => ({ step, state: 'COMPLETE', issues: [] })),
      operationId,
    },
  });
  return done({ draftId: draft.id, operationId });
}

function describe({ locations, users }: SetupValues, plan: readonly PlannedStep[]): string {
  const numbers = plan.find(({ kind }) => kind === 'ASSIGN_PHONE_NUMBERS')?.items.length ?? 0;
  const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
  return [count(locations.length, 'location'), count(users.length, 'user'), count(numbers, 'phone number')].join(', ');
}
