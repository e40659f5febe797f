// What is changed elsewhere, in Partner Hub for instance, and found by comparing.

import { expect } from 'vitest';
import type { PlatformCustomer } from '../../../src/platform/port.ts';
import type { Scenario } from './arrows.ts';
import type { Stage } from './stage.ts';

/** Whatever is found then has been changed so by somebody else. */
async function elsewhere(stage: Stage, change: Partial<PlatformCustomer>): Promise<void> {
  await stage.whilePlatform({ customer: (found) => ({ ...found, ...change }) }, async () => {
    expect((await stage.compare()).status).toBe('SUCCEEDED');
  });
}

const calling = { package: 'WEBEX_CALLING', errors: [], warnings: [] } as const;

export const elsewhereScenarios: readonly Scenario[] = [
  {
    title: 'a customer is changed elsewhere, well and badly',
    arrows: [
      'customer: PROVISIONED -> PROVISIONED_WITH_ERRORS',
      'customer: PROVISIONED_WITH_ERRORS -> ERROR',
      'customer: ERROR -> PROVISIONED_WITH_ERRORS',
      'customer: PROVISIONED_WITH_ERRORS -> PROVISIONED',
      'customer: PROVISIONED -> ERROR',
      'customer: ERROR -> PROVISIONED',
    ],
    async act(stage) {
      await stage.customers.create('Changed elsewhere');
      await elsewhere(stage, { status: 'PROVISIONED_WITH_ERRORS' });
      await elsewhere(stage, { status: 'ERROR' });
      await elsewhere(stage, { status: 'PROVISIONED_WITH_ERRORS' });
      await elsewhere(stage, { status: 'PROVISIONED' });
      await elsewhere(stage, { status: 'ERROR' });
      await elsewhere(stage, { status: 'PROVISIONED' });
    },
  },
  {
    title: 'a package breaks, is put right and is taken away elsewhere',
    arrows: ['package: PROVISIONED -> ERROR', 'package: ERROR -> PROVISIONED', 'package: PROVISIONED -> GONE'],
    async act(stage) {
      await stage.customers.create('Packages elsewhere');
      const settled = { status: 'PROVISIONED' } as const;
      await elsewhere(stage, { ...settled, packages: [{ ...calling, status: 'ERROR' }] });
      await elsewhere(stage, { ...settled, packages: [{ ...calling, status: 'PROVISIONED' }] });
      await elsewhere(stage, { ...settled, packages: [] });
    },
  },
];
