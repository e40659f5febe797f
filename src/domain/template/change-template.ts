// What can be done to a submitted template: link the provisioning ID an operator copied from Partner Hub, archive it.

import { appendEvents } from '../../database/event-log.ts';
import { lockRow } from '../../database/locks.ts';
import { inTransaction } from '../../database/transaction.ts';
import { checkText, textLimits } from '../checks.ts';
import type { Problems } from '../checks.ts';
import type { DomainContext } from '../context.ts';
import { done, refused } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { problem } from '../problem.ts';
import type { Viewer } from '../viewer.ts';

export interface TemplateOutcome {
  readonly templateId: string;
}

export interface LinkProvisioningIdInput {
  readonly templateId: string;
  readonly provisioningId: string;
}

export async function linkProvisioningId(
  context: DomainContext,
  viewer: Viewer,
  input: LinkProvisioningIdInput,
): Promise<Outcome<TemplateOutcome>> {
  const problems: Problems = [];
  const provisioningId = checkText(problems, ['provisioningId'], input.provisioningId, textLimits.identifier);
  return inTransaction(context.database, async (transaction) => {
    await lockRow(transaction, 'Partner', viewer.partnerId);
    const template = await transaction.onboardingTemplate.findFirst({
      where: { id: input.templateId, partnerId: viewer.partnerId },
    });
    if (!template) return refused([...problems, templateNotFound()]);
    const self = { templateId: template.id };
    if (template.status === 'ARCHIVED')
      problems.push(problem('TEMPLATE_ARCHIVED', ['templateId'], 'The template is archived.'));
    if (template.status === 'ACTIVE' && template.provisioningId !== provisioningId) {
      problems.push(
        problem(
          'INVALID_VALUE',
          ['provisioningId'],
          'The template has another provisioning ID already, which cannot change.',
        ),
      );
    }
    const holder = await transaction.onboardingTemplate.count({
      where: { partnerId: viewer.partnerId, provisioningId, id: { not: template.id } },
    });
    if (holder > 0)
      problems.push(problem('DUPLICATE', ['provisioningId'], 'Another template has this provisioning ID.'));
    if (problems.length > 0 || provisioningId === null) return refused(problems, self);
    if (template.status === 'ACTIVE') return done(self);
    await transaction.onboardingTemplate.update({
      where: { id: template.id },
      data: { provisioningId, status: 'ACTIVE', version: { increment: 1 } },
    });
    await appendEvents(transaction, viewer.partnerId, context.now(), [
      {
        type: 'TEMPLATE_UPDATED',
        message: `Template "${template.name}" has its provisioning ID and can be used.`,
        subject: { type: 'OnboardingTemplate', id: template.id },
        fromStatus: template.status,
        toStatus: 'ACTIVE',
      },
    ]);
    return done(self);
  });
}

export async function archiveTemplate(
  context: DomainContext,
  viewer: Viewer,
  input: { readonly templateId: string },
): Promise<Outcome<TemplateOutcome>> {
  return inTransaction(context.database, async (transaction) => {
    await lockRow(transaction, 'OnboardingTemplate', input.templateId);
    const template = await transaction.onboardingTemplate.findFirst({
      where: { id: input.templateId, partnerId: viewer.partnerId },
    });
    if (!template) return refused(templateNotFound());
    const self = { templateId: template.id };
    if (template.status === 'ARCHIVED') return done(self);
    const customers = await transaction.customer.count({
      where: { templateId: template.id, status: { not: 'DELETED' } },
    });
    if (customers > 0) {
      return refused(
        problem(
          'TEMPLATE_IN_USE',
          ['templateId'],
          `${customers} customers were created with this template; it cannot be archived while they exist.`,
        ),
        self,
      );
    }
    await transaction.onboardingTemplate.update({
      where: { id: template.id },
      data: { status: 'ARCHIVED', version: { increment: 1 } },
    });
    await appendEvents(transaction, viewer.partnerId, context.now(), [
      {
        type: 'TEMPLATE_UPDATED',
        message: `Template "${template.name}" was archived.`,
        subject: { type: 'OnboardingTemplate', id: template.id },
        fromStatus: template.status,
        toStatus: 'ARCHIVED',
      },
    ]);
    return done(self);
  });
}

function templateNotFound() {
  return problem('NOT_FOUND', ['templateId'], 'There is no such template.');
}
