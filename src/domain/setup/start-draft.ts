// Opens the wizard that sets a provisioned customer up.

import { inTransaction } from '../../database/transaction.ts';
import type { DomainContext } from '../context.ts';
import { judgedColumns } from '../draft/judged-columns.ts';
import { done, refused } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { problem } from '../problem.ts';
import { loadUserFacts } from '../user/facts.ts';
import type { Viewer } from '../viewer.ts';
import type { DraftOutcome } from './draft.ts';
import { loadSetupCustomer } from './facts.ts';
import { judgeCustomer, setupJudges } from './rules.ts';

export interface StartSetupDraftInput {
  readonly customerId: string;
}

export async function startSetupDraft(
  context: DomainContext,
  viewer: Viewer,
  { customerId }: StartSetupDraftInput,
): Promise<Outcome<DraftOutcome>> {
  return inTransaction(context.database, async (transaction) => {
    const customer = await loadSetupCustomer(transaction, viewer, customerId);
    if (!customer) return refused(problem('NOT_FOUND', ['customerId'], 'There is no such customer.'));
    const problems = judgeCustomer(customer, ['customerId']);
    if (problems.length > 0) return refused(problems);
    const facts = await loadUserFacts(transaction, viewer, customerId, []);
    const draft = await transaction.setupDraft.create({
      data: {
        ...judgedColumns(setupJudges({ locations: [], users: [] }, facts), [], []),
        partnerId: viewer.partnerId,
        customerId,
        createdBy: viewer.subject,
        createdAt: context.now(),
        expiresAt: new Date(context.now().getTime() + context.draftLifetimeMs),
      },
      select: { id: true },
    });
    return done({ draftId: draft.id });
  });
}
