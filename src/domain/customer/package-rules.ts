// Which packages a customer may have together, and how many of each (domain rules C6 and C7). Pure.

import type { PackageCode } from '../../database/generated/enums.ts';
import type { LocationDetails } from '../address.ts';
import { packageOfferings } from '../catalogue/packages.ts';
import { problem } from '../problem.ts';
import type { Problem } from '../problem.ts';

export interface PackageSelectionInput {
  readonly package: PackageCode;
  readonly limit?: number | null | undefined;
}

export interface PackageSelection {
  readonly package: PackageCode;
  /** The most users (or places) that may have it; null: as many as one likes. */
  readonly limit: number | null;
}

export function readPackages(inputs: readonly PackageSelectionInput[]): PackageSelection[] {
  return inputs.map(({ package: code, limit }) => ({ package: code, limit: limit ?? null }));
}

const largestLimit = 2_147_483_647;

export function judgePackages(selections: readonly PackageSelection[]): Problem[] {
  if (selections.length === 0) {
    return [problem('PACKAGE_REQUIRED', ['packages'], 'At least one package is needed; see Query.packageOfferings.')];
  }
  const chosen = selections.map((selection) => selection.package);
  return selections.flatMap((selection, index) => {
    const path = ['packages', `${index}`];
    const { name, requiresOneOf } = packageOfferings[selection.package];
    const problems: Problem[] = [];
    if (chosen.indexOf(selection.package) < index) {
      problems.push(problem('DUPLICATE', [...path, 'package'], `${name} is in the list twice.`));
    } else if (requiresOneOf.length > 0 && !requiresOneOf.some((code) => chosen.includes(code))) {
      const needed = requiresOneOf.map((code) => packageOfferings[code].name).join(', ');
      problems.push(
        problem('PACKAGE_DEPENDENCY_UNMET', [...path, 'package'], `${name} needs one of these beside it: ${needed}.`),
      );
    }
    return [...problems, ...judgeLimit(selection, [...path, 'limit'])];
  });
}

function judgeLimit(selection: PackageSelection, path: readonly string[]): Problem[] {
  const { limit } = selection;
  if (limit === null) return [];
  const { name, supportsLimit } = packageOfferings[selection.package];
  if (!supportsLimit) return [problem('INVALID_VALUE', path, `${name} takes no limit; leave it out.`)];
  if (Number.isInteger(limit) && limit >= 0 && limit <= largestLimit) return [];
  return [problem('INVALID_VALUE', path, `A whole number from 0 to ${largestLimit} is expected; found ${limit}.`)];
}

export function includesCalling(selections: readonly PackageSelection[]): boolean {
  return selections.some((selection) => packageOfferings[selection.package].includesCalling);
}

/**
 * A calling package brings its headquarters to the platform; without one the headquarters is added as a location of its
 * own, and of those the platform asks state and postal code whatever the country.
 */
export function judgeHeadquartersAddress(
  selections: readonly PackageSelection[],
  { address }: LocationDetails,
  path: readonly string[],
): Problem[] {
  if (selections.length === 0 || includesCalling(selections)) return [];
  const why = 'Without a calling package the platform asks it of the headquarters, whatever the country.';
  return [
    ...(address.stateOrProvince
      ? []
      : [problem('STATE_REQUIRED', [...path, 'stateOrProvince'], `A state or province is needed. ${why}`)]),
    ...(address.zipOrPostalCode
      ? []
      : [problem('POSTAL_CODE_REQUIRED', [...path, 'zipOrPostalCode'], `A postal code is needed. ${why}`)]),
  ];
}
