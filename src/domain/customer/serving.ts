// Whether a customer can be given users, locations and numbers now, without a wizard (domain rules S1 and A12). Other than
// for the wizard, work on other users is no hindrance, and the partner's own organisation is served.

import type { CustomerOrigin, CustomerStatus, OperationKind } from '../../database/generated/enums.ts';
import { lockRow } from '../../database/locks.ts';
import type { Transaction } from '../../database/transaction.ts';
import { endedOperationStatuses } from '../operation/status.ts';
import { problem } from '../problem.ts';
import type { Problem } from '../problem.ts';
import { judgeStanding, standingColumns } from '../sub-partner/rules.ts';
import type { SubPartnerStanding } from '../sub-partner/rules.ts';
import type { Viewer } from '../viewer.ts';
import { isProvisioned } from './status.ts';

export interface ServedCustomer {
  readonly id: string;
  readonly companyName: string;
  readonly origin: CustomerOrigin;
  readonly status: CustomerStatus;
  /** Null: the partner itself sells to it. */
  readonly subPartner: SubPartnerStanding | null;
  /** The customer itself is being created, attached, changed or detached. */
  readonly isChanging: boolean;
}

const customerOperations: OperationKind[] = [
  'CREATE_CUSTOMER',
  'ATTACH_CUSTOMER',
  'UPDATE_CUSTOMER',
  'DETACH_CUSTOMER',
];

/** Until the commit nobody else accepts an operation of this customer. Null: the partner has no such customer. */
export async function lockServedCustomer(
  transaction: Transaction,
  viewer: Viewer,
  customerId: string,
): Promise<ServedCustomer | null> {
  const where = { id: customerId, partnerId: viewer.partnerId };
  // Before it is locked, so that nobody holds up another partner's work.
  if ((await transaction.customer.count({ where })) === 0) return null;
  await lockRow(transaction, 'Customer', customerId);
  const customer = await transaction.customer.findFirst({
    where,
    select: { id: true, companyName: true, origin: true, status: true, subPartner: { select: standingColumns } },
  });
  if (!customer) return null;
  const changes = await transaction.provisioningOperation.count({
    where: { customerId, kind: { in: customerOperations }, status: { notIn: [...endedOperationStatuses] } },
  });
  return { ...customer, isChanging: changes > 0 };
}

export function judgeServed(customer: ServedCustomer, path: readonly string[]): Problem[] {
  return [...judgeReachable(customer, path), ...judgeStanding(customer.subPartner, path)];
}

/** For what a suspended sub-partner may do as well: take away. */
export function judgeReachable({ status, isChanging }: ServedCustomer, path: readonly string[]): Problem[] {
  if (status === 'UPDATING' || status === 'DELETING' || (isProvisioned(status) && isChanging)) {
    const message =
      'The customer itself is being created, changed or detached at the moment; wait until that has ended.';
    return [problem('CUSTOMER_BUSY', path, message)];
  }
  if (isProvisioned(status)) return [];
  return [
    problem(
      'CUSTOMER_NOT_PROVISIONED',
      path,
      `Only a customer that is PROVISIONED or PROVISIONED_WITH_ERRORS can be changed; this one is ${status}.`,
    ),
  ];
}

export function customerNotFound(): Problem {
  return problem('NOT_FOUND', ['customerId'], 'There is no such customer.');
}
