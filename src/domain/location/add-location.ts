// Adds one location to a customer without the wizard.

import { z } from 'zod';
import type { Transaction } from '../../database/transaction.ts';
import { duplicateLocationMessage, locationKey } from '../address.ts';
import type { LocationInput } from '../address.ts';
import type { Problems } from '../checks.ts';
import type { DomainContext } from '../context.ts';
import { customerNotFound, judgeServed, lockServedCustomer } from '../customer/serving.ts';
import { checkIdempotencyKey } from '../idempotency.ts';
import { inIdempotentTransaction } from '../idempotent-transaction.ts';
import { acceptOperation } from '../operation/accept.ts';
import { done, refused } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { problem } from '../problem.ts';
import type { Problem } from '../problem.ts';
import type { Viewer } from '../viewer.ts';
import { readFurtherLocation } from './further-location.ts';

export interface AddLocationInput {
  readonly idempotencyKey: string;
  readonly customerId: string;
  readonly location: LocationInput;
}

export interface AddLocationOutcome {
  readonly locationId: string;
  readonly operationId: string;
}

const keptAnswer = z.object({ locationId: z.string(), operationId: z.string() });

export async function addLocation(
  context: DomainContext,
  viewer: Viewer,
  { idempotencyKey, customerId, location: input }: AddLocationInput,
): Promise<Outcome<AddLocationOutcome>> {
  const problems: Problems = [];
  const key = checkIdempotencyKey(problems, idempotencyKey);
  const location = readFurtherLocation(problems, ['location'], input);
  const call = {
    mutation: 'addLocation',
    key: location ? key : null,
    input: { customerId, location },
    answer: keptAnswer,
  };
  return inIdempotentTransaction(context, viewer, call, async (transaction) => {
    const customer = await lockServedCustomer(transaction, viewer, customerId);
    if (!customer) return refused([...problems, customerNotFound()]);
    const found = [
      ...problems,
      ...judgeServed(customer, ['customerId']),
      ...(await judgeName(transaction, customerId, input.name)),
    ];
    if (found.length > 0 || location === null) return refused(found);
    const { address, ...details } = location;
    const { id: locationId } = await transaction.location.create({
      data: {
        ...details,
        ...address,
        partnerId: viewer.partnerId,
        customerId,
        kind: 'BRANCH',
        createdAt: context.now(),
      },
      select: { id: true },
    });
    const operationId = await acceptOperation(context, transaction, viewer, {
      kind: 'CREATE_LOCATION',
      customerId,
      message: `Adding the location ${location.name} was accepted.`,
      steps: [{ kind: 'CREATE_LOCATIONS', items: [locationId] }],
    });
    return done({ locationId, operationId });
  });
}

/** Names are compared without case, as the wizard does. */
async function judgeName(transaction: Transaction, customerId: string, name: string): Promise<Problem[]> {
  const locations = await transaction.location.findMany({ where: { customerId }, select: { name: true } });
  if (!locations.some((location) => locationKey(location.name) === locationKey(name))) return [];
  return [problem('DUPLICATE', ['location', 'name'], duplicateLocationMessage(name))];
}
