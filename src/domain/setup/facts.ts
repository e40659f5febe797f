// Loads what the rules need to know about the customer of a draft; of its users: ../user/facts.ts.

import type { Transaction } from '../../database/transaction.ts';
import { endedOperationStatuses } from '../operation/status.ts';
import type { Viewer } from '../viewer.ts';
import { standingColumns } from '../sub-partner/rules.ts';
import type { CustomerState } from './rules.ts';

export interface SetupCustomer extends CustomerState {
  readonly companyName: string;
  readonly origin: 'NEW' | 'ATTACHED';
}

export async function loadSetupCustomer(
  transaction: Transaction,
  viewer: Viewer,
  customerId: string,
): Promise<SetupCustomer | null> {
  const customer = await transaction.customer.findFirst({
    where: { id: customerId, partnerId: viewer.partnerId },
    select: {
      companyName: true,
      origin: true,
      status: true,
      isPartnerOwnOrganization: true,
      subPartner: { select: standingColumns },
    },
  });
  if (!customer) return null;
  const operationsUnderWay = await transaction.provisioningOperation.count({
    where: { customerId, status: { notIn: [...endedOperationStatuses] } },
  });
  return { ...customer, hasOperationUnderWay: operationsUnderWay > 0 };
}
