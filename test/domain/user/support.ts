// What the tests of commands without a wizard look at and prepare, beside the world of the set-up wizard's tests.

import type { LocationStatus, OperationKind, OperationStatus } from '../../../src/database/generated/enums.ts';
import { site } from '../setup/world.ts';
import type { World } from '../setup/world.ts';

/** Kind of the operation, then kind and items of each step. */
export async function planOf(world: World, operationId: string | null) {
  const { kind, steps } = await world.context.database.provisioningOperation.findUniqueOrThrow({
    where: { id: operationId ?? '' },
    include: { steps: { orderBy: { position: 'asc' }, include: { items: { orderBy: { position: 'asc' } } } } },
  });
  return [kind, ...steps.map((step) => [step.kind, ...step.items.map(({ subjectKey }) => subjectKey)])];
}

/** Types of the customer's events, oldest first. */
export async function eventsOf(world: World, customerId: string) {
  const events = await world.context.database.provisioningEvent.findMany({
    where: { customerId },
    orderBy: { position: 'asc' },
  });
  return events.map(({ type }) => type);
}

export async function addOperation(
  world: World,
  customerId: string,
  kind: OperationKind,
  status: OperationStatus = 'RUNNING',
) {
  const { partnerId } = await world.context.database.customer.findUniqueOrThrow({ where: { id: customerId } });
  await world.context.database.provisioningOperation.create({
    data: { partnerId, customerId, kind, status, correlationId: 'c', requestedBy: 'r' },
  });
}

export async function addLocationRow(
  world: World,
  customerId: string,
  name: string,
  status: LocationStatus = 'PROVISIONED',
): Promise<string> {
  const { database } = world.context;
  const { partnerId } = await database.customer.findUniqueOrThrow({ where: { id: customerId } });
  const { id } = await database.location.create({
    data: { partnerId, customerId, kind: 'BRANCH', status, ...site(name) },
  });
  return id;
}
