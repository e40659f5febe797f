// Partners with customers, each with an operation that never ends, written straight into the tables; and what the log says
// about them afterwards.

import { randomUUID } from 'node:crypto';
import type { Database } from '../../../src/database/client.ts';
import { encodeNodeId } from '../../../schema/shared/global-id.ts';
import type { EventTarget, SubscriptionKind } from './contract.ts';

export interface WorldPartner {
  readonly id: string;
  readonly slug: string;
  readonly targets: readonly EventTarget[];
}

export async function createWorld(
  database: Database,
  partners: number,
  customersEach: number,
): Promise<WorldPartner[]> {
  return Promise.all(range(partners).map((n) => createPartner(database, `bench-${n}`, customersEach)));
}

async function createPartner(database: Database, slug: string, customers: number): Promise<WorldPartner> {
  const { id: partnerId } = await database.partner.create({ data: { slug, name: slug, dataRegion: 'US' } });
  const targets = range(customers).map(() => ({ partnerId, customerId: randomUUID(), operationId: randomUUID() }));
  await database.customer.createMany({
    data: targets.map(({ customerId }, n) => ({
      id: customerId,
      partnerId,
      companyName: `Company ${n} of ${slug}`,
      adminEmail: `admin@company${n}.example`,
      externalId: randomUUID(),
      status: 'PROVISIONED' as const,
      billingAddressLine1: '1 Mill Lane',
      billingCity: 'Springfield',
      billingCountryCode: 'US',
      dataRegion: 'US' as const,
    })),
  });
  await database.provisioningOperation.createMany({
    data: targets.map(({ customerId, operationId }) => ({
      id: operationId,
      partnerId,
      customerId,
      kind: 'SET_UP_CUSTOMER' as const,
      status: 'RUNNING' as const,
      correlationId: operationId,
      requestedBy: 'bench',
    })),
  });
  return { id: partnerId, slug, targets };
}

/** What a subscription is about. */
export interface Topic {
  readonly kind: SubscriptionKind;
  readonly partner: WorldPartner;
  readonly target: EventTarget;
}

const nodeTypes = { customerUpdated: 'Customer', operationUpdated: 'ProvisioningOperation' } as const;

function subjectOf({ kind, target }: Topic): string | null {
  switch (kind) {
    case 'customerUpdated':
      return target.customerId;
    case 'operationUpdated':
      return target.operationId;
    case 'events':
      return null;
  }
}

/** @param encoded the gateway's ids name their type; the plain server takes the rows' own */
export function nodeIdOf(topic: Topic, encoded: boolean): string | null {
  const subject = subjectOf(topic);
  if (subject === null || topic.kind === 'events' || !encoded) return subject;
  return encodeNodeId(nodeTypes[topic.kind], subject);
}

/** The numbers of the logged events that belong to a topic, in the log's order. */
export type LogOf = (topic: Topic) => readonly number[];

interface LogRow {
  readonly partnerId: string;
  readonly customerId: string;
  readonly operationId: string;
  readonly number: number;
}

export async function readLog(database: Database, written: ArrayLike<number>): Promise<LogOf> {
  const wanted = new Set(Array.from(written));
  // Only the numbers: the messages themselves would be many megabytes.
  const rows = await database.$queryRaw<LogRow[]>`
    SELECT "partnerId", "customerId", "operationId", substring("message" FROM '^#([0-9]+) ')::int AS "number"
    FROM "ProvisioningEvent" ORDER BY "partnerId", "position"`;
  const bySubject = new Map<string, number[]>();
  for (const { partnerId, customerId, operationId, number } of rows) {
    if (!wanted.has(number)) continue;
    for (const subject of [partnerId, customerId, operationId]) {
      const numbers = bySubject.get(subject) ?? [];
      numbers.push(number);
      bySubject.set(subject, numbers);
    }
  }
  return (topic) => bySubject.get(subjectOf(topic) ?? topic.partner.id) ?? [];
}

export function range(count: number): number[] {
  return Array.from({ length: count }, (_, n) => n);
}
