// Ends the template wizard: the draft becomes a template, or changes the one it edits.

import type { TemplateDraft } from '../../database/generated/client.ts';
import { appendEvents } from '../../database/event-log.ts';
import { lockRow } from '../../database/locks.ts';
import { inTransaction } from '../../database/transaction.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { DomainContext } from '../context.ts';
import { checkChangeable, closingColumns, draftNotFound } from '../draft/lifecycle.ts';
import type { DraftReference } from '../draft/lifecycle.ts';
import { incompleteProblems, isReadyToSubmit, judgeSteps } from '../draft/steps.ts';
import { done, refused } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import type { Viewer } from '../viewer.ts';
import { judgeEdited, loadTemplateFacts, lockTemplateDraft } from './draft.ts';
import type { DraftOutcome } from './draft.ts';
import { registerTemplate } from './register.ts';
import { templateJudges } from './rules.ts';

export interface SubmitTemplateOutcome extends DraftOutcome {
  readonly templateId: string | null;
}

/** How long the durable job waits before it takes over a registration that the submitting request did not finish. */
const registrationTakeoverMs = 5_000;

export async function submitTemplateDraft(
  context: DomainContext,
  viewer: Viewer,
  input: DraftReference,
): Promise<Outcome<SubmitTemplateOutcome>> {
  const outcome = await inTransaction(context.database, (transaction) => submit(context, viewer, input, transaction));
  const templateId = outcome.problems.length === 0 ? outcome.value?.templateId : null;
  // Usually the provisioning ID is there before the answer is; where it is not, the job brings it.
  if (templateId) await registerTemplate(context, templateId).catch(() => undefined);
  return outcome;
}

async function submit(
  context: DomainContext,
  viewer: Viewer,
  input: DraftReference,
  transaction: Transaction,
): Promise<Outcome<SubmitTemplateOutcome>> {
  // Names are unique among the partner's templates: one submit of a partner at a time.
  await lockRow(transaction, 'Partner', viewer.partnerId);
  const draft = await lockTemplateDraft(transaction, viewer, input.draftId);
  if (!draft) return refused(draftNotFound());
  const self = { draftId: draft.id, templateId: draft.templateId };
  const now = context.now();
  const unchangeable = checkChangeable(draft, input.expectedVersion, now);
  if (unchangeable) return refused(unchangeable, self);
  const archived = await judgeEdited(transaction, draft);
  if (archived) return refused(archived, self);
  const facts = await loadTemplateFacts(transaction, viewer.partnerId, draft, draft.editsTemplateId);
  const steps = judgeSteps(templateJudges(draft, facts), draft.savedSteps);
  if (!isReadyToSubmit(steps)) return refused(incompleteProblems(steps), self);

  const template = await writeTemplate(transaction, viewer, draft, now);
  await transaction.templateDraft.update({
    where: { id: draft.id },
    data: {
      ...closingColumns(draft, 'SUBMITTED', now),
      currentStep: 'REVIEW',
      steps: steps.map(({ step }) => ({ step, state: 'COMPLETE', issues: [] })),
      templateId: template.id,
    },
  });
  if (context.directory.facts.issuesProvisioningIds) {
    await context.jobs.enqueue(
      transaction,
      'register-template',
      { templateId: template.id },
      { delayMs: registrationTakeoverMs },
    );
  }
  await appendEvents(transaction, viewer.partnerId, now, [
    {
      type: draft.editsTemplateId ? 'TEMPLATE_UPDATED' : 'TEMPLATE_SUBMITTED',
      message: draft.editsTemplateId
        ? `Template "${template.name}" was changed.`
        : `Template "${template.name}" was submitted.`,
      subject: { type: 'OnboardingTemplate', id: template.id },
      toStatus: template.status,
    },
  ]);
  return done({ draftId: draft.id, templateId: template.id });
}

async function writeTemplate(transaction: Transaction, viewer: Viewer, draft: TemplateDraft, now: Date) {
  const values = {
    name: present(draft.name),
    countryCode: present(draft.countryCode),
    serviceProviderAdminId: present(draft.serviceProviderAdminId),
    wholesaleSubscriptionId: present(draft.wholesaleSubscriptionId),
    authenticationMethod: present(draft.authenticationMethod),
    samlIdpEntityId: draft.samlIdpEntityId,
    oidcIdpName: draft.oidcIdpName,
    pstnProviderId: draft.pstnProviderId,
    restrictAdminInviteEmails: draft.restrictAdminInviteEmails,
    brandName: draft.brandName,
    disableCallOnWebex: draft.disableCallOnWebex,
  };
  if (draft.editsTemplateId) {
    return transaction.onboardingTemplate.update({
      where: { id: draft.editsTemplateId },
      data: { ...values, version: { increment: 1 } },
    });
  }
  return transaction.onboardingTemplate.create({
    data: { ...values, offer: draft.offer, partnerId: viewer.partnerId, createdBy: viewer.subject, createdAt: now },
  });
}

/** A draft whose steps are all complete has all its required values. */
function present<T>(value: T | null): T {
  if (value === null) throw new Error('a complete template draft lacks a required value');
  return value;
}
