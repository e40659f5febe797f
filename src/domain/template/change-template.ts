// What can be done to a submitted template: link the provisioning ID an operator copied from Partner Hub, archive it.

import { lockRow } from '../../database/locks.ts';
import { inTransaction } from '../../database/transaction.ts';
import { checkText, textLimits } from '../checks.ts';
import type { Problems } from '../checks.ts';
import type { DomainContext } from '../context.ts';
import { done, refused } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { problem } from '../problem.ts';
import type { Viewer } from '../viewer.ts';
import { changeTemplateStatus } from './change-status.ts';

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
    // Against an archiving, or a registration, that goes on at the same time.
    await lockRow(transaction, 'OnboardingTemplate', input.templateId);
    const template = await transaction.onboardingTemplate.findFirst({
      where: { id: input.templateId, partnerId: viewer.partnerId },
    });
    if (!template) return refused([...problems, templateNotFound()]);
    const self = { templateId: template.id };
    if (template.status === 'ARCHIVED')
      problems.push(problem('TEMPLATE_ARCHIVED', ['templateId'], 'The template is archived.'));
    if (provisioningId === null) return refused(problems, self);
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
    if (problems.length > 0) return refused(problems, self);
    if (template.status === 'ACTIVE') return done(self);
    const message = `Template "${template.name}" has its provisioning ID and can be used.`;
    await changeTemplateStatus(transaction, template, 'ACTIVE', { message, at: context.now(), provisioningId });
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
    const message = `Template "${template.name}" was archived.`;
    await changeTemplateStatus(transaction, template, 'ARCHIVED', { message, at: context.now() });
    return done(self);
  });
}

function templateNotFound() {
  return problem('NOT_FOUND', ['templateId'], 'There is no such template.');
}
