// A change of a user's package as the operation keeps it: from what to what. The row has the new values from the moment the
// change is accepted, so that nobody else takes the seat, the number or the extension; it gets the old ones back where the
// platform refuses. What the user gives up is given up only when the platform has done it.

import { z } from 'zod';
import { PackageCode } from '../../database/generated/enums.ts';
import type { Transaction } from '../../database/transaction.ts';

const userSettings = z.object({
  package: z.enum(PackageCode),
  locationId: z.string().nullable(),
  extension: z.string().nullable(),
  phoneNumberId: z.string().nullable(),
});

export type UserSettings = z.infer<typeof userSettings>;

const userChange = z.object({ before: userSettings, after: userSettings });

export type UserChange = z.infer<typeof userChange>;

/** ProvisioningOperation.input of an UPDATE_USER. */
export function parseUserChange(stored: unknown): UserChange {
  return userChange.parse(stored);
}

/** False: somebody else has the number or the extension meanwhile, and nothing was written. */
export async function claimSettings(
  transaction: Transaction,
  userId: string,
  { before, after }: UserChange,
): Promise<boolean> {
  const { customerId } = await transaction.user.findUniqueOrThrow({
    where: { id: userId },
    select: { customerId: true },
  });
  const extension = after.extension ?? before.extension;
  const rivals =
    extension === null ? 0 : await transaction.user.count({ where: { customerId, extension, id: { not: userId } } });
  if (rivals > 0) return false;
  const newNumber = after.phoneNumberId !== before.phoneNumberId ? after.phoneNumberId : null;
  if (newNumber !== null) {
    const { count } = await transaction.phoneNumber.updateMany({
      where: { id: newNumber, OR: [{ userId: null }, { userId }] },
      data: { userId },
    });
    if (count === 0) return false;
  }
  await transaction.user.update({
    where: { id: userId },
    data: { package: after.package, locationId: after.locationId, extension },
  });
  return true;
}

/** The platform has done it. */
export async function settleSettings(
  transaction: Transaction,
  userId: string,
  { before, after }: UserChange,
): Promise<void> {
  if (before.phoneNumberId !== null && after.phoneNumberId !== before.phoneNumberId) {
    await releaseNumber(transaction, userId, before.phoneNumberId);
  }
  await transaction.user.update({ where: { id: userId }, data: { extension: after.extension } });
}

/** The platform has refused it. */
export async function restoreSettings(
  transaction: Transaction,
  userId: string,
  { before, after }: UserChange,
): Promise<void> {
  if (after.phoneNumberId !== null && after.phoneNumberId !== before.phoneNumberId) {
    await releaseNumber(transaction, userId, after.phoneNumberId);
  }
  const { package: code, locationId, extension } = before;
  await transaction.user.update({ where: { id: userId }, data: { package: code, locationId, extension } });
}

async function releaseNumber(transaction: Transaction, userId: string, id: string): Promise<void> {
  await transaction.phoneNumber.updateMany({ where: { id, userId }, data: { userId: null } });
}
