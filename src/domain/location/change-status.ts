// Moves a location to another status: the row and the event that tells of it.

import type { LocationStatus } from '../../database/generated/enums.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { OperationEvent } from '../operation/lease.ts';
import type { ProvisioningError } from '../operation/provisioning-error.ts';

/** The platform creates a location within one call: none is ever seen PROVISIONING, as with users. */
export const locationTransitions: Record<LocationStatus, readonly LocationStatus[]> = {
  PENDING: ['PROVISIONED', 'ERROR'],
  PROVISIONING: [],
  PROVISIONED: [],
  ERROR: ['PENDING', 'PROVISIONED'],
};

export async function changeLocationStatus(
  transaction: Transaction,
  locationId: string,
  to: LocationStatus,
  data: { readonly platformId?: string; readonly errors?: readonly ProvisioningError[] } = {},
): Promise<OperationEvent[]> {
  const location = await transaction.location.findUniqueOrThrow({ where: { id: locationId } });
  const from = location.status;
  if (from === to) return [];
  if (!locationTransitions[from].includes(to)) {
    throw new Error(`location ${locationId} cannot go from ${from} to ${to}`);
  }
  const errors = (data.errors ?? []).map((error) => ({ ...error }));
  await transaction.location.update({
    where: { id: locationId },
    data: { status: to, errors, ...(data.platformId ? { platformId: data.platformId } : {}) },
  });
  return [
    {
      type: 'LOCATION_STATUS_CHANGED',
      message: `The location ${location.name} is ${to}.`,
      subject: { type: 'Location', id: locationId },
      fromStatus: from,
      toStatus: to,
      errors,
    },
  ];
}
