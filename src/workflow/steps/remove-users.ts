// REMOVE_USERS: takes users off the platform, then forgets them. One who is not there any more counts as removed.

import type { User } from '../../database/generated/client.ts';
import { recordItems } from '../../domain/operation/progress.ts';
import { changeUserStatus } from '../../domain/user/change-status.ts';
import { deleteUser } from '../../domain/user/delete-user.ts';
import { forEachConcurrently } from '../concurrently.ts';
import { ended } from '../step.ts';
import type { StepItem, StepResult, StepWork } from '../step.ts';
import { doneItem, failedItem, tryItem } from '../try-item.ts';

const atOnce = 6;

export async function removeUsers(work: StepWork): Promise<StepResult> {
  if (work.items.length === 0) return ended;
  const { platformId: customerPlatformId } = await work.context.database.customer.findUniqueOrThrow({
    where: { id: work.customerId },
    select: { platformId: true },
  });
  const rows = await work.context.database.user.findMany({
    where: { customerId: work.customerId, id: { in: work.items.map(({ subjectKey }) => subjectKey) } },
  });
  const rowById = new Map(rows.map((row) => [row.id, row]));
  await forEachConcurrently(work.items, atOnce, work.signal, async (item) => {
    const row = rowById.get(item.subjectKey);
    const result = await tryItem(work, item, async () => {
      const platformId = row && (await findAtPlatform(work, customerPlatformId, row));
      if (platformId) await work.platform.removeUser(platformId);
    });
    await record(work, item, 'error' in result ? failedItem(item, result.error) : doneItem(item));
  });
  return ended;
}

/** Null: it is not there. One whose creation failed here may be there all the same. */
async function findAtPlatform(work: StepWork, customerPlatformId: string | null, row: User): Promise<string | null> {
  if (row.platformId !== null) return (await work.platform.getUser(row.platformId))?.platformId ?? null;
  if (customerPlatformId === null) return null;
  const [found] = await work.platform.listUsers(customerPlatformId, { email: row.email });
  return found?.platformId ?? null;
}

async function record(work: StepWork, item: StepItem, result: ReturnType<typeof failedItem>): Promise<void> {
  await recordItems(work.context, work.lease, work.stepId, [result], (transaction) =>
    result.error
      ? changeUserStatus(transaction, item.subjectKey, 'ERROR', work.context.now(), { errors: [result.error] })
      : deleteUser(transaction, item.subjectKey),
  );
}
