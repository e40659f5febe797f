// UPDATE_USERS: gives a user another package. What is to be changed is the operation's input; the row has it already.

import { lockRow } from '../../database/locks.ts';
import type { Transaction } from '../../database/transaction.ts';
import { packageOfferings } from '../../domain/catalogue/packages.ts';
import { withLease } from '../../domain/operation/lease.ts';
import { recordItems } from '../../domain/operation/progress.ts';
import { parseErrors } from '../../domain/operation/provisioning-error.ts';
import type { ProvisioningError } from '../../domain/operation/provisioning-error.ts';
import { changeUserStatus } from '../../domain/user/change-status.ts';
import { claimSettings, parseUserChange, restoreSettings, settleSettings } from '../../domain/user/user-change.ts';
import type { UserChange } from '../../domain/user/user-change.ts';
import type { PlatformUser, UpdateUserRequest } from '../../platform/port.ts';
import { errorOfIssue, ownError } from '../errors.ts';
import { platformLocations } from '../organization.ts';
import { ended } from '../step.ts';
import type { StepItem, StepResult, StepWork } from '../step.ts';
import { doneItem, failedItem, tryItem } from '../try-item.ts';

export async function updateUsers(work: StepWork): Promise<StepResult> {
  const [item] = work.items;
  if (!item) return ended;
  const { input } = await work.context.database.provisioningOperation.findUniqueOrThrow({
    where: { id: work.lease.operationId },
    select: { input: true },
  });
  const change = parseUserChange(input);
  const error = (await takeUp(work, item, change)) ?? (await update(work, item, change));
  await record(work, item, change, error);
  return ended;
}

/** An attempt that failed has given back what it had claimed: a retry claims it anew. Answers what keeps it from that. */
async function takeUp(work: StepWork, item: StepItem, change: UserChange): Promise<ProvisioningError | null> {
  const now = work.context.now();
  let error: ProvisioningError | null = null;
  await withLease(work.context, work.lease, async (transaction) => {
    error = null;
    const status = await lockStatus(transaction, item.subjectKey);
    if (status === 'UPDATING') return [];
    if (status !== 'ERROR' && status !== 'PROVISIONED') {
      error = ownError('NOT_FOUND', 'The user was removed meanwhile.', now);
      return [];
    }
    if (!(await claimSettings(transaction, item.subjectKey, change))) {
      error = ownError('NUMBER_UNAVAILABLE', 'Somebody else has the number or the extension meanwhile.', now);
      return [];
    }
    return changeUserStatus(transaction, item.subjectKey, 'UPDATING', now);
  });
  return error;
}

/** Null: the platform has done it. */
async function update(work: StepWork, item: StepItem, change: UserChange): Promise<ProvisioningError | null> {
  const now = work.context.now();
  const row = await work.context.database.user.findUniqueOrThrow({
    where: { id: item.subjectKey },
    include: { phoneNumber: true },
  });
  const { platformId } = row;
  if (platformId === null) return ownError('USER_NOT_PROVISIONED', 'The user is not at the platform.', now);
  const number = change.after.phoneNumberId === null ? null : row.phoneNumber;
  if (number?.status === 'ERROR') {
    return parseErrors(number.errors)[0] ?? ownError('NUMBER_UNAVAILABLE', 'The number could not be added.', now);
  }
  const request = requestFor(change, number?.number ?? null, await platformLocations(work));
  const result = await tryItem(work, item, async () => {
    const present = await work.platform.getUser(platformId);
    return present?.package === request.package ? present : present && work.platform.updateUser(platformId, request);
  });
  return 'error' in result ? result.error : refusalIn(result.value, request, now);
}

function requestFor(
  { before, after }: UserChange,
  phoneNumber: string | null,
  locationIds: ReadonlyMap<string, string>,
): UpdateUserRequest {
  const hasBegun = packageOfferings[after.package].includesCalling && !packageOfferings[before.package].includesCalling;
  return {
    package: after.package,
    calling: hasBegun
      ? {
          locationPlatformId: after.locationId === null ? null : (locationIds.get(after.locationId) ?? null),
          phoneNumber,
          extension: after.extension,
        }
      : null,
  };
}

function refusalIn(user: PlatformUser | null, request: UpdateUserRequest, now: Date): ProvisioningError | null {
  if (!user) return ownError('USER_NOT_PROVISIONED', 'The platform does not know the user any more.', now);
  const [issue] = user.errors;
  return issue && user.package !== request.package ? errorOfIssue(issue, now) : null;
}

async function record(
  work: StepWork,
  item: StepItem,
  change: UserChange,
  error: ProvisioningError | null,
): Promise<void> {
  const result = error ? failedItem(item, error) : doneItem(item);
  const userId = item.subjectKey;
  await recordItems(work.context, work.lease, work.stepId, [result], async (transaction) => {
    const status = await lockStatus(transaction, userId);
    if (status !== 'UPDATING') return [];
    await (error ? restoreSettings : settleSettings)(transaction, userId, change);
    const now = work.context.now();
    return changeUserStatus(transaction, userId, error ? 'ERROR' : 'PROVISIONED', now, {
      errors: error ? [error] : [],
    });
  });
}

/** Null: the user is gone. */
async function lockStatus(transaction: Transaction, userId: string) {
  await lockRow(transaction, 'User', userId);
  return (await transaction.user.findUnique({ where: { id: userId }, select: { status: true } }))?.status ?? null;
}
