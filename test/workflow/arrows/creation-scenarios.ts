// How the creation of a customer comes out, and how screening meets it.

import { provisionCustomer } from '../../../src/domain/customer/provision-customer.ts';
import type { PlatformCustomer } from '../../../src/platform/port.ts';
import { expect } from 'vitest';
import { accepted } from '../support/customers.ts';
import type { Scenario } from './arrows.ts';

/** Cisco screens before it makes the organisation. */
const screenedFirst = (found: PlatformCustomer): PlatformCustomer => ({
  ...found,
  status: 'PENDING_COMPLIANCE_REVIEW',
  organizationId: null,
  packages: [],
});

/** Cisco screens while it provisions. */
const screenedBeside = (found: PlatformCustomer): PlatformCustomer => ({
  ...found,
  status: 'PENDING_COMPLIANCE_REVIEW',
});

export const creationScenarios: readonly Scenario[] = [
  {
    title: 'one of two packages is in maintenance, and is tried again',
    arrows: [
      'customer: PROVISIONING -> PROVISIONED_WITH_ERRORS',
      'customer: PROVISIONED_WITH_ERRORS -> PROVISIONING',
      'operation: RUNNING -> PARTIALLY_SUCCEEDED',
      'operation: PARTIALLY_SUCCEEDED -> ACCEPTED',
      'step: RUNNING -> PARTIALLY_SUCCEEDED',
      'step: PARTIALLY_SUCCEEDED -> PENDING',
    ],
    async act({ customers, retry }) {
      const packages = [{ package: 'WEBEX_CALLING' as const }, { package: 'WEBEX_MEETINGS' as const }];
      const { operationId, operation } = await customers.create('Calling Maintenance Arrows', { packages });
      expect(operation.status).toBe('PARTIALLY_SUCCEEDED');
      expect((await retry(operationId)).status).toBe('SUCCEEDED');
    },
  },
  {
    title: 'the platform refuses to make the customer, also when it is tried again',
    arrows: [
      'customer: PROVISIONING -> ERROR',
      'customer: ERROR -> PROVISIONING',
      'operation: RUNNING -> FAILED',
      'step: RUNNING -> FAILED',
    ],
    async act({ customers, retry }) {
      const { operationId, operation } = await customers.create('Denied Party Arrows');
      expect(operation.status).toBe('FAILED');
      expect((await retry(operationId)).status).toBe('FAILED');
    },
  },
  {
    title: 'it is called off before anybody works on it',
    arrows: ['customer: PROVISIONING -> DELETED', 'operation: ACCEPTED -> CANCELLED'],
    async act({ customers, unheard, viewer, cancel }) {
      const { operationId } = accepted(await provisionCustomer(unheard, viewer, customers.request()));
      expect((await cancel(operationId ?? '')).status).toBe('CANCELLED');
    },
  },
  {
    title: 'it is screened first, then while the packages come, then is cleared',
    arrows: [
      'customer: PROVISIONING -> PENDING_COMPLIANCE_REVIEW',
      'customer: PENDING_COMPLIANCE_REVIEW -> PROVISIONING',
      'customer: PENDING_COMPLIANCE_REVIEW -> PROVISIONED',
    ],
    async act({ bench, customers, witness, whilePlatform }) {
      const { operationId } = await whilePlatform({ customer: screenedFirst }, async () => {
        const made = await customers.provision();
        await bench.waitForNextAction(made.operationId, 'AWAIT_COMPLIANCE_REVIEW');
        await witness.saw('customer: PROVISIONING -> PENDING_COMPLIANCE_REVIEW');
        return made;
      });
      await whilePlatform({ customer: screenedBeside }, async () => {
        await witness.saw('customer: PENDING_COMPLIANCE_REVIEW -> PROVISIONING');
        await witness.saw('package: PROVISIONING -> PROVISIONED');
      });
      expect((await bench.ended(operationId)).status).toBe('SUCCEEDED');
    },
  },
  {
    title: 'it is screened while a package is in maintenance',
    arrows: ['customer: PENDING_COMPLIANCE_REVIEW -> PROVISIONED_WITH_ERRORS'],
    async act({ bench, customers, whilePlatform }) {
      const customerInformation = { companyName: 'Calling Maintenance Screened', adminEmail: 'a@screened.example' };
      const { operationId } = await whilePlatform({ customer: screenedBeside }, async () => {
        const made = await customers.provision({ customerInformation });
        await bench.waitForNextAction(made.operationId, 'AWAIT_COMPLIANCE_REVIEW');
        return made;
      });
      expect((await bench.ended(operationId)).status).toBe('FAILED');
    },
  },
  {
    title: 'it is screened and denied',
    arrows: ['customer: PENDING_COMPLIANCE_REVIEW -> ERROR'],
    async act({ bench, customers, whilePlatform }) {
      const customerInformation = { companyName: 'Denied Party Screened', adminEmail: 'a@denied.example' };
      const { operationId } = await whilePlatform({ customer: screenedFirst }, async () => {
        const made = await customers.provision({ customerInformation });
        await bench.waitForNextAction(made.operationId, 'AWAIT_COMPLIANCE_REVIEW');
        return made;
      });
      expect((await bench.ended(operationId)).status).toBe('FAILED');
    },
  },
];
