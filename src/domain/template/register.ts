// Brings a submitted template to the platform and records the provisioning ID it answers. Safe to repeat: the platform
// answers the same ID for the same template, and recording it twice changes nothing.

import { lockRow } from '../../database/locks.ts';
import { inTransaction } from '../../database/transaction.ts';
import type { DomainContext } from '../context.ts';
import { changeTemplateStatus } from './change-status.ts';

export async function registerTemplate(context: DomainContext, templateId: string): Promise<void> {
  if (!context.directory.facts.issuesProvisioningIds) return;
  const template = await context.database.onboardingTemplate.findUnique({
    where: { id: templateId },
    include: { partner: { select: { slug: true } }, wholesaleSubscription: { select: { number: true } } },
  });
  if (!template || template.status === 'ARCHIVED') return;
  const { provisioningId } = await context.directory.registerTemplate(template.partner.slug, {
    templateId,
    name: template.name,
    countryCode: template.countryCode,
    subscriptionNumber: template.wholesaleSubscription.number,
    authenticationMethod: template.authenticationMethod,
    identityProvider: template.samlIdpEntityId ?? template.oidcIdpName,
    pstnProviderId: template.pstnProviderId,
    restrictAdminInviteEmails: template.restrictAdminInviteEmails,
    brandName: template.brandName,
    disableCallOnWebex: template.disableCallOnWebex,
  });
  await inTransaction(context.database, async (transaction) => {
    await lockRow(transaction, 'OnboardingTemplate', templateId);
    const { status } = await transaction.onboardingTemplate.findUniqueOrThrow({
      where: { id: templateId },
      select: { status: true },
    });
    if (status !== 'AWAITING_PROVISIONING_ID') return;
    const message = `Template "${template.name}" has its provisioning ID and can be used.`;
    const waiting = { id: templateId, partnerId: template.partnerId, status };
    await changeTemplateStatus(transaction, waiting, 'ACTIVE', { message, at: context.now(), provisioningId });
  });
}
