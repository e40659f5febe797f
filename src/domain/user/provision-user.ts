// Creates one user without the wizard: the rules are the wizard's, the location is named by its id.

import { z } from 'zod';
import type { PackageCode } from '../../database/generated/enums.ts';
import type { Transaction } from '../../database/transaction.ts';
import { packageOfferings } from '../catalogue/packages.ts';
import { checkEmail } from '../checks.ts';
import type { Problems } from '../checks.ts';
import type { DomainContext } from '../context.ts';
import { customerNotFound, judgeServed, lockServedCustomer } from '../customer/serving.ts';
import type { ServedCustomer } from '../customer/serving.ts';
import { checkIdempotencyKey } from '../idempotency.ts';
import { inIdempotentTransaction } from '../idempotent-transaction.ts';
import { unusableLocation } from '../location/usable.ts';
import { acceptOperation } from '../operation/accept.ts';
import { done, refused } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { problem } from '../problem.ts';
import type { Problem } from '../problem.ts';
import type { Viewer } from '../viewer.ts';
import { claimsOf } from './claims.ts';
import { loadUserFacts } from './facts.ts';
import { handNumber } from './hand-number.ts';
import { judgeNumbers, lacksNumber } from './number-rules.ts';
import { checkNumbers, checkPerson } from './user-checks.ts';
import { userPlan } from './user-plan.ts';
import { judgeEmail, judgePackage, judgePackageOfCustomer, judgeSeats } from './user-rules.ts';
import type { NewUser, UserFacts } from './values.ts';

export interface ProvisionUserInput {
  readonly idempotencyKey: string;
  readonly customerId: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly package: PackageCode;
  /** Left out: with a calling package the headquarters, otherwise none. */
  readonly locationId?: string | null | undefined;
  readonly phoneNumber?: string | null | undefined;
  readonly extension?: string | null | undefined;
  /** True: everything but the effect. */
  readonly validateOnly?: boolean | null | undefined;
}

/** Null when only validated. */
export interface ProvisionUserOutcome {
  readonly userId: string | null;
  readonly operationId: string | null;
}

const keptAnswer = z.object({ userId: z.string(), operationId: z.string() });

interface Form {
  readonly problems: readonly Problem[];
  readonly customerId: string;
  /** Null: something about it is not readable, and noted. */
  readonly person: Pick<NewUser, 'firstName' | 'lastName' | 'email' | 'package'> | null;
  /** Null: it is not readable. */
  readonly email: string | null;
  readonly package: PackageCode;
  readonly locationId: string | null;
  readonly phoneNumber: string | null;
  readonly extension: string | null;
}

export async function provisionUser(
  context: DomainContext,
  viewer: Viewer,
  input: ProvisionUserInput,
): Promise<Outcome<ProvisionUserOutcome>> {
  const problems: Problems = [];
  const key = checkIdempotencyKey(problems, input.idempotencyKey);
  const person = checkPerson(problems, [], input);
  const email = person?.email ?? checkEmail([], [], input.email);
  const numbers = checkNumbers(problems, [], input);
  const { customerId, package: code, locationId = null } = input;
  const form = { customerId, person, package: code, ...numbers, locationId };
  const isCheckOnly = input.validateOnly === true;
  const call = {
    mutation: 'provisionUser',
    key: problems.length > 0 || isCheckOnly ? null : key,
    input: form,
    answer: keptAnswer,
  };
  return inIdempotentTransaction<ProvisionUserOutcome>(context, viewer, call, (transaction) =>
    provision(context, viewer, transaction, { ...form, problems, email }, isCheckOnly),
  );
}

async function provision(
  context: DomainContext,
  viewer: Viewer,
  transaction: Transaction,
  form: Form,
  isCheckOnly: boolean,
): Promise<Outcome<ProvisionUserOutcome>> {
  const customer = await lockServedCustomer(transaction, viewer, form.customerId);
  if (!customer) return refused([...form.problems, customerNotFound()]);
  const problems = [...form.problems, ...judgeServed(customer, ['customerId'])];
  const { person, email, phoneNumber, extension } = form;
  const location = await findLocation(transaction, customer.id, form);
  if (location === null && form.locationId !== null) {
    problems.push(problem('NOT_FOUND', ['locationId'], 'The customer has no such location.'));
  }
  if (location?.status === 'ERROR') problems.push(unusableLocation(location.name, ['locationId']));
  const mention = { email: email ?? '', phoneNumber, extension };
  const facts = await loadUserFacts(transaction, viewer, customer.id, [mention]);
  if (person === null) return refused([...problems, ...judgeUnreadable(email, form.package, facts)]);
  const user = { ...person, phoneNumber, extension, locationName: location?.name ?? null };
  problems.push(...judge(user, facts, form));
  if (problems.length > 0) return refused(problems);
  if (isCheckOnly) return done({ userId: null, operationId: null });
  return done(await write(context, viewer, transaction, { customer, user, facts, locationId: location?.id ?? null }));
}

/** What can be said of a person whose other values could not be read. */
function judgeUnreadable(email: string | null, code: PackageCode, facts: UserFacts): Problem[] {
  if (email === null) return judgePackageOfCustomer(code, facts);
  return [...judgePackage({ email, package: code }, facts), ...judgeEmail({ email }, facts)];
}

function judge(user: NewUser, facts: UserFacts, form: Form): Problem[] {
  const seats = judgeSeats(user.package, 1, ['package'], facts);
  const problems = [
    ...judgePackage(user, facts),
    ...(seats ? [seats] : []),
    ...judgeEmail(user, facts),
    ...judgeNumbers(user, facts, claimsOf()),
  ];
  const { name, includesCalling } = packageOfferings[user.package];
  if (includesCalling && user.locationName === null && form.locationId === null) {
    const message = `${name} needs a location, and the customer has no headquarters: name one of its locations.`;
    problems.push(problem('CALLING_LOCATION_REQUIRED', ['locationId'], message));
  }
  const isUnreadable = form.problems.some(({ path }) => path[0] === 'phoneNumber' || path[0] === 'extension');
  if (lacksNumber(user) && !isUnreadable) {
    const message = `${user.email} has ${name} and needs a phone number, an extension, or both.`;
    problems.push(problem('NUMBER_OR_EXTENSION_REQUIRED', ['phoneNumber'], message));
  }
  return problems;
}

async function findLocation(transaction: Transaction, customerId: string, { locationId, package: code }: Form) {
  const select = { id: true, name: true, status: true };
  if (locationId !== null) return transaction.location.findFirst({ where: { id: locationId, customerId }, select });
  if (!packageOfferings[code].includesCalling) return null;
  return transaction.location.findFirst({ where: { customerId, kind: 'HEADQUARTERS' }, select });
}

interface Accepted {
  readonly customer: ServedCustomer;
  readonly user: NewUser;
  readonly facts: UserFacts;
  readonly locationId: string | null;
}

async function write(
  context: DomainContext,
  viewer: Viewer,
  transaction: Transaction,
  { customer, user, facts, locationId }: Accepted,
): Promise<{ readonly userId: string; readonly operationId: string }> {
  const { partnerId } = viewer;
  const customerId = customer.id;
  const now = context.now();
  const { firstName, lastName, email, package: code, phoneNumber, extension } = user;
  const { id: userId } = await transaction.user.create({
    data: {
      ...{ partnerId, customerId, locationId, firstName, lastName, email, package: code, extension },
      // Whoever administers an attached organisation does so already; its first wholesale user is not made an administrator (A7).
      isCustomerAdmin: customer.origin === 'NEW' && email === facts.adminEmail,
      createdAt: now,
      lastStatusChangeAt: now,
    },
    select: { id: true },
  });
  const number =
    phoneNumber === null || locationId === null
      ? null
      : await handNumber(
          transaction,
          { partnerId, customerId, locationId, userId, createdAt: now },
          phoneNumber,
          facts.numbers.get(phoneNumber),
        );
  const operationId = await acceptOperation(context, transaction, viewer, {
    kind: 'CREATE_USER',
    customerId,
    message: `Creating the user ${email} was accepted.`,
    steps: userPlan('CREATE_USERS', userId, number),
  });
  return { userId, operationId };
}
