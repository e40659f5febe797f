// Gives a user a number that was judged free for them: one that the location has already, or a new one.

import type { Transaction } from '../../database/transaction.ts';
import type { KnownNumber } from './values.ts';

export interface NumberTarget {
  readonly partnerId: string;
  readonly customerId: string;
  readonly locationId: string;
  readonly userId: string;
  readonly createdAt: Date;
}

export interface HandedNumber {
  readonly id: string;
  /** False: it has to be added to the platform first. */
  readonly isProvisioned: boolean;
}

export async function handNumber(
  transaction: Transaction,
  { userId, ...target }: NumberTarget,
  number: string,
  known: KnownNumber | undefined,
): Promise<HandedNumber> {
  if (!known) {
    const { id } = await transaction.phoneNumber.create({ data: { ...target, userId, number }, select: { id: true } });
    return { id, isProvisioned: false };
  }
  await transaction.phoneNumber.update({
    where: { id: known.id },
    data: { userId, ...(known.isProvisioned ? {} : { status: 'PENDING', errors: [] }) },
  });
  return { id: known.id, isProvisioned: known.isProvisioned };
}
