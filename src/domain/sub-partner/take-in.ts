// Keeps what the platform tells of a partner's sub-partners. They are set up and suspended there, by Cisco, and nowhere else.

import { inTransaction } from '../../database/transaction.ts';
import type { SubPartnerState } from '../../database/generated/enums.ts';
import type { DomainContext } from '../context.ts';

export interface ObservedSubPartner {
  readonly organizationId: string;
  readonly subscriptionNumber: string | null;
  readonly state: SubPartnerState;
  readonly setUpAt: Date | null;
  readonly billingStartDate: Date | null;
}

export async function takeInSubPartners(
  { database, now }: DomainContext,
  partnerId: string,
  observed: readonly ObservedSubPartner[],
): Promise<void> {
  await inTransaction(database, async (transaction) => {
    for (const { organizationId, state, ...told } of observed) {
      const values = { ...told, provisioningState: state, vanishedAt: null };
      await transaction.subPartner.upsert({
        where: { partnerId_organizationId: { partnerId, organizationId } },
        create: { partnerId, organizationId, ...values },
        update: values,
      });
    }
    await transaction.subPartner.updateMany({
      where: { partnerId, organizationId: { notIn: observed.map((one) => one.organizationId) }, vanishedAt: null },
      data: { vanishedAt: now() },
    });
  });
}
