// ASSIGN_PHONE_NUMBERS: the platform assigns a number while it makes its user; this step sees to it that it did.

import { recordItems } from '../../domain/operation/progress.ts';
import type { ItemResult } from '../../domain/operation/progress.ts';
import { ownError } from '../errors.ts';
import { organizationOf } from '../organization.ts';
import { pollDelayMs } from '../schedule.ts';
import { ended } from '../step.ts';
import type { StepResult, StepWork } from '../step.ts';
import { doneItem, failedItem } from '../try-item.ts';

/** How long the platform may take to show a number with its user. */
const patienceMs = 120_000;

export async function assignPhoneNumbers(work: StepWork): Promise<StepResult> {
  if (work.items.length === 0) return ended;
  const rows = await work.context.database.user.findMany({
    where: { customerId: work.customerId, id: { in: work.items.map(({ subjectKey }) => subjectKey) } },
    include: { phoneNumber: true },
  });
  const rowById = new Map(rows.map((row) => [row.id, row]));
  const numbers = await work.platform.listNumbers(await organizationOf(work));
  const ownerByNumber = new Map(numbers.map(({ number, ownerPersonId }) => [number, ownerPersonId]));
  const now = work.context.now();
  const elapsedMs = now.getTime() - work.startedAt.getTime();
  const results = work.items.flatMap((item): ItemResult[] => {
    const user = rowById.get(item.subjectKey);
    if (user?.status !== 'PROVISIONED' || !user.phoneNumber) {
      return [
        failedItem(
          item,
          ownError('USER_NOT_PROVISIONED', 'Its user was not provisioned, so the number is not in use.', now),
        ),
      ];
    }
    const { number } = user.phoneNumber;
    if (user.personId !== null && ownerByNumber.get(number) === user.personId) return [doneItem(item)];
    if (elapsedMs < patienceMs) return [];
    return [
      failedItem(item, ownError('NUMBER_UNAVAILABLE', `The platform does not show ${number} with its user.`, now)),
    ];
  });
  await recordItems(work.context, work.lease, work.stepId, results, async (_transaction, fresh) => {
    const done = fresh.filter(({ status }) => status === 'DONE').length;
    return [{ type: 'STEP_PROGRESSED', message: `${done} numbers are in use by their users.` }];
  });
  if (results.length === work.items.length) return ended;
  return {
    kind: 'waiting',
    nextAction: 'WAIT',
    message: 'The platform is assigning the numbers.',
    lookAgainAfterMs: pollDelayMs(elapsedMs),
  };
}
