// What a change of a customer may ask for, several things wrong at once included.

import { expect, it } from 'vitest';
import { readUpdateForm } from '../../../src/domain/customer/update-form.ts';
import type { UpdateCustomerInput } from '../../../src/domain/customer/update-form.ts';
import { judgeUpdate } from '../../../src/domain/customer/update-rules.ts';
import type { UpdateFacts } from '../../../src/domain/customer/update-rules.ts';
import type { Problem } from '../../../src/domain/problem.ts';
import { austin } from './support/world.ts';

const withoutTelephony: UpdateFacts = {
  packages: ['WEBEX_MEETINGS'],
  assignedUsers: new Map([['WEBEX_MEETINGS', 2]]),
  hasHeadquarters: false,
};

/** Code and path of each problem. */
function told(wishes: Partial<UpdateCustomerInput>, facts: UpdateFacts = withoutTelephony): string[] {
  const problems: Problem[] = [];
  const form = readUpdateForm(problems, { idempotencyKey: 'k', customerId: 'c', ...wishes });
  return [...problems, ...judgeUpdate(form, facts)].map(({ code, path }) => `${code} ${path.join('.')}`);
}

const unreadable = { ...austin, timeZone: 'Mars/Base' };
const calling = [{ package: 'WEBEX_MEETINGS' }, { package: 'WEBEX_CALLING' }] as const;

it('U1, U5: takes the list of packages for complete', () => {
  expect(told({ packages: [{ package: 'WEBEX_SUITE' }], headquarters: austin })).toEqual(['PACKAGE_IN_USE packages']);
  expect(told({ packages: [] })).toEqual(['PACKAGE_REQUIRED packages', 'PACKAGE_IN_USE packages']);
});

it('does not miss a headquarters that was given and cannot be read', () => {
  expect(told({ packages: calling })).toEqual(['CALLING_LOCATION_REQUIRED headquarters']);
  expect(told({ packages: calling, headquarters: unreadable })).toEqual([
    'TIME_ZONE_UNSUPPORTED headquarters.timeZone',
  ]);
});

it('says that a headquarters has no place here also when it cannot be read', () => {
  const both = ['TIME_ZONE_UNSUPPORTED headquarters.timeZone', 'INVALID_VALUE headquarters'];
  expect(told({ headquarters: unreadable })).toEqual(both);
  expect(told({ packages: calling, headquarters: unreadable }, { ...withoutTelephony, hasHeadquarters: true })).toEqual(
    both,
  );
});

it('judges every mention of a package that is in the list twice', () => {
  const twice = [
    { package: 'WEBEX_MEETINGS', limit: 1 },
    { package: 'WEBEX_MEETINGS', limit: 0 },
  ] as const;
  expect(told({ packages: twice })).toEqual([
    'DUPLICATE packages.1.package',
    'PACKAGE_LIMIT_EXCEEDED packages.0.limit',
    'PACKAGE_LIMIT_EXCEEDED packages.1.limit',
  ]);
});
