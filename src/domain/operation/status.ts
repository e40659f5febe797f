// The statuses of operations and steps and which may follow which. Closed tables: a missing row does not compile.

import type { OperationStatus, OperationStepKind, OperationStepStatus } from '../../database/generated/enums.ts';

export const operationTransitions: Record<OperationStatus, readonly OperationStatus[]> = {
  ACCEPTED: ['RUNNING', 'CANCELLED'],
  RUNNING: ['WAITING', 'SUCCEEDED', 'PARTIALLY_SUCCEEDED', 'FAILED', 'CANCELLED'],
  WAITING: ['RUNNING', 'SUCCEEDED', 'PARTIALLY_SUCCEEDED', 'FAILED', 'CANCELLED'],
  SUCCEEDED: [],
  PARTIALLY_SUCCEEDED: ['ACCEPTED'],
  FAILED: ['ACCEPTED'],
  CANCELLED: [],
};

export const stepTransitions: Record<OperationStepStatus, readonly OperationStepStatus[]> = {
  PENDING: ['RUNNING', 'SKIPPED', 'CANCELLED'],
  RUNNING: ['WAITING', 'SUCCEEDED', 'PARTIALLY_SUCCEEDED', 'FAILED', 'CANCELLED'],
  WAITING: ['RUNNING', 'SUCCEEDED', 'PARTIALLY_SUCCEEDED', 'FAILED', 'CANCELLED'],
  SUCCEEDED: [],
  PARTIALLY_SUCCEEDED: ['PENDING'],
  FAILED: ['PENDING'],
  SKIPPED: ['PENDING'],
  CANCELLED: [],
};

/** Nothing more happens by itself; a retry may open a failed operation again. */
export const endedOperationStatuses: readonly OperationStatus[] = [
  'SUCCEEDED',
  'PARTIALLY_SUCCEEDED',
  'FAILED',
  'CANCELLED',
];

export function hasEnded(status: OperationStatus): boolean {
  return endedOperationStatuses.includes(status);
}

export function stepHasEnded(status: OperationStepStatus): boolean {
  return status !== 'PENDING' && status !== 'RUNNING' && status !== 'WAITING';
}

/** Without these nothing that follows makes sense: when one fails, the later steps are skipped and the operation has failed. */
const gates: readonly OperationStepKind[] = [
  'OBTAIN_CONSENT',
  'CREATE_ORGANIZATION',
  'ATTACH_SUBSCRIPTION',
  'PROVISION_PACKAGES',
  'UPDATE_PACKAGES',
  'DETACH_SUBSCRIPTION',
  'LIST_CUSTOMERS',
];

export interface StepState {
  readonly kind: OperationStepKind;
  readonly status: OperationStepStatus;
}

export function isBarred(steps: readonly StepState[]): boolean {
  return steps.some(({ kind, status }) => status === 'FAILED' && gates.includes(kind));
}

/** How an operation ends, from how its steps did. */
export function operationResult(steps: readonly StepState[]): 'SUCCEEDED' | 'PARTIALLY_SUCCEEDED' | 'FAILED' {
  if (isBarred(steps) || steps.every(({ status }) => status === 'FAILED')) return 'FAILED';
  return steps.every(({ status }) => status === 'SUCCEEDED') ? 'SUCCEEDED' : 'PARTIALLY_SUCCEEDED';
}

/** How a step ends, from how its items did. */
export function stepResult(step: {
  readonly completedItems: number;
  readonly failedItems: number;
}): 'SUCCEEDED' | 'PARTIALLY_SUCCEEDED' | 'FAILED' {
  if (step.failedItems === 0) return 'SUCCEEDED';
  return step.completedItems > 0 ? 'PARTIALLY_SUCCEEDED' : 'FAILED';
}
