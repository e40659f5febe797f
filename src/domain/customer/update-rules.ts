// What a change of a customer may ask for (domain rules U1, U5, U6, C5 to C7). Pure: facts are arguments.

import type { PackageCode } from '../../database/generated/enums.ts';
import { packageOfferings } from '../catalogue/packages.ts';
import { problem } from '../problem.ts';
import type { Problem } from '../problem.ts';
import { includesCalling } from './package-rules.ts';
import type { PackageSelection } from './package-rules.ts';
import type { UpdateForm } from './update-form.ts';

export interface UpdateFacts {
  readonly packages: readonly PackageCode[];
  /** Users by package, whatever their status: one that is on its way needs its package too. */
  readonly assignedUsers: ReadonlyMap<PackageCode, number>;
  readonly hasHeadquarters: boolean;
}

export function judgeUpdate(form: UpdateForm, facts: UpdateFacts): Problem[] {
  const wanted: readonly PackageSelection[] =
    form.packages ?? facts.packages.map((code) => ({ package: code, limit: null }));
  return [
    ...(form.packages ? [...judgeRemovals(form.packages, facts), ...judgeLimits(form.packages, facts)] : []),
    ...judgeHeadquarters(form, wanted, facts),
  ];
}

function judgeRemovals(wanted: readonly PackageSelection[], { packages, assignedUsers }: UpdateFacts): Problem[] {
  const kept = new Set(wanted.map((selection) => selection.package));
  return packages.flatMap((code) => {
    const users = assignedUsers.get(code) ?? 0;
    if (kept.has(code) || users === 0) return [];
    const message = `${packageOfferings[code].name} is missing from the list, which would remove it, but ${users} of the customer's users have it: give them another package first.`;
    return [problem('PACKAGE_IN_USE', ['packages'], message)];
  });
}

function judgeLimits(wanted: readonly PackageSelection[], { assignedUsers }: UpdateFacts): Problem[] {
  return wanted.flatMap(({ package: code, limit }, index) => {
    const users = assignedUsers.get(code) ?? 0;
    if (limit === null || limit < 0 || users <= limit) return [];
    const message = `${users} users have ${packageOfferings[code].name}; the limit cannot be lower than that.`;
    return [problem('PACKAGE_LIMIT_EXCEEDED', ['packages', `${index}`, 'limit'], message)];
  });
}

/** The platform takes a headquarters with the first calling package, and at no other time. */
function judgeHeadquarters(
  { isHeadquartersGiven }: UpdateForm,
  wanted: readonly PackageSelection[],
  { hasHeadquarters }: UpdateFacts,
): Problem[] {
  const path = ['headquarters'];
  if (!isHeadquartersGiven) {
    if (hasHeadquarters || !includesCalling(wanted)) return [];
    return [problem('CALLING_LOCATION_REQUIRED', path, 'The first calling package needs a headquarters location.')];
  }
  if (hasHeadquarters) {
    return [problem('INVALID_VALUE', path, 'The customer has its headquarters already; leave this out.')];
  }
  if (includesCalling(wanted)) return [];
  const message = 'Only a calling package brings a headquarters along; add other locations with addLocation.';
  return [problem('INVALID_VALUE', path, message)];
}
