// Whether a customer itself can be changed or detached now. Other than for work on single users, everything else of the
// customer has to have ended: the platform takes one change of a customer at a time.

import type { Customer, CustomerPackage } from '../../database/generated/client.ts';
import type { CustomerStatus } from '../../database/generated/enums.ts';
import { lockRow } from '../../database/locks.ts';
import type { Transaction } from '../../database/transaction.ts';
import { endedOperationStatuses } from '../operation/status.ts';
import { problem } from '../problem.ts';
import type { Problem } from '../problem.ts';
import { standingColumns } from '../sub-partner/rules.ts';
import type { SubPartnerStanding } from '../sub-partner/rules.ts';
import type { Viewer } from '../viewer.ts';

export interface ChangeableCustomer extends Customer {
  readonly packages: readonly CustomerPackage[];
  readonly subPartner: SubPartnerStanding | null;
  /** Null: it has none yet. */
  readonly headquartersId: string | null;
}

/** Until the commit nobody else accepts an operation of this customer. Null: the partner has no such customer. */
export async function lockCustomer(
  transaction: Transaction,
  viewer: Viewer,
  customerId: string,
): Promise<ChangeableCustomer | null> {
  const where = { id: customerId, partnerId: viewer.partnerId };
  if ((await transaction.customer.count({ where })) === 0) return null;
  await lockRow(transaction, 'Customer', customerId);
  const customer = await transaction.customer.findUnique({
    where,
    include: {
      packages: { orderBy: { code: 'asc' } },
      subPartner: { select: standingColumns },
      locations: { where: { kind: 'HEADQUARTERS' }, select: { id: true } },
    },
  });
  return customer && { ...customer, headquartersId: customer.locations[0]?.id ?? null };
}

/** @param fit From which statuses the change can start. */
export async function judgeChangeable(
  transaction: Transaction,
  { id, status }: Pick<Customer, 'id' | 'status'>,
  fit: readonly CustomerStatus[],
): Promise<Problem[]> {
  const path = ['customerId'];
  if (await isBusy(transaction, id)) {
    const message = 'Another operation of this customer has not ended; wait for it or cancel it.';
    return [problem('CUSTOMER_BUSY', path, message)];
  }
  if (fit.includes(status)) return [];
  const message = `The customer has to be ${fit.join(' or ')} for this; it is ${status}.`;
  return [problem('CUSTOMER_NOT_PROVISIONED', path, message)];
}

export async function isBusy(transaction: Transaction, customerId: string): Promise<boolean> {
  const underWay = await transaction.provisioningOperation.count({
    where: { customerId, status: { notIn: [...endedOperationStatuses] } },
  });
  return underWay > 0;
}

export function noSuchCustomer(): Problem {
  return problem('NOT_FOUND', ['customerId'], 'There is no such customer.');
}
