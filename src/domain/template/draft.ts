// The template wizard's draft: how one step is saved. Each saver (save-….ts) brings its own reading of the form.

import type { TemplateDraft } from '../../database/generated/client.ts';
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
import { problem } from '../problem.ts';
import type { Problem } from '../problem.ts';
import type { Viewer } from '../viewer.ts';
import { templateJudges, templateSteps, templateWarnings } from './rules.ts';
import type { TemplateFacts, TemplateValues } from './rules.ts';

export interface DraftOutcome {
  readonly draftId: string;
}

type TemplateStep = (typeof templateSteps)[number];

/** What a form came to: the values to store, or what is wrong with them. */
export interface StepForm {
  readonly values: Partial<TemplateValues>;
  readonly problems: readonly Problem[];
}

export async function saveTemplateStep(
  context: DomainContext,
  viewer: Viewer,
  reference: DraftReference,
  step: TemplateStep,
  form: StepForm,
  judge: (values: TemplateValues, facts: TemplateFacts) => readonly Problem[],
): Promise<Outcome<DraftOutcome>> {
  return inTransaction(context.database, async (transaction) => {
    const draft = await lockTemplateDraft(transaction, viewer, reference.draftId);
    if (!draft) return refused(draftNotFound());
    const self = { draftId: draft.id };
    const unchangeable = checkChangeable(draft, reference.expectedVersion, context.now());
    if (unchangeable) return refused(unchangeable, self);
    const archived = await judgeEdited(transaction, draft);
    if (archived) return refused(archived, self);
    const outOfOrder = checkOrder(templateSteps, draft.savedSteps, step);
    if (outOfOrder) return refused(outOfOrder, self);
    const values: TemplateValues = { ...draft, ...form.values };
    const facts = await loadTemplateFacts(transaction, viewer.partnerId, values, draft.editsTemplateId);
    const problems = [...form.problems, ...judge(values, facts)];
    if (problems.length > 0) return refused(problems, self);
    const savedSteps = withStep(draft.savedSteps, step);
    await transaction.templateDraft.update({
      where: { id: draft.id },
      data: {
        ...form.values,
        ...judgedColumns(templateJudges(values, facts), savedSteps, templateWarnings(values)),
        version: { increment: 1 },
        expiresAt: new Date(context.now().getTime() + context.draftLifetimeMs),
      },
    });
    return done(self);
  });
}

export async function lockTemplateDraft(
  transaction: Transaction,
  viewer: Viewer,
  draftId: string,
): Promise<TemplateDraft | null> {
  await lockRow(transaction, 'TemplateDraft', draftId);
  return transaction.templateDraft.findFirst({ where: { id: draftId, partnerId: viewer.partnerId } });
}

/** Null: the draft edits nothing, or a template that can still be changed; until the commit nobody archives it. */
export async function judgeEdited(
  transaction: Transaction,
  { editsTemplateId }: Pick<TemplateDraft, 'editsTemplateId'>,
): Promise<Problem | null> {
  if (editsTemplateId === null) return null;
  await lockRow(transaction, 'OnboardingTemplate', editsTemplateId);
  const { name, status } = await transaction.onboardingTemplate.findUniqueOrThrow({ where: { id: editsTemplateId } });
  if (status !== 'ARCHIVED') return null;
  return problem('TEMPLATE_ARCHIVED', ['draftId'], `The template "${name}" was archived since the edit began.`);
}

export async function loadTemplateFacts(
  transaction: Transaction,
  partnerId: string,
  values: TemplateValues,
  editsTemplateId: string | null,
): Promise<TemplateFacts> {
  const namesakes = values.name
    ? await transaction.onboardingTemplate.count({
        where: {
          partnerId,
          // Compared with ILIKE, for which some characters stand for others unless they are escaped.
          name: { equals: values.name.replace(/[\\%_]/g, '\\$&'), mode: 'insensitive' },
          status: { not: 'ARCHIVED' },
          ...(editsTemplateId ? { id: { not: editsTemplateId } } : {}),
        },
      })
    : 0;
  const admins = values.serviceProviderAdminId
    ? await transaction.serviceProviderAdmin.count({ where: { id: values.serviceProviderAdminId, partnerId } })
    : 0;
  const subscriptions = values.wholesaleSubscriptionId
    ? await transaction.wholesaleSubscription.count({ where: { id: values.wholesaleSubscriptionId, partnerId } })
    : 0;
  return { isNameTaken: namesakes > 0, isAdminKnown: admins > 0, isSubscriptionKnown: subscriptions > 0 };
}
