// CREATE_USERS: users with their package, location, number and extension. A user the customer has at the platform already
// is taken as it is. Who has a free Webex account is asked by mail first: those items wait.

import type { PhoneNumber, User } from '../../database/generated/client.ts';
import { packageOfferings } from '../../domain/catalogue/packages.ts';
import { recordItems } from '../../domain/operation/progress.ts';
import type { ItemResult } from '../../domain/operation/progress.ts';
import { parseErrors } from '../../domain/operation/provisioning-error.ts';
import type { ProvisioningError } from '../../domain/operation/provisioning-error.ts';
import { changeEachUserStatus } from '../../domain/user/change-status.ts';
import type { CreateUserRequest, PlatformUser } from '../../platform/port.ts';
import { forEachConcurrently } from '../concurrently.ts';
import { errorOfIssue, ownError } from '../errors.ts';
import { platformLocations } from '../organization.ts';
import { humanDelayMs } from '../schedule.ts';
import { recordTogether } from '../record-together.ts';
import { ended } from '../step.ts';
import type { StepItem, StepResult, StepWork } from '../step.ts';
import { doneItem, failedItem, tryItem } from '../try-item.ts';

const atOnce = 6;

/** What became of a user. */
interface Created {
  readonly userId: string;
  readonly user: PlatformUser | null;
  readonly result: ItemResult;
}

type UserRow = User & { readonly phoneNumber: PhoneNumber | null };

export async function createUsers(work: StepWork): Promise<StepResult> {
  if (work.items.length === 0) return ended;
  const { platformId: customerPlatformId } = await work.context.database.customer.findUniqueOrThrow({
    where: { id: work.customerId },
    select: { platformId: true },
  });
  if (!customerPlatformId) throw new Error(`customer ${work.customerId} is not known to the platform yet`);
  const rows = await work.context.database.user.findMany({
    where: { customerId: work.customerId, id: { in: work.items.map(({ subjectKey }) => subjectKey) } },
    include: { phoneNumber: true },
  });
  const rowById = new Map(rows.map((row) => [row.id, row]));
  const locationIds = await platformLocations(work);
  const present = await work.platform.listUsers(customerPlatformId);
  const presentByEmail = new Map(present.map((user) => [user.email.toLowerCase(), user]));
  const asked: StepItem[] = [];
  const record = recordTogether<Created>((created) => recordCreated(work, created));
  await forEachConcurrently(work.items, atOnce, work.signal, async (item) => {
    const row = rowById.get(item.subjectKey);
    if (!row || row.status === 'DELETING') return giveUp(work, item);
    const known = presentByEmail.get(row.email) ?? null;
    const created = await createUser(work, item, row, requestFor(customerPlatformId, row, locationIds), known);
    await record(created);
    if (created.result.status === 'WAITING') asked.push(item);
  });
  if (asked.length === 0) return ended;
  return {
    kind: 'waiting',
    nextAction: 'OBTAIN_USER_CONSENT',
    message: 'Users with a free Webex account have to answer the mail that asks them to move.',
    lookAgainAfterMs: humanDelayMs(work.context.now().getTime() - work.startedAt.getTime()),
    watching: { thing: 'USERS', customerPlatformId, pace: 'PEOPLE', since: work.startedAt, seen: null },
  };
}

function requestFor(
  customerPlatformId: string,
  row: UserRow,
  locationIds: ReadonlyMap<string, string>,
): CreateUserRequest {
  return {
    customerPlatformId,
    email: row.email,
    firstName: row.firstName,
    lastName: row.lastName,
    package: row.package,
    calling: packageOfferings[row.package].includesCalling
      ? {
          locationPlatformId: row.locationId === null ? null : (locationIds.get(row.locationId) ?? null),
          phoneNumber: row.phoneNumber?.number ?? null,
          extension: row.extension,
        }
      : null,
  };
}

async function createUser(
  work: StepWork,
  item: StepItem,
  row: UserRow,
  request: CreateUserRequest,
  known: PlatformUser | null,
): Promise<Created> {
  const obstacle = obstacleTo(work, row, request);
  const result = obstacle
    ? { error: obstacle }
    : await tryItem(work, item, async (mayHaveHappened) => {
        if (known) return known;
        // Who was asked was there; since then somebody has removed the user.
        if (item.isWaiting) return null;
        const [found] = mayHaveHappened
          ? await work.platform.listUsers(request.customerPlatformId, { email: row.email })
          : [];
        return found ?? work.platform.createUser(request);
      });
  const now = work.context.now();
  return {
    userId: row.id,
    user: 'value' in result ? result.value : null,
    result: 'error' in result ? failedItem(item, result.error) : resultOf(item, result.value, now),
  };
}

/** Somebody may remove a user, who waits for consent for instance, while this operation goes on: then only the item is written. */
async function recordCreated(work: StepWork, created: readonly Created[]): Promise<void> {
  const byPosition = new Map(created.map((entry) => [entry.result.position, entry]));
  const results = created.map(({ result }) => result);
  await recordItems(work.context, work.lease, work.stepId, results, (transaction, fresh) => {
    const changes = fresh.flatMap(({ position, status, error }) => {
      const entry = byPosition.get(position);
      if (!entry) return [];
      const { userId, user } = entry;
      const ids = { platformId: user?.platformId ?? null, personId: user?.personId ?? null };
      return [{ userId, to: userStatus[status], ...ids, errors: error ? [error] : [] }];
    });
    return changeEachUserStatus(transaction, changes, work.context.now());
  });
}

async function giveUp(work: StepWork, item: StepItem): Promise<void> {
  const result = failedItem(item, removed(work.context.now()));
  await recordItems(work.context, work.lease, work.stepId, [result], async () => []);
}

function removed(at: Date): ProvisioningError {
  return ownError('NOT_FOUND', 'The user was removed before the platform had created it for good.', at);
}

const userStatus = { DONE: 'PROVISIONED', WAITING: 'AWAITING_USER_CONSENT', FAILED: 'ERROR' } as const;

function resultOf(item: StepItem, user: PlatformUser | null, now: Date): ItemResult {
  if (!user) return failedItem(item, removed(now));
  const [issue] = user.errors;
  if (user.status === 'PROVISIONED') return doneItem(item);
  return issue ? failedItem(item, errorOfIssue(issue, now)) : { position: item.position, status: 'WAITING' };
}

/** What keeps the user from being made, known before asking. */
function obstacleTo(work: StepWork, row: UserRow, request: CreateUserRequest): ProvisioningError | null {
  const now = work.context.now();
  if (row.phoneNumber?.status === 'ERROR') {
    return (
      parseErrors(row.phoneNumber.errors)[0] ?? ownError('NUMBER_UNAVAILABLE', 'The number could not be added.', now)
    );
  }
  if (request.calling && row.locationId !== null && request.calling.locationPlatformId === null) {
    return ownError('NOT_FOUND', 'The location of the user is not at the platform.', now);
  }
  return null;
}
