// Ends the create-customer wizard: the draft becomes a customer and the operation that provisions it.

import type { CustomerDraft } from '../../database/generated/client.ts';
import { inTransaction } from '../../database/transaction.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { DomainContext } from '../context.ts';
import { checkChangeable, closingColumns, draftNotFound } from '../draft/lifecycle.ts';
import type { DraftReference } from '../draft/lifecycle.ts';
import { incompleteProblems, judgeSteps } from '../draft/steps.ts';
import { done, refused } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { problem } from '../problem.ts';
import type { Problem } from '../problem.ts';
import type { Viewer } from '../viewer.ts';
import { askAnew, refreshed } from './ask-anew.ts';
import type { FreshFacts } from './ask-anew.ts';
import { createCustomer } from './create-customer.ts';
import { lockCustomerDraft } from './draft.ts';
import type { DraftOutcome } from './draft.ts';
import { loadFactsToCreate } from './facts.ts';
import { customerJudges, customerSteps, customerWarnings, draftAssessment, externalIdTaken } from './rules.ts';
import type { CustomerFacts, CustomerValues } from './rules.ts';
import { customerColumns, customerValues } from './stored-values.ts';

export interface SubmitCustomerOutcome extends DraftOutcome {
  readonly customerId: string | null;
  readonly operationId: string | null;
}

export async function submitCustomerDraft(
  context: DomainContext,
  viewer: Viewer,
  input: DraftReference,
): Promise<Outcome<SubmitCustomerOutcome>> {
  for (;;) {
    const fresh = await askAnew(context, viewer, input.draftId);
    const outcome = await inTransaction(context.database, (transaction) =>
      submit(context, viewer, input, fresh, transaction),
    );
    if (outcome !== 'asked about another') return outcome;
  }
}

async function submit(
  context: DomainContext,
  viewer: Viewer,
  input: DraftReference,
  fresh: FreshFacts,
  transaction: Transaction,
): Promise<Outcome<SubmitCustomerOutcome> | 'asked about another'> {
  const draft = await lockCustomerDraft(transaction, viewer, input.draftId);
  if (!draft) return refused(draftNotFound());
  const self = { draftId: draft.id, customerId: draft.customerId, operationId: draft.operationId };
  const now = context.now();
  const unchangeable = checkChangeable(draft, input.expectedVersion, now);
  if (unchangeable) return refused(unchangeable, self);
  if (draft.organizationId !== fresh.organizationId) return 'asked about another';
  const values = refreshed(customerValues(draft), fresh);
  const facts = await loadFactsToCreate(transaction, viewer.partnerId, values);
  const problems = [...fresh.problems, ...judgeWhole(values, facts, draft.savedSteps)];
  const { companyName, adminEmail, externalId, language, subPartnerId, packages, billingAddress, headquarters } =
    values;
  const { template } = facts;
  if (problems.length > 0) return refused(problems, self);
  if (externalId === null || billingAddress === null || template === null) {
    throw new Error('a complete customer draft lacks a required value');
  }

  const created = await createCustomer(context, transaction, viewer, {
    companyName,
    adminEmail,
    externalId,
    language,
    template,
    subPartnerId,
    packages,
    billingAddress,
    headquarters,
    meetingsTimeZone: null,
    attach: draftAssessment(values, template),
  });
  await transaction.customerDraft.update({
    where: { id: draft.id },
    data: {
      ...customerColumns(values),
      ...created,
      ...closingColumns(draft, 'SUBMITTED', now),
      warnings: customerWarnings(values, facts).map((warning) => ({ ...warning, path: [...warning.path] })),
      currentStep: 'REVIEW',
      steps: [...customerSteps, 'REVIEW'].map((step) => ({ step, state: 'COMPLETE', issues: [] })),
    },
  });
  return done({ draftId: draft.id, ...created });
}

/** An external id that somebody else took since it was saved keeps its own code: the one thing that needs a new choice. */
function judgeWhole(values: CustomerValues, facts: CustomerFacts, savedSteps: CustomerDraft['savedSteps']): Problem[] {
  const steps = judgeSteps(customerJudges(values, { ...facts, isExternalIdTaken: false }), savedSteps);
  return [
    ...(facts.isExternalIdTaken ? [externalIdTaken(values.externalId, ['externalId'])] : []),
    ...incompleteProblems(steps),
    ...(facts.template?.status === 'AWAITING_PROVISIONING_ID'
      ? [
          problem(
            'DRAFT_INCOMPLETE',
            ['draftId'],
            `The template "${facts.template.name}" has no provisioning ID yet: wait for the platform to issue it, or link the one from Partner Hub with linkProvisioningId.`,
          ),
        ]
      : []),
  ];
}
