// Gives a user another package. Webex takes a number, an extension and a location only while somebody goes from a package
// without calling to one with it (domain rule U3); all other changes of these are refused, since they would not be made.

import type { PackageCode } from '../../database/generated/enums.ts';
import type { Transaction } from '../../database/transaction.ts';
import { packageOfferings } from '../catalogue/packages.ts';
import type { Problems } from '../checks.ts';
import type { DomainContext } from '../context.ts';
import { judgeServed } from '../customer/serving.ts';
import { checkIdempotencyKey } from '../idempotency.ts';
import { inIdempotentTransaction } from '../idempotent-transaction.ts';
import { acceptOperation } from '../operation/accept.ts';
import { done, refused } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import type { Viewer } from '../viewer.ts';
import { changeUserStatus } from './change-status.ts';
import { loadUserFacts } from './facts.ts';
import { handNumber } from './hand-number.ts';
import { judgeIdle, lockUser, userNotFound } from './lock-user.ts';
import type { LockedUser } from './lock-user.ts';
import { keptUserWork } from './remove-user.ts';
import type { UserWork } from './remove-user.ts';
import { isCallingBegun, judgeUpdate, judgeUpdatable } from './update-rules.ts';
import type { UserWishes } from './update-rules.ts';
import { claimSettings } from './user-change.ts';
import type { UserChange } from './user-change.ts';
import { checkNumbers } from './user-checks.ts';
import { userPlan } from './user-plan.ts';
import type { UserFacts } from './values.ts';

/** What is left out, or null, stays as it is. */
export interface UpdateUserInput {
  readonly idempotencyKey: string;
  readonly userId: string;
  readonly package?: PackageCode | null | undefined;
  readonly locationId?: string | null | undefined;
  readonly phoneNumber?: string | null | undefined;
  readonly extension?: string | null | undefined;
}

export async function updateUser(
  context: DomainContext,
  viewer: Viewer,
  input: UpdateUserInput,
): Promise<Outcome<UserWork>> {
  const problems: Problems = [];
  const { userId } = input;
  const key = checkIdempotencyKey(problems, input.idempotencyKey);
  const numbers = checkNumbers(problems, [], input);
  const wishes = { package: input.package ?? null, locationId: input.locationId ?? null, ...numbers };
  const call = {
    mutation: 'updateUser',
    key: problems.length > 0 ? null : key,
    input: { userId, ...wishes },
    answer: keptUserWork,
  };
  return inIdempotentTransaction<UserWork>(context, viewer, call, async (transaction) => {
    const locked = await lockUser(transaction, viewer, userId);
    if (!locked) return refused([...problems, userNotFound()]);
    const { user, customer } = locked;
    const location = await findLocation(transaction, user.customerId, wishes.locationId ?? user.locationId);
    const mention = { email: user.email, ...numbers };
    const facts = await loadUserFacts(transaction, viewer, user.customerId, [mention]);
    const isNumberUnreadable = problems.some(({ path }) => path[0] === 'phoneNumber' || path[0] === 'extension');
    const found = [
      ...problems,
      ...judgeServed(customer, ['userId']),
      ...(await judgeIdle(transaction, locked)),
      ...judgeUpdatable(user),
      ...judgeUpdate({ user, wishes, location, facts, isNumberUnreadable }),
    ];
    if (found.length > 0) return refused(found, { userId, operationId: null });
    return done(await write(context, viewer, transaction, locked, wishes, location?.id ?? null, facts));
  });
}

/** Without one that is named, or had already: the headquarters. */
async function findLocation(transaction: Transaction, customerId: string, id: string | null) {
  const where = id === null ? { customerId, kind: 'HEADQUARTERS' as const } : { customerId, id };
  return transaction.location.findFirst({ where, select: { id: true, name: true, status: true } });
}

async function write(
  context: DomainContext,
  viewer: Viewer,
  transaction: Transaction,
  { user, customer }: LockedUser,
  wishes: UserWishes,
  locationId: string | null,
  facts: UserFacts,
): Promise<UserWork> {
  const userId = user.id;
  const before = {
    package: user.package,
    locationId: user.locationId,
    extension: user.extension,
    phoneNumberId: user.phoneNumber?.id ?? null,
  };
  const target = { partnerId: viewer.partnerId, customerId: customer.id, userId, createdAt: context.now() };
  const hasBegun = isCallingBegun(user, wishes);
  const number =
    hasBegun && wishes.phoneNumber !== null && locationId !== null
      ? await handNumber(
          transaction,
          { ...target, locationId },
          wishes.phoneNumber,
          facts.numbers.get(wishes.phoneNumber),
        )
      : null;
  const change: UserChange = { before, after: settingsAfter(before, wishes, hasBegun, locationId, number?.id ?? null) };
  if (!(await claimSettings(transaction, userId, change))) throw new Error('what was judged free is taken');
  const events = await changeUserStatus(transaction, userId, 'UPDATING', context.now());
  const operationId = await acceptOperation(
    context,
    transaction,
    viewer,
    {
      kind: 'UPDATE_USER',
      customerId: customer.id,
      message: `Changing the user ${user.email} was accepted.`,
      steps: userPlan('UPDATE_USERS', userId, number),
      input: { before: change.before, after: change.after },
    },
    events,
  );
  return { userId, operationId };
}

function settingsAfter(
  before: UserChange['before'],
  wishes: UserWishes,
  hasBegun: boolean,
  locationId: string | null,
  phoneNumberId: string | null,
): UserChange['after'] {
  const code = wishes.package ?? before.package;
  if (hasBegun) return { package: code, locationId, extension: wishes.extension, phoneNumberId };
  if (packageOfferings[code].includesCalling) return { ...before, package: code };
  // The place remains: whoever has it, has it in the wizard too, with any package.
  return { package: code, locationId: before.locationId, extension: null, phoneNumberId: null };
}
