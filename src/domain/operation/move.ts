// Writes another status of an operation or a step, along the arrows of status.ts only.

import type { OperationStatus, OperationStepStatus } from '../../database/generated/enums.ts';
import type { Transaction } from '../../database/transaction.ts';
import { hasEnded, operationTransitions, stepTransitions } from './status.ts';
import { stopWatching } from './watch.ts';

export async function moveOperation(
  transaction: Transaction,
  operation: { readonly id: string; readonly status: OperationStatus },
  to: OperationStatus,
  data: Parameters<Transaction['provisioningOperation']['update']>[0]['data'],
): Promise<void> {
  if (!operationTransitions[operation.status].includes(to)) {
    throw new Error(`operation ${operation.id} cannot go from ${operation.status} to ${to}`);
  }
  await transaction.provisioningOperation.update({ where: { id: operation.id }, data: { ...data, status: to } });
  if (hasEnded(to)) await stopWatching(transaction, [operation.id]);
}

export async function moveStep(
  transaction: Transaction,
  step: { readonly id: string; readonly status: OperationStepStatus },
  to: OperationStepStatus,
  data: Parameters<Transaction['operationStep']['update']>[0]['data'],
): Promise<void> {
  if (!stepTransitions[step.status].includes(to)) {
    throw new Error(`step ${step.id} cannot go from ${step.status} to ${to}`);
  }
  await transaction.operationStep.update({ where: { id: step.id }, data: { ...data, status: to } });
}
