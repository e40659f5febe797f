// Changes a customer's packages, external id or billing address: the rows as they are to be, and the operation that
// brings the platform there.

import { z } from 'zod';
import type { NewEvent } from '../../database/event-log.ts';
import { lockRow } from '../../database/locks.ts';
import { inTransaction } from '../../database/transaction.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { Problems } from '../checks.ts';
import type { DomainContext } from '../context.ts';
import type { Warning } from '../draft/lifecycle.ts';
import { checkIdempotencyKey, withIdempotency } from '../idempotency.ts';
import { acceptOperation } from '../operation/accept.ts';
import { done, refused } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import type { Problem } from '../problem.ts';
import { judgeStanding } from '../sub-partner/rules.ts';
import type { Viewer } from '../viewer.ts';
import { changeCustomerStatus, changePackageStatus } from './change-status.ts';
import { judgeChangeable, lockCustomer, noSuchCustomer } from './changeable.ts';
import type { ChangeableCustomer } from './changeable.ts';
import { billingColumns, writeHeadquarters } from './create-customer.ts';
import { isExternalIdTaken } from './facts.ts';
import { externalIdTaken } from './rules.ts';
import { readUpdateForm } from './update-form.ts';
import type { UpdateCustomerInput, UpdateForm } from './update-form.ts';
import { judgeUpdate } from './update-rules.ts';

export interface CustomerChangeOutcome {
  /** Null: there is no such customer. */
  readonly customerId: string | null;
  /** Null: nothing was accepted. */
  readonly operationId: string | null;
}

export interface UpdateCustomerOutcome extends CustomerChangeOutcome {
  readonly warnings: readonly Warning[];
}

const keptAnswer = z
  .object({ customerId: z.string(), operationId: z.string() })
  .transform((kept): UpdateCustomerOutcome => ({ ...kept, warnings: [] }));

export async function updateCustomer(
  context: DomainContext,
  viewer: Viewer,
  input: UpdateCustomerInput,
): Promise<Outcome<UpdateCustomerOutcome>> {
  const problems: Problems = [];
  const key = checkIdempotencyKey(problems, input.idempotencyKey);
  const form = readUpdateForm(problems, input);
  const isCheckOnly = input.validateOnly === true;
  return inTransaction(context.database, (transaction) => {
    const run = () => update(context, viewer, { form, problems, isCheckOnly }, transaction);
    if (key === null || problems.length > 0 || isCheckOnly) return run();
    const call = { mutation: 'updateCustomer', key, input: form, now: context.now(), answer: keptAnswer };
    return withIdempotency(transaction, viewer, call, run);
  });
}

interface Attempt {
  readonly form: UpdateForm;
  /** What is wrong already. */
  readonly problems: readonly Problem[];
  readonly isCheckOnly: boolean;
}

async function update(
  context: DomainContext,
  viewer: Viewer,
  { form, problems: formProblems, isCheckOnly }: Attempt,
  transaction: Transaction,
): Promise<Outcome<UpdateCustomerOutcome>> {
  // External ids are claimed under the partner's lock, one claim at a time.
  if (form.externalId !== null && !isCheckOnly) await lockRow(transaction, 'Partner', viewer.partnerId);
  const customer = await lockCustomer(transaction, viewer, form.customerId);
  if (!customer) return refused([...formProblems, noSuchCustomer()]);
  const self = { customerId: customer.id, operationId: null, warnings: [] };
  const problems = [
    ...formProblems,
    ...(await judgeChangeable(transaction, customer, ['PROVISIONED', 'PROVISIONED_WITH_ERRORS'])),
    ...judgeStanding(customer.subPartner, ['customerId']),
    ...(await judgeWishes(transaction, viewer, customer, form)),
  ];
  if (problems.length > 0) return refused(problems, self);
  if (isCheckOnly) return done(self);
  const operationId = await write(context, viewer, customer, form, transaction);
  return done({ ...self, operationId });
}

async function judgeWishes(
  transaction: Transaction,
  viewer: Viewer,
  customer: ChangeableCustomer,
  form: UpdateForm,
): Promise<Problem[]> {
  const { externalId } = form;
  const assigned = await transaction.user.groupBy({
    by: ['package'],
    where: { customerId: customer.id },
    _count: { _all: true },
  });
  const isTaken =
    externalId !== null && (await isExternalIdTaken(transaction, viewer.partnerId, externalId, customer.id));
  return [
    ...judgeUpdate(form, {
      packages: customer.packages.map(({ code }) => code),
      assignedUsers: new Map(assigned.map((row) => [row.package, row._count._all])),
      hasHeadquarters: customer.headquartersId !== null,
    }),
    ...(isTaken ? [externalIdTaken(externalId, ['externalId'])] : []),
  ];
}

async function write(
  context: DomainContext,
  viewer: Viewer,
  customer: ChangeableCustomer,
  form: UpdateForm,
  transaction: Transaction,
): Promise<string> {
  const { id: customerId } = customer;
  const packages = form.packages ?? customer.packages.map(({ code, limit }) => ({ package: code, limit }));
  const wanted = packages.map((selection) => selection.package);
  const removed = customer.packages.map(({ code }) => code).filter((code) => !wanted.includes(code));
  const events: NewEvent[] = await changeCustomerStatus(transaction, customerId, 'UPDATING', {
    errors: [],
    ...(form.externalId === null ? {} : { externalId: form.externalId }),
    ...(form.billingAddress === null ? {} : billingColumns(form.billingAddress)),
  });
  const cleared = { errors: [], warnings: [] };
  for (const { package: code, limit } of packages) {
    const present = customer.packages.find((row) => row.code === code);
    if (!present) {
      await transaction.customerPackage.create({ data: { customerId, code, limit } });
      continue;
    }
    await transaction.customerPackage.update({ where: { customerId_code: { customerId, code } }, data: { limit } });
    if (present.status === 'ERROR') {
      events.push(...(await changePackageStatus(transaction, customerId, code, 'PROVISIONING', cleared)));
    }
  }
  for (const code of removed) {
    events.push(...(await changePackageStatus(transaction, customerId, code, 'DELETING', cleared)));
  }
  if (form.headquarters) await writeHeadquarters(transaction, viewer, customerId, form.headquarters, context.now());
  return acceptOperation(
    context,
    transaction,
    viewer,
    {
      kind: 'UPDATE_CUSTOMER',
      customerId,
      message: `Changing "${customer.companyName}" was accepted.`,
      steps: [{ kind: 'UPDATE_PACKAGES', items: [...wanted, ...removed] }],
      // What a second attempt has to remove: a package whose removal failed looks like any other that failed.
      input: { removedPackages: removed },
    },
    events,
  );
}
