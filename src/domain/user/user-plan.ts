// The steps of an operation about one user who may get a number. Pure.

import type { PlannedStep } from '../operation/accept.ts';
import type { HandedNumber } from './hand-number.ts';

export function userPlan(
  kind: 'CREATE_USERS' | 'UPDATE_USERS',
  userId: string,
  number: HandedNumber | null,
): PlannedStep[] {
  return [
    ...(number && !number.isProvisioned ? [{ kind: 'ADD_PHONE_NUMBERS' as const, items: [number.id] }] : []),
    { kind, items: [userId] },
    ...(number ? [{ kind: 'ASSIGN_PHONE_NUMBERS' as const, items: [userId] }] : []),
  ];
}
