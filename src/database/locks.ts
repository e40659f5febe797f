// Row locks for commands that read, decide and write. Held until the transaction ends.

import { Prisma } from './generated/client.ts';
import type { Transaction } from './transaction.ts';

type LockableTable =
  | 'Partner'
  | 'TemplateDraft'
  | 'CustomerDraft'
  | 'SetupDraft'
  | 'OnboardingTemplate'
  | 'Customer'
  | 'User'
  | 'ProvisioningOperation';

/** Waits for others that hold the row; readers and rows that reference it are not held up. False: there is no such row. */
export async function lockRow(transaction: Transaction, table: LockableTable, id: string): Promise<boolean> {
  const rows = await transaction.$queryRaw<unknown[]>`
    SELECT 1 FROM ${Prisma.raw(`"${table}"`)} WHERE "id" = ${id}::uuid FOR NO KEY UPDATE`;
  return rows.length > 0;
}
