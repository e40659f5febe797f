// Adds locations that were made elsewhere.

import type { Transaction } from '../../database/transaction.ts';
import type { ObservedLocation } from './observed.ts';

/** The customer that something is added to. */
export interface FoundIn {
  readonly partnerId: string;
  readonly customerId: string;
  readonly now: Date;
}

/** @param hasHeadquarters Whether the first of them is the headquarters; the platform does not say which it is. */
export async function addLocations(
  transaction: Transaction,
  { partnerId, customerId, now }: FoundIn,
  locations: readonly ObservedLocation[],
  hasHeadquarters: boolean,
): Promise<{ readonly id: string; readonly name: string }[]> {
  return transaction.location.createManyAndReturn({
    data: locations.map(({ address, platformId, ...details }, index) => ({
      ...details,
      ...address,
      partnerId,
      customerId,
      platformId,
      kind: hasHeadquarters && index === 0 ? ('HEADQUARTERS' as const) : ('BRANCH' as const),
      status: 'PROVISIONED' as const,
      // In the platform's order, where all are found at the same moment.
      createdAt: new Date(now.getTime() + index),
    })),
    skipDuplicates: true,
    select: { id: true, name: true },
  });
}
