// One round of comparing a partner's rows with the platform. Lists say who looks different; those are read whole, and so are some of
// the others in turn, since removed users, locations and numbers are in no list.

import { appendEvents } from '../../database/event-log.ts';
import { inTransaction } from '../../database/transaction.ts';
import type { DomainContext } from '../../domain/context.ts';
import { hasCustomerChanged, hasUserChanged } from '../../domain/elsewhere/compare.ts';
import { prolongReconciliation } from '../../domain/elsewhere/reconciliation.ts';
import type { DueReconciliation } from '../../domain/elsewhere/reconciliation.ts';
import { takeIn } from '../../domain/elsewhere/take-in.ts';
import { markVanished } from '../../domain/elsewhere/vanish.ts';
import type { PartnerPlatform } from '../../platform/port.ts';
import { forEachConcurrently } from '../concurrently.ts';
import { acquaintanceOf } from './acquaintance.ts';
import { observeCustomer, observeUser } from './observe.ts';
import { readDetails } from './read-details.ts';
import { readSubPartners } from './sub-partners.ts';

export interface Round {
  readonly context: DomainContext;
  /** The partner's, on behalf of a sub-partner where its organisation is named. */
  readonly platformFor: (onBehalfOf: string | null) => PartnerPlatform;
  readonly due: DueReconciliation;
  /** Counts the rounds, so that each has its turn of those who look as they did. */
  readonly number: number;
  readonly signal: AbortSignal;
}

export interface RoundReport {
  /** How many customers there are at the platform. */
  readonly customers: number;
  /** How many of them were read whole. */
  readonly read: number;
  readonly events: number;
}

/** So many of those who look as they did are read whole in one round. */
export const readInTurn = 500;
const atOnce = 4;
/** A user whose change the platform dates so much earlier than we would is seen all the same. */
const toleranceMs = 60 * 60_000;

/** @throws PlatformFailure where the platform cannot be asked; what was found until then is written. */
export async function reconcile(round: Round): Promise<RoundReport> {
  const { context, due, signal } = round;
  const platform = round.platformFor(null);
  const readAt = context.now();
  await readSubPartners(context, platform, due.partnerId);
  const listed = await platform.listCustomers();
  const known = await knownCustomers(context, due.partnerId);
  const listedIds = new Set(listed.map(({ platformId }) => platformId));
  const toRead = new Set([
    ...listed
      .filter((customer) => {
        const remembered = known.get(customer.platformId);
        return !remembered || hasCustomerChanged(remembered, observeCustomer(customer, readAt));
      })
      .map(({ platformId }) => platformId),
    ...(await customersOfChangedUsers(round, readAt)).filter((id) => listedIds.has(id)),
    // Made after the list was read, or gone from it: the platform tells which.
    ...[...known].filter(([id, { vanishedAt }]) => vanishedAt === null && !listedIds.has(id)).map(([id]) => id),
    ...inTurn([...listedIds].sort(), round.number),
  ]);
  let events = 0;
  await forEachConcurrently([...toRead], atOnce, signal, async (platformId) => {
    events += await takeInOne(round, platformId, known.get(platformId) ?? null);
  });
  return { customers: listed.length, read: toRead.size, events };
}

interface KnownCustomer {
  readonly id: string;
  readonly vanishedAt: Date | null;
  readonly platformSight: string | null;
  readonly subPartner: { readonly organizationId: string } | null;
}

async function knownCustomers({ database }: DomainContext, partnerId: string): Promise<Map<string, KnownCustomer>> {
  const rows = await database.customer.findMany({
    where: { partnerId, status: { not: 'DELETED' }, platformId: { not: null } },
    select: {
      id: true,
      platformId: true,
      vanishedAt: true,
      platformSight: true,
      subPartner: { select: { organizationId: true } },
    },
  });
  return new Map(rows.map((row) => [row.platformId ?? '', row]));
}

/** Their platform ids. */
async function customersOfChangedUsers({ context, platformFor, due }: Round, readAt: Date): Promise<string[]> {
  const since = new Date((due.finishedAt ?? readAt).getTime() - toleranceMs);
  const changed = await platformFor(null).listChangedUsers(since);
  const rows = await context.database.user.findMany({
    where: { partnerId: due.partnerId, platformId: { in: changed.map(({ platformId }) => platformId) } },
    select: { platformId: true, status: true, package: true, vanishedAt: true },
  });
  const remembered = new Map(rows.map((row) => [row.platformId, row]));
  return changed.flatMap((found) => {
    const observed = observeUser(found, readAt);
    if (observed === null) return [];
    const row = remembered.get(found.platformId);
    return row && !hasUserChanged(row, observed) ? [] : [found.customerPlatformId];
  });
}

function inTurn(ids: readonly string[], round: number): string[] {
  const turns = Math.ceil(ids.length / readInTurn);
  return ids.filter((_, index) => index % turns === round % turns);
}

/** How many events that made. */
async function takeInOne(round: Round, platformId: string, customer: KnownCustomer | null): Promise<number> {
  const { context, due } = round;
  const platform = round.platformFor(customer?.subPartner?.organizationId ?? null);
  const { partnerId } = due;
  const readAt = context.now();
  const known = await acquaintanceOf(context.database, partnerId, platformId);
  const details = await readDetails(platform, platformId, known, readAt);
  await prolongReconciliation(context, partnerId);
  return inTransaction(context.database, async (transaction) => {
    const reading = { partnerId, readAt, now: context.now() };
    const vanished = () => (customer === null ? [] : markVanished(transaction, reading, customer.id));
    const events = details === null ? await vanished() : (await takeIn(transaction, reading, details)).events;
    await appendEvents(transaction, partnerId, reading.now, events);
    return events.length;
  });
}
