// Opens the create-customer wizard: with the administrator's e-mail, for which the platform names existing organisations.

import { checkEmail } from '../checks.ts';
import type { Problems } from '../checks.ts';
import { inTransaction } from '../../database/transaction.ts';
import type { DomainContext } from '../context.ts';
import { judgedColumns } from '../draft/judged-columns.ts';
import { done, refused } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import type { Viewer } from '../viewer.ts';
import { askDirectory } from './ask-directory.ts';
import type { DraftOutcome } from './draft.ts';
import { loadCustomerFacts } from './facts.ts';
import { customerJudges, customerWarnings } from './rules.ts';
import type { CustomerValues } from './rules.ts';
import { customerColumns } from './stored-values.ts';

export interface StartCustomerDraftInput {
  readonly adminEmail: string;
}

export async function startCustomerDraft(
  context: DomainContext,
  viewer: Viewer,
  input: StartCustomerDraftInput,
): Promise<Outcome<DraftOutcome>> {
  const problems: Problems = [];
  const adminEmail = checkEmail(problems, ['adminEmail'], input.adminEmail);
  if (adminEmail === null) return refused(problems);
  const answer = await askDirectory(['adminEmail'], () =>
    context.directory.findOrganizations(viewer.partnerSlug, adminEmail),
  );
  if ('problem' in answer) return refused(answer.problem);
  const values: CustomerValues = {
    adminEmail,
    organizationCandidates: answer.value.toSorted((a, b) => Number(b.isSuggested) - Number(a.isSuggested)),
    organizationId: null,
    companyName: null,
    externalId: null,
    language: null,
    templateId: null,
    subPartnerId: null,
    packages: [],
    headquarters: null,
    billingAddress: null,
    supportedLocationConfirmed: false,
  };
  // Nothing to choose from: a new organisation is settled, and the wizard goes on with the next screen.
  const savedSteps = values.organizationCandidates.length === 0 ? (['ORGANIZATION'] as const) : [];
  return inTransaction(context.database, async (transaction) => {
    const facts = await loadCustomerFacts(transaction, viewer.partnerId, values);
    const draft = await transaction.customerDraft.create({
      data: {
        ...customerColumns(values),
        ...judgedColumns(customerJudges(values, facts), savedSteps, customerWarnings(values, facts)),
        partnerId: viewer.partnerId,
        createdBy: viewer.subject,
        createdAt: context.now(),
        expiresAt: new Date(context.now().getTime() + context.draftLifetimeMs),
      },
      select: { id: true },
    });
    return done({ draftId: draft.id });
  });
}
