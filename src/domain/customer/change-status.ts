// Moves a customer, or one of its packages, to another status: the row and the event that tells of it.

import type { Prisma } from '../../database/generated/client.ts';
import type { CustomerStatus, PackageCode, PackageStatus } from '../../database/generated/enums.ts';
import type { Transaction } from '../../database/transaction.ts';
import { packageOfferings } from '../catalogue/packages.ts';
import type { OperationEvent } from '../operation/lease.ts';
import type { ProvisioningError } from '../operation/provisioning-error.ts';
import { customerTransitions, packageTransitions } from './status.ts';

/** Being in that status already is no change: other columns are written, nothing is told. */
export async function changeCustomerStatus(
  transaction: Transaction,
  customerId: string,
  to: CustomerStatus,
  data: Omit<Prisma.CustomerUncheckedUpdateInput, 'status' | 'version' | 'errors'> & {
    readonly errors?: readonly ProvisioningError[];
  } = {},
): Promise<OperationEvent[]> {
  const { errors, ...columns } = data;
  const customer = await transaction.customer.findUniqueOrThrow({
    where: { id: customerId },
    select: { status: true },
  });
  const from = customer.status;
  if (from !== to && !customerTransitions[from].includes(to)) {
    throw new Error(`customer ${customerId} cannot go from ${from} to ${to}`);
  }
  await transaction.customer.update({
    where: { id: customerId },
    data: { ...columns, status: to, ...(errors ? { errors: errors.map((error) => ({ ...error })) } : {}) },
  });
  if (from === to) return [];
  return [
    {
      type: 'CUSTOMER_STATUS_CHANGED',
      message: `The customer is ${to}.`,
      subject: { type: 'Customer', id: customerId },
      fromStatus: from,
      toStatus: to,
      errors: (errors ?? []).map((error) => ({ ...error })),
    },
  ];
}

export async function changePackageStatus(
  transaction: Transaction,
  customerId: string,
  code: PackageCode,
  to: PackageStatus,
  problems: { readonly errors: readonly ProvisioningError[]; readonly warnings: readonly ProvisioningError[] },
): Promise<OperationEvent[]> {
  const where = { customerId_code: { customerId, code } };
  const { status: from } = await transaction.customerPackage.findUniqueOrThrow({ where, select: { status: true } });
  if (from !== to && !packageTransitions[from].includes(to)) {
    throw new Error(`package ${code} of customer ${customerId} cannot go from ${from} to ${to}`);
  }
  const errors = problems.errors.map((error) => ({ ...error }));
  const warnings = problems.warnings.map((warning) => ({ ...warning }));
  await transaction.customerPackage.update({ where, data: { status: to, errors, warnings } });
  if (from === to) return [];
  return [
    {
      type: 'PACKAGE_STATUS_CHANGED',
      message: `The package ${packageOfferings[code].name} is ${to}.`,
      subject: { type: 'Customer', id: customerId },
      fromStatus: from,
      toStatus: to,
      errors: [...errors, ...warnings],
    },
  ];
}

/** The platform has removed the package: its row goes, and the event tells where it went. */
export async function removePackage(
  transaction: Transaction,
  customerId: string,
  code: PackageCode,
): Promise<OperationEvent[]> {
  const { status: from } = await transaction.customerPackage.delete({
    where: { customerId_code: { customerId, code } },
  });
  return [
    {
      type: 'PACKAGE_STATUS_CHANGED',
      message: `The package ${packageOfferings[code].name} is gone.`,
      subject: { type: 'Customer', id: customerId },
      fromStatus: from,
    },
  ];
}

/** The customer could not be made: what was still to be provisioned of it will not be. */
export async function failCustomer(
  transaction: Transaction,
  customerId: string,
  errors: readonly ProvisioningError[],
  platformSight: string | null = null,
): Promise<OperationEvent[]> {
  const open = await transaction.customerPackage.findMany({ where: { customerId, status: 'PROVISIONING' } });
  const events: OperationEvent[] = [];
  for (const { code } of open) {
    events.push(...(await changePackageStatus(transaction, customerId, code, 'ERROR', { errors, warnings: [] })));
  }
  return [...events, ...(await changeCustomerStatus(transaction, customerId, 'ERROR', { errors, platformSight }))];
}
