// What a customer that exists goes through: changed, refused, tried again, detached.

import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { PlatformCustomer } from '../../../src/platform/port.ts';
import type { Scenario } from './arrows.ts';

const meetingsInstead = { packages: [{ package: 'WEBEX_MEETINGS' as const }] };

/** A package that the customer had all along is broken. */
const broken = (found: PlatformCustomer): PlatformCustomer => ({
  ...found,
  packages: found.packages.map((entry) => ({ ...entry, status: 'ERROR' as const })),
});

export const changeScenarios: readonly Scenario[] = [
  {
    title: 'one package is exchanged for another, then the customer is detached',
    arrows: [
      'customer: PROVISIONED -> UPDATING',
      'customer: UPDATING -> PROVISIONED',
      'customer: PROVISIONED -> DELETING',
      'customer: DELETING -> DELETED',
      'package: PROVISIONED -> DELETING',
      'package: DELETING -> GONE',
    ],
    async act({ customers, update, detach }) {
      const { customerId } = await customers.create('Exchanged');
      expect((await update(customerId, meetingsInstead)).status).toBe('SUCCEEDED');
      expect((await detach(customerId)).status).toBe('SUCCEEDED');
    },
  },
  {
    title: 'a customer with a failed package is changed, which tries the package again',
    arrows: ['customer: PROVISIONED_WITH_ERRORS -> UPDATING', 'package: ERROR -> PROVISIONING'],
    async act({ customers, update }) {
      const { customerId } = await customers.create('Calling Maintenance Changed');
      expect((await update(customerId, { externalId: randomUUID() })).status).toBe('SUCCEEDED');
    },
  },
  {
    title: 'a customer with a failed package is detached',
    arrows: ['customer: PROVISIONED_WITH_ERRORS -> DELETING', 'package: ERROR -> DELETING'],
    async act({ customers, detach }) {
      const { customerId } = await customers.create('Calling Maintenance Detached');
      expect((await detach(customerId)).status).toBe('SUCCEEDED');
    },
  },
  {
    title: 'a customer that could not be made is detached',
    arrows: ['customer: ERROR -> DELETING'],
    async act({ customers, detach }) {
      const { customerId } = await customers.create('Denied Party Detached');
      expect((await detach(customerId)).status).toBe('SUCCEEDED');
    },
  },
  {
    title: 'a change that the platform refuses',
    arrows: [
      'customer: UPDATING -> PROVISIONED_WITH_ERRORS',
      'package: PROVISIONING -> ERROR',
      'package: DELETING -> ERROR',
    ],
    async act({ customers, update, whilePlatform }) {
      const { customerId } = await customers.create('Refused');
      const refused = await whilePlatform({ refused: ['updateCustomer'] }, () => update(customerId, meetingsInstead));
      expect(refused.status).toBe('FAILED');
    },
  },
  {
    title: 'a change of a customer that the platform has lost, tried again',
    arrows: ['customer: UPDATING -> ERROR', 'customer: ERROR -> UPDATING'],
    async act({ bench, customers, update, retry }) {
      const { customerId } = await customers.create('Lost');
      const { platformId } = await customers.load(customerId);
      await bench.platform.forPartner({ slug: 'acme' }).detachCustomer(platformId ?? '');
      const { id, status } = await update(customerId, meetingsInstead);
      expect(status).toBe('FAILED');
      expect((await retry(id)).status).toBe('FAILED');
    },
  },
  {
    title: 'a package breaks while the customer is changed',
    arrows: ['package: PROVISIONED -> ERROR'],
    async act({ customers, update, whilePlatform }) {
      const { customerId } = await customers.create('Broken');
      const wishes = { externalId: randomUUID() };
      const operation = await whilePlatform({ customer: broken }, () => update(customerId, wishes));
      expect(operation.status).toBe('FAILED');
    },
  },
  {
    title: 'a removal that the platform refuses, and does when it is asked again',
    arrows: ['customer: DELETING -> ERROR', 'customer: ERROR -> DELETING', 'package: ERROR -> DELETING'],
    async act({ customers, detach, retry, whilePlatform }) {
      const { customerId } = await customers.create('Staying');
      const { id, status } = await whilePlatform({ refused: ['detachCustomer'] }, () => detach(customerId));
      expect(status).toBe('FAILED');
      expect((await retry(id)).status).toBe('SUCCEEDED');
    },
  },
];
