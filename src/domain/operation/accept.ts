// Accepts an operation: its rows, its event and its job in the caller's transaction. Nothing has happened outside yet.

import { randomUUID } from 'node:crypto';
import { appendEvents } from '../../database/event-log.ts';
import type { NewEvent } from '../../database/event-log.ts';
import type { Prisma } from '../../database/generated/client.ts';
import type { OperationKind, OperationStepKind } from '../../database/generated/enums.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { DomainContext } from '../context.ts';
import type { Viewer } from '../viewer.ts';

export interface PlannedStep {
  readonly kind: OperationStepKind;
  /** What the step works through, in order: a package's code, or the id of a customer, location, number or user. */
  readonly items: readonly string[];
}

export interface NewOperation {
  readonly kind: OperationKind;
  /** Null: it is about no single customer. */
  readonly customerId: string | null;
  readonly message: string;
  readonly steps: readonly PlannedStep[];
  /** What the rows do not tell: what a change is from and to, for example. */
  readonly input?: Prisma.InputJsonObject;
}

/**
 * Call it last in the transaction: it appends to the event log, whose lock is to be held briefly.
 * @param events What else the same commit has to tell (the customer's first status …); they follow OPERATION_ACCEPTED.
 */
export async function acceptOperation(
  context: DomainContext,
  transaction: Transaction,
  viewer: Viewer,
  { kind, customerId, message, steps, input = {} }: NewOperation,
  events: readonly NewEvent[] = [],
): Promise<string> {
  const correlationId = randomUUID();
  const operation = await transaction.provisioningOperation.create({
    data: {
      partnerId: viewer.partnerId,
      customerId,
      kind,
      input,
      correlationId,
      requestedBy: viewer.subject,
      acceptedAt: context.now(),
    },
    select: { id: true },
  });
  const rows = await transaction.operationStep.createManyAndReturn({
    data: steps.map((step, position) => ({
      operationId: operation.id,
      position,
      kind: step.kind,
      totalItems: step.items.length,
    })),
    select: { id: true, position: true },
  });
  // One statement a step: Prisma's createMany takes seconds for thousands of items.
  for (const { id, position } of rows) {
    await transaction.$executeRaw`
      INSERT INTO "OperationItem" ("stepId", "position", "subjectKey")
      SELECT ${id}::uuid, item."ordinality" - 1, item."subjectKey"
      FROM unnest(${[...(steps[position]?.items ?? [])]}::text[]) WITH ORDINALITY AS item ("subjectKey", "ordinality")`;
  }
  await context.jobs.enqueue(transaction, 'advance-operation', { operationId: operation.id });
  const common = { customerId, operationId: operation.id, correlationId };
  await appendEvents(transaction, viewer.partnerId, context.now(), [
    { type: 'OPERATION_ACCEPTED', message, toStatus: 'ACCEPTED', ...common },
    ...events.map((event) => ({ ...event, ...common })),
  ]);
  return operation.id;
}
