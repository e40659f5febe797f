// Looks at the platform for all operations of a partner that are due, with as few requests as that takes, and wakes those for
// which something has happened. Lists only say whom to wake: what an operation goes by it reads itself, after it was woken.

import type { PlatformWatch } from '../../database/generated/client.ts';
import type { DomainContext } from '../../domain/context.ts';
import { noteSights, wakeOperations } from '../../domain/operation/watch.ts';
import type { Sight } from '../../domain/operation/watch.ts';
import type { PartnerPlatform } from '../../platform/port.ts';
import { isListCheaper, ownLookEvery } from './batch.ts';
import { isSettled, sightOf } from './sight.ts';

export interface Look {
  readonly context: DomainContext;
  readonly platform: PartnerPlatform;
  readonly partnerId: string;
}

/** @throws PlatformFailure; then nobody was woken, and all are due again as they were going to be. */
export async function lookAtCustomers(look: Look, due: readonly PlatformWatch[]): Promise<void> {
  const { context, platform, partnerId } = look;
  const watched = await context.database.platformWatch.count({ where: { partnerId, thing: 'CUSTOMER' } });
  if (!isListCheaper(due.length, watched)) return wake(look, due);
  const listed = await platform.listCustomers({ onlyUnsettled: true });
  const byId = new Map(listed.map((customer) => [customer.platformId, customer]));
  const changed: PlatformWatch[] = [];
  const sights: Sight[] = [];
  for (const watch of due) {
    const found = byId.get(watch.customerPlatformId);
    const seen = found && !isSettled(found) ? sightOf(found) : null;
    if (seen === null || (watch.seen !== null && watch.seen !== seen)) changed.push(watch);
    else if (watch.seen === null) sights.push({ operationId: watch.operationId, seen });
  }
  await noteSights(context, sights);
  await wake(look, changed);
}

/** The platform's clock may differ from ours by so much. */
const clockToleranceMs = 5 * 60_000;

/** @throws PlatformFailure; then nobody was woken, and all are due again as they were going to be. */
export async function lookAtUsers(look: Look, due: readonly PlatformWatch[]): Promise<void> {
  const { context, platform } = look;
  const own = due.filter(({ looks }) => looks % ownLookEvery === ownLookEvery - 1);
  await wake(look, own);
  const rest = due.filter((watch) => !own.includes(watch));
  const [first] = rest;
  if (!first) return;
  const lookedAt = rest.map((watch) => (watch.lookedAt ?? watch.since).getTime());
  const changedSince = new Date(Math.min(...lookedAt) - clockToleranceMs);
  const customers = new Set(rest.map(({ customerPlatformId }) => customerPlatformId));
  const changed =
    customers.size === 1
      ? await platform.listUsers(first.customerPlatformId, { changedSince })
      : await platform.listChangedUsers(changedSince);
  const decided = changed.filter(({ status, errors }) => status !== 'AWAITING_USER_CONSENT' || errors.length > 0);
  if (decided.length === 0) return;
  const waiting = await context.database.$queryRaw<{ operationId: string }[]>`
    SELECT DISTINCT step."operationId" FROM "OperationStep" step
    JOIN "OperationItem" item ON item."stepId" = step."id" AND item."status" = 'WAITING'
    JOIN "User" ON "User"."id" = item."subjectKey"::uuid
    WHERE step."kind" = 'CREATE_USERS' AND step."operationId" = ANY (${rest.map(({ operationId }) => operationId)}::uuid[])
      AND "User"."platformId" = ANY (${decided.map(({ platformId }) => platformId)}::text[])`;
  await wakeOperations(
    context,
    waiting.map(({ operationId }) => operationId),
  );
}

async function wake({ context }: Look, watches: readonly PlatformWatch[]): Promise<void> {
  await wakeOperations(
    context,
    watches.map(({ operationId }) => operationId),
  );
}
