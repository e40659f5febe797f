// Writes what has become of a known customer elsewhere: status, packages, external id, billing address; and that it is back.

import type { NewEvent } from '../../database/event-log.ts';
import type { Customer } from '../../database/generated/client.ts';
import type { Transaction } from '../../database/transaction.ts';
import { packageOfferings } from '../catalogue/packages.ts';
import { changeCustomerStatus, changePackageStatus, removePackage } from '../customer/change-status.ts';
import { billingColumns } from '../customer/create-customer.ts';
import { isExternalIdTaken } from '../customer/facts.ts';
import { customerTransitions, packageTransitions } from '../customer/status.ts';
import { platformSight } from './observed.ts';
import type { ObservedCustomer } from './observed.ts';

/** The caller holds the customer's lock, and no work of our own is under way. */
export async function writeCustomerChanges(
  transaction: Transaction,
  customer: Customer,
  observed: ObservedCustomer,
): Promise<NewEvent[]> {
  const { id } = customer;
  const subject = { type: 'Customer', id } as const;
  const events: NewEvent[] = [];
  if (customer.vanishedAt !== null) {
    await transaction.customer.update({ where: { id }, data: { vanishedAt: null } });
    events.push({ type: 'REAPPEARED', message: `"${customer.companyName}" is on the platform again.`, subject });
  }
  const sight = platformSight(observed);
  if (!observed.isSettled || customer.platformSight === sight) return events;
  const changes = await changedColumns(transaction, customer, observed);
  await transaction.customer.update({ where: { id }, data: { platformSight: sight, ...changes.columns } });
  // Not seen before: what it looks like is what our own work has made of it.
  if (customer.platformSight === null && customer.status === observed.status) return events;
  if (changes.names.length > 0) {
    const message = `Changed elsewhere: ${changes.names.join(' and ')} of "${customer.companyName}".`;
    events.push({ type: 'CHANGED_ELSEWHERE', message, subject });
  }
  events.push(...(await writePackages(transaction, id, observed)));
  if (customer.status !== observed.status && customerTransitions[customer.status].includes(observed.status)) {
    const status = { errors: observed.errors };
    events.push(...(await changeCustomerStatus(transaction, id, observed.status, status)));
  }
  return events;
}

async function changedColumns(
  transaction: Transaction,
  customer: Customer,
  { externalId, organizationId, billingAddress }: ObservedCustomer,
): Promise<{ readonly names: readonly string[]; readonly columns: object }> {
  const names: string[] = [];
  const columns: { externalId?: string; organizationId?: string } & Partial<ReturnType<typeof billingColumns>> = {};
  const { partnerId, id } = customer;
  if (externalId !== customer.externalId && !(await isExternalIdTaken(transaction, partnerId, externalId, id))) {
    columns.externalId = externalId;
    names.push('the external id');
  }
  if (organizationId !== null && organizationId !== customer.organizationId) columns.organizationId = organizationId;
  if (billingAddress) {
    const address = billingColumns(billingAddress);
    const remembered: Readonly<Record<string, unknown>> = { ...customer };
    if (Object.entries(address).some(([name, value]) => remembered[name] !== value)) {
      Object.assign(columns, address);
      names.push('the billing address');
    }
  }
  return { names, columns };
}

async function writePackages(
  transaction: Transaction,
  customerId: string,
  { packages }: ObservedCustomer,
): Promise<NewEvent[]> {
  const events: NewEvent[] = [];
  const rows = await transaction.customerPackage.findMany({ where: { customerId }, orderBy: { code: 'asc' } });
  for (const { code, status, errors, warnings } of packages) {
    const row = rows.find((candidate) => candidate.code === code);
    if (!row) {
      const kept = { errors: errors.map((error) => ({ ...error })), warnings: warnings.map((entry) => ({ ...entry })) };
      const to = status ?? 'PROVISIONED';
      await transaction.customerPackage.create({ data: { customerId, code, status: to, ...kept } });
      events.push({
        type: 'PACKAGE_STATUS_CHANGED',
        message: `The package ${packageOfferings[code].name} was added elsewhere; it is ${to}.`,
        subject: { type: 'Customer', id: customerId },
        toStatus: to,
      });
    } else if (status !== null && status !== row.status && packageTransitions[row.status].includes(status)) {
      events.push(...(await changePackageStatus(transaction, customerId, code, status, { errors, warnings })));
    }
  }
  for (const { code } of rows.filter((row) => !packages.some((entry) => entry.code === row.code))) {
    events.push(...(await removePackage(transaction, customerId, code)));
  }
  return events;
}
