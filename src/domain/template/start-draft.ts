// Opens the template wizard: empty, as an edit of a template, or as a copy of one.

import type { OnboardingTemplate } from '../../database/generated/client.ts';
import type { TemplateOffer } from '../../database/generated/enums.ts';
import { inTransaction } from '../../database/transaction.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { DomainContext } from '../context.ts';
import { judgedColumns } from '../draft/judged-columns.ts';
import { done, refused } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { problem } from '../problem.ts';
import type { Viewer } from '../viewer.ts';
import { loadTemplateFacts } from './draft.ts';
import type { DraftOutcome } from './draft.ts';
import { templateJudges, templateSteps, templateWarnings } from './rules.ts';
import type { TemplateValues } from './rules.ts';

export interface StartTemplateDraftInput {
  readonly offer?: TemplateOffer | null | undefined;
  readonly editTemplateId?: string | null | undefined;
  readonly copyTemplateId?: string | null | undefined;
}

const emptyValues: TemplateValues = {
  name: null,
  countryCode: null,
  serviceProviderAdminId: null,
  wholesaleSubscriptionId: null,
  authenticationMethod: null,
  samlIdpEntityId: null,
  oidcIdpName: null,
  pstnProviderId: null,
  restrictAdminInviteEmails: false,
  brandName: null,
  disableCallOnWebex: false,
};

export async function startTemplateDraft(
  context: DomainContext,
  viewer: Viewer,
  input: StartTemplateDraftInput,
): Promise<Outcome<DraftOutcome>> {
  const { editTemplateId, copyTemplateId } = input;
  if (editTemplateId && copyTemplateId) {
    return refused(problem('INVALID_VALUE', ['copyTemplateId'], 'Give editTemplateId or copyTemplateId, not both.'));
  }
  return inTransaction(context.database, async (transaction) => {
    const origin = await findOrigin(transaction, viewer, editTemplateId ?? copyTemplateId ?? null);
    if (origin === 'missing') {
      return refused(
        problem('NOT_FOUND', [editTemplateId ? 'editTemplateId' : 'copyTemplateId'], 'There is no such template.'),
      );
    }
    if (editTemplateId && origin?.status === 'ARCHIVED') {
      return refused(
        problem('TEMPLATE_ARCHIVED', ['editTemplateId'], 'An archived template cannot be edited; copy it instead.'),
      );
    }
    const values = origin ? valuesOf(origin, editTemplateId ? origin.name : null) : emptyValues;
    const savedSteps = origin ? templateSteps.filter((step) => editTemplateId || step !== 'PRIMARY_SETTINGS') : [];
    const facts = await loadTemplateFacts(transaction, viewer.partnerId, values, editTemplateId ?? null);
    const draft = await transaction.templateDraft.create({
      data: {
        ...values,
        ...judgedColumns(templateJudges(values, facts), savedSteps, templateWarnings(values)),
        offer: input.offer ?? 'WEBEX_FOR_WHOLESALE',
        partnerId: viewer.partnerId,
        createdBy: viewer.subject,
        editsTemplateId: editTemplateId ?? null,
        createdAt: context.now(),
        expiresAt: new Date(context.now().getTime() + context.draftLifetimeMs),
      },
      select: { id: true },
    });
    return done({ draftId: draft.id });
  });
}

async function findOrigin(
  transaction: Transaction,
  viewer: Viewer,
  templateId: string | null,
): Promise<OnboardingTemplate | 'missing' | null> {
  if (templateId === null) return null;
  const where = { id: templateId, partnerId: viewer.partnerId };
  return (await transaction.onboardingTemplate.findFirst({ where })) ?? 'missing';
}

/** A copy needs a name of its own. */
function valuesOf(template: OnboardingTemplate, name: string | null): TemplateValues {
  return {
    name,
    countryCode: template.countryCode,
    serviceProviderAdminId: template.serviceProviderAdminId,
    wholesaleSubscriptionId: template.wholesaleSubscriptionId,
    authenticationMethod: template.authenticationMethod,
    samlIdpEntityId: template.samlIdpEntityId,
    oidcIdpName: template.oidcIdpName,
    pstnProviderId: template.pstnProviderId,
    restrictAdminInviteEmails: template.restrictAdminInviteEmails,
    brandName: template.brandName,
    disableCallOnWebex: template.disableCallOnWebex,
  };
}
