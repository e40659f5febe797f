// The statuses of a customer and its packages and which may follow which (domain.md 7.2 and 7.3).

import type { CustomerStatus, PackageStatus } from '../../database/generated/enums.ts';

export const customerTransitions: Record<CustomerStatus, readonly CustomerStatus[]> = {
  AWAITING_CONSENT: ['PROVISIONING', 'ERROR', 'DELETED'],
  PROVISIONING: ['PROVISIONED', 'PROVISIONED_WITH_ERRORS', 'ERROR', 'PENDING_COMPLIANCE_REVIEW', 'DELETED'],
  PENDING_COMPLIANCE_REVIEW: ['PROVISIONING', 'PROVISIONED', 'PROVISIONED_WITH_ERRORS', 'ERROR'],
  // The settled ones follow one another where the customer was changed elsewhere.
  PROVISIONED: ['UPDATING', 'DELETING', 'PROVISIONED_WITH_ERRORS', 'ERROR'],
  PROVISIONED_WITH_ERRORS: ['UPDATING', 'DELETING', 'PROVISIONING', 'PROVISIONED', 'ERROR'],
  UPDATING: ['PROVISIONED', 'PROVISIONED_WITH_ERRORS', 'ERROR'],
  DELETING: ['DELETED', 'ERROR'],
  DELETED: [],
  ERROR: [
    'UPDATING',
    'DELETING',
    'PROVISIONING',
    'AWAITING_CONSENT',
    'DELETED',
    'PROVISIONED',
    'PROVISIONED_WITH_ERRORS',
  ],
};

export const packageTransitions: Record<PackageStatus, readonly PackageStatus[]> = {
  PROVISIONING: ['PROVISIONED', 'ERROR'],
  PROVISIONED: ['DELETING', 'ERROR'],
  DELETING: ['ERROR'],
  ERROR: ['PROVISIONING', 'DELETING', 'PROVISIONED'],
};

/** Set up, users, numbers: only for a customer the platform has finished with, even where some package failed. */
export function isProvisioned(status: CustomerStatus): boolean {
  return status === 'PROVISIONED' || status === 'PROVISIONED_WITH_ERRORS';
}
