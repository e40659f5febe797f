// Puts a customer and its packages back to where a second attempt begins.

import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { ProvisioningOperation } from '../../database/generated/client.ts';
import type { CustomerStatus, OperationStepKind } from '../../database/generated/enums.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { OperationEvent } from '../operation/lease.ts';
import type { ReopenedStep } from '../operation/reopen.ts';
import { changeCustomerStatus, changePackageStatus } from './change-status.ts';
import { consentLifetimeMs } from './create-customer.ts';

const statusWhile: Partial<Record<OperationStepKind, CustomerStatus>> = {
  OBTAIN_CONSENT: 'AWAITING_CONSENT',
  CREATE_ORGANIZATION: 'PROVISIONING',
  ATTACH_SUBSCRIPTION: 'PROVISIONING',
  PROVISION_PACKAGES: 'PROVISIONING',
  UPDATE_PACKAGES: 'UPDATING',
  DETACH_SUBSCRIPTION: 'DELETING',
};

/** ProvisioningOperation.input of an update. */
const updateInput = z.object({ removedPackages: z.array(z.string()).default([]) });

/** @param steps Opened again, in the order they are done. */
export async function reopenCustomer(
  transaction: Transaction,
  operation: ProvisioningOperation,
  customerId: string,
  steps: readonly ReopenedStep[],
  now: Date,
): Promise<OperationEvent[]> {
  const [first] = steps;
  const status = first && statusWhile[first.kind];
  if (!first || !status) return [];
  const events = await changeCustomerStatus(transaction, customerId, status, { errors: [] });
  if (first.kind === 'OBTAIN_CONSENT') events.push(...(await askAnew(transaction, first, now)));
  const { removedPackages } = updateInput.parse(operation.input);
  const failed = await transaction.customerPackage.findMany({ where: { customerId, status: 'ERROR' } });
  for (const { code } of failed) {
    const to = status === 'DELETING' || removedPackages.includes(code) ? 'DELETING' : 'PROVISIONING';
    events.push(...(await changePackageStatus(transaction, customerId, code, to, { errors: [], warnings: [] })));
  }
  return events;
}

/** An answer is final, and so is silence: who is asked again is asked in a new request, with all the time to answer. */
async function askAnew(transaction: Transaction, step: ReopenedStep, now: Date): Promise<OperationEvent[]> {
  const events: OperationEvent[] = [];
  for (const previousId of step.subjects) {
    const { partnerId, customerId, operationId, reasons, sentTo } = await transaction.attachConsent.findUniqueOrThrow({
      where: { id: previousId },
    });
    const id = randomUUID();
    const expiresAt = new Date(now.getTime() + consentLifetimeMs);
    await transaction.attachConsent.create({
      data: { id, partnerId, customerId, operationId, reasons, sentTo, requestedAt: now, expiresAt },
    });
    await transaction.operationItem.updateMany({
      where: { stepId: step.id, subjectKey: previousId },
      data: { subjectKey: id },
    });
    events.push({
      type: 'CONSENT_STATUS_CHANGED',
      message: "The consent of the organisation's administrator is PENDING.",
      subject: { type: 'AttachConsent', id },
      toStatus: 'PENDING',
    });
  }
  return events;
}
