// How an attach that needs consent comes out, and what its customer, packages, steps and operation go through.

import { expect } from 'vitest';
import type { Scenario } from './arrows.ts';

const month = 31 * 24 * 3_600_000;

export const attachScenarios: readonly Scenario[] = [
  {
    title: 'the administrator agrees',
    arrows: [
      'consent: PENDING -> APPROVED',
      'customer: AWAITING_CONSENT -> PROVISIONING',
      'customer: PROVISIONING -> PROVISIONED',
      'package: PROVISIONING -> PROVISIONED',
      'location: PENDING -> PROVISIONED',
      'operation: ACCEPTED -> RUNNING',
      'operation: RUNNING -> WAITING',
      'operation: WAITING -> RUNNING',
      'operation: RUNNING -> SUCCEEDED',
      'step: PENDING -> RUNNING',
      'step: RUNNING -> WAITING',
      'step: WAITING -> SUCCEEDED',
      'step: RUNNING -> SUCCEEDED',
    ],
    async act({ attach, answer }) {
      const { operationId } = await attach('admin@hundred.example');
      expect((await answer(operationId, 'admin@hundred.example', 'APPROVE')).status).toBe('SUCCEEDED');
    },
  },
  {
    title: 'the administrator declines, is asked again and does not answer',
    arrows: [
      'consent: PENDING -> DECLINED',
      'consent: PENDING -> EXPIRED',
      'customer: AWAITING_CONSENT -> ERROR',
      'customer: ERROR -> AWAITING_CONSENT',
      'package: PROVISIONING -> ERROR',
      'package: ERROR -> PROVISIONING',
      'operation: WAITING -> FAILED',
      'operation: FAILED -> ACCEPTED',
      'step: WAITING -> FAILED',
      'step: FAILED -> PENDING',
      'step: PENDING -> SKIPPED',
      'step: SKIPPED -> PENDING',
    ],
    async act({ bench, attach, answer, retry }) {
      const { operationId } = await attach('admin@verified.example');
      expect((await answer(operationId, 'admin@verified.example', 'DECLINE')).status).toBe('FAILED');
      const again = retry(operationId);
      await bench.waitForNextAction(operationId, 'OBTAIN_ADMIN_CONSENT');
      bench.turnClock(month);
      expect((await again).status).toBe('FAILED');
    },
  },
  {
    title: 'it is called off while the administrator is asked',
    arrows: [
      'customer: AWAITING_CONSENT -> DELETED',
      'operation: WAITING -> CANCELLED',
      'step: WAITING -> CANCELLED',
      'step: PENDING -> CANCELLED',
    ],
    async act({ bench, attach, cancel }) {
      const { operationId } = await attach('admin@claimed.example');
      await bench.waitForNextAction(operationId, 'OBTAIN_ADMIN_CONSENT');
      expect((await cancel(operationId)).status).toBe('CANCELLED');
    },
  },
  {
    title: 'it is called off between the refusal and the end of the operation',
    arrows: ['customer: ERROR -> DELETED'],
    async act({ bench, attach, cancel }) {
      const { customerId, operationId } = await attach('admin@claimed.example');
      await bench.waitForNextAction(operationId, 'OBTAIN_ADMIN_CONSENT');
      // As the worker leaves it between two commits.
      await bench.database.customer.update({ where: { id: customerId }, data: { status: 'ERROR' } });
      expect((await cancel(operationId)).status).toBe('CANCELLED');
    },
  },
];
