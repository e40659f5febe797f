// ASSIGN_ROLES: gives users the roles of the operation's input. The platform's call replaces what a person has, so doing it
// again does no harm, and it looks by itself whether there is anything to do.

import { z } from 'zod';
import { OrganizationRole } from '../../database/generated/enums.ts';
import { recordItems } from '../../domain/operation/progress.ts';
import { ownError } from '../errors.ts';
import { organizationOf } from '../organization.ts';
import { ended } from '../step.ts';
import type { StepItem, StepResult, StepWork } from '../step.ts';
import { doneItem, failedItem, tryItem } from '../try-item.ts';

const assignment = z.object({ roles: z.array(z.enum(OrganizationRole)) });

export async function assignRoles(work: StepWork): Promise<StepResult> {
  if (work.items.length === 0) return ended;
  const { input } = await work.context.database.provisioningOperation.findUniqueOrThrow({
    where: { id: work.lease.operationId },
    select: { input: true },
  });
  const { roles } = assignment.parse(input);
  const organizationId = await organizationOf(work);
  for (const item of work.items) {
    work.signal.throwIfAborted();
    await assign(work, item, organizationId, roles);
  }
  return ended;
}

async function assign(
  work: StepWork,
  item: StepItem,
  organizationId: string,
  roles: readonly OrganizationRole[],
): Promise<void> {
  const user = await work.context.database.user.findUnique({
    where: { id: item.subjectKey },
    select: { email: true, personId: true },
  });
  const personId = user?.personId ?? null;
  const result =
    personId === null
      ? { error: ownError('NOT_FOUND', 'The user was removed meanwhile.', work.context.now()) }
      : await tryItem(work, item, () => work.platform.assignRoles(organizationId, personId, roles));
  if ('error' in result) {
    await recordItems(work.context, work.lease, work.stepId, [failedItem(item, result.error)], async () => []);
    return;
  }
  await recordItems(work.context, work.lease, work.stepId, [doneItem(item)], async (transaction) => {
    await transaction.user.updateMany({ where: { id: item.subjectKey }, data: { roles: [...roles] } });
    return [
      {
        type: 'STEP_PROGRESSED',
        message: `The roles of ${user?.email ?? 'the user'} are now: ${roles.join(', ') || 'none'}.`,
        subject: { type: 'User', id: item.subjectKey },
      },
    ];
  });
}
