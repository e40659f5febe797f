// Adds phone numbers to a location; nobody has them yet.

import { z } from 'zod';
import type { Transaction } from '../../database/transaction.ts';
import { checkPhoneNumber, note } from '../checks.ts';
import type { Problems } from '../checks.ts';
import type { DomainContext } from '../context.ts';
import { judgeServed, lockServedCustomer } from '../customer/serving.ts';
import { checkIdempotencyKey } from '../idempotency.ts';
import { inIdempotentTransaction } from '../idempotent-transaction.ts';
import { unusableLocation } from '../location/usable.ts';
import { acceptOperation } from '../operation/accept.ts';
import { done, refused } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { problem } from '../problem.ts';
import type { Problem } from '../problem.ts';
import type { Viewer } from '../viewer.ts';

export interface AddPhoneNumbersInput {
  readonly idempotencyKey: string;
  readonly locationId: string;
  readonly numbers: readonly string[];
}

export interface AddPhoneNumbersOutcome {
  /** In the order of the form. */
  readonly phoneNumberIds: readonly string[];
  readonly operationId: string;
}

const keptAnswer = z.object({ phoneNumberIds: z.array(z.string()), operationId: z.string() });

/** In one call. */
const maxNumbers = 500;

interface FormNumber {
  readonly number: string;
  readonly path: readonly string[];
}

export async function addPhoneNumbers(
  context: DomainContext,
  viewer: Viewer,
  { idempotencyKey, locationId, numbers: inputs }: AddPhoneNumbersInput,
): Promise<Outcome<AddPhoneNumbersOutcome>> {
  const problems: Problems = [];
  const key = checkIdempotencyKey(problems, idempotencyKey);
  const form = readNumbers(problems, inputs);
  const numbers = form.map(({ number }) => number);
  const call = {
    mutation: 'addPhoneNumbers',
    key: problems.length > 0 ? null : key,
    input: { locationId, numbers },
    answer: keptAnswer,
  };
  return inIdempotentTransaction<AddPhoneNumbersOutcome>(context, viewer, call, async (transaction) => {
    const location = await transaction.location.findFirst({
      where: { id: locationId, partnerId: viewer.partnerId },
      select: { name: true, status: true, customerId: true },
    });
    const customer = location && (await lockServedCustomer(transaction, viewer, location.customerId));
    if (!customer) return refused([...problems, problem('NOT_FOUND', ['locationId'], 'There is no such location.')]);
    const found = [
      ...problems,
      ...judgeServed(customer, ['locationId']),
      ...(location.status === 'ERROR' ? [unusableLocation(location.name, ['locationId'])] : []),
      ...(await judgeTaken(transaction, viewer, form)),
    ];
    if (found.length > 0) return refused(found);
    const phoneNumberIds = await write(transaction, numbers, {
      partnerId: viewer.partnerId,
      customerId: customer.id,
      locationId,
      createdAt: context.now(),
    });
    const operationId = await acceptOperation(context, transaction, viewer, {
      kind: 'ADD_PHONE_NUMBERS',
      customerId: customer.id,
      message: `Adding ${numbers.length} phone numbers to ${location.name} was accepted.`,
      steps: [{ kind: 'ADD_PHONE_NUMBERS', items: phoneNumberIds }],
    });
    return done({ phoneNumberIds, operationId });
  });
}

function readNumbers(problems: Problems, inputs: readonly string[]): FormNumber[] {
  if (inputs.length === 0) note(problems, 'REQUIRED', ['numbers'], 'At least one phone number is required.');
  if (inputs.length > maxNumbers) {
    const message = `At most ${maxNumbers} phone numbers are added at once; these are ${inputs.length}.`;
    note(problems, 'TOO_MANY', ['numbers'], message);
    return [];
  }
  const seen = new Set<string>();
  return inputs.flatMap((input, index) => {
    const path = ['numbers', `${index}`];
    const number = checkPhoneNumber(problems, path, input);
    if (number === null) return [];
    if (seen.has(number)) {
      note(problems, 'DUPLICATE', path, `${number} is in the list already.`);
      return [];
    }
    seen.add(number);
    return [{ number, path }];
  });
}

async function judgeTaken(transaction: Transaction, viewer: Viewer, form: readonly FormNumber[]): Promise<Problem[]> {
  const rows = await transaction.phoneNumber.findMany({
    where: { partnerId: viewer.partnerId, number: { in: form.map(({ number }) => number) } },
    select: { number: true },
  });
  const taken = new Set(rows.map(({ number }) => number));
  return form
    .filter(({ number }) => taken.has(number))
    .map(({ number, path }) =>
      problem('NUMBER_UNAVAILABLE', path, `${number} is at one of your customers' locations already.`),
    );
}

async function write(
  transaction: Transaction,
  numbers: readonly string[],
  target: {
    readonly partnerId: string;
    readonly customerId: string;
    readonly locationId: string;
    readonly createdAt: Date;
  },
): Promise<string[]> {
  const rows = await transaction.phoneNumber.createManyAndReturn({
    data: numbers.map((number) => ({ ...target, number })),
    select: { id: true, number: true },
  });
  const idByNumber = new Map(rows.map(({ id, number }) => [number, id]));
  return numbers.flatMap((number) => idByNumber.get(number) ?? []);
}
