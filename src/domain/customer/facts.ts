// Loads what the rules need to know of the partner's other customers and of the template.

import { lockRow } from '../../database/locks.ts';
import type { Transaction } from '../../database/transaction.ts';
import { judgeSubPartner } from '../sub-partner/rules.ts';
import type { CustomerFacts, CustomerTemplate } from './rules.ts';

interface Claims {
  readonly templateId: string | null;
  readonly externalId: string | null;
  readonly organizationId: string | null;
  readonly subPartnerId: string | null;
}

export async function loadCustomerFacts(
  transaction: Transaction,
  partnerId: string,
  { templateId, externalId, organizationId, subPartnerId }: Claims,
): Promise<CustomerFacts> {
  return {
    subPartnerProblems: await judgeSubPartner(transaction, partnerId, subPartnerId),
    template: templateId === null ? null : await loadTemplate(transaction, partnerId, { id: templateId }),
    isExternalIdTaken: externalId !== null && (await isExternalIdTaken(transaction, partnerId, externalId)),
    isOrganizationTaken: organizationId !== null && (await isOrganizationTaken(transaction, partnerId, organizationId)),
  };
}

/**
 * For the transaction that creates the customer. External ids and organisations are claimed under the partner's lock, one
 * claim at a time; the template is locked, so that it cannot be archived while a customer is being made with it.
 */
export async function loadFactsToCreate(
  transaction: Transaction,
  partnerId: string,
  claims: Claims,
): Promise<CustomerFacts> {
  await lockRow(transaction, 'Partner', partnerId);
  if (claims.templateId !== null) await lockRow(transaction, 'OnboardingTemplate', claims.templateId);
  return loadCustomerFacts(transaction, partnerId, claims);
}

export async function loadTemplate(
  transaction: Transaction,
  partnerId: string,
  key: { readonly id: string } | { readonly provisioningId: string },
): Promise<CustomerTemplate | null> {
  return transaction.onboardingTemplate.findFirst({
    where: { ...key, partnerId },
    select: { id: true, name: true, status: true, restrictAdminInviteEmails: true, brandName: true },
  });
}

/** @param exceptCustomerId The customer that may have it. */
export async function isExternalIdTaken(
  transaction: Transaction,
  partnerId: string,
  externalId: string,
  exceptCustomerId: string | null = null,
): Promise<boolean> {
  const holders = await transaction.customer.count({
    where: {
      partnerId,
      externalId,
      status: { not: 'DELETED' },
      ...(exceptCustomerId === null ? {} : { id: { not: exceptCustomerId } }),
    },
  });
  return holders > 0;
}

/** An attempt that ended in an error holds nothing; whether the platform sees it so too, its own facts say. */
async function isOrganizationTaken(
  transaction: Transaction,
  partnerId: string,
  organizationId: string,
): Promise<boolean> {
  const holders = await transaction.customer.count({
    where: { partnerId, organizationId, status: { notIn: ['DELETED', 'ERROR'] } },
  });
  return holders > 0;
}
