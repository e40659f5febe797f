// A location beside the headquarters, as people type it.

import { checkLocation } from '../address.ts';
import type { LocationDetails, LocationInput } from '../address.ts';
import { note } from '../checks.ts';
import type { Problems } from '../checks.ts';
import type { ProblemCode } from '../problem.ts';

/** The platform asks state and postal code of every further location, whatever its country; of a headquarters it does not. */
export function readFurtherLocation(
  problems: Problems,
  path: readonly string[],
  input: LocationInput,
): LocationDetails | null {
  const found: Problems = [];
  const location = checkLocation(found, path, input);
  const demand = (field: 'stateOrProvince' | 'zipOrPostalCode', code: ProblemCode, message: string): void => {
    const isNoted = found.some((problem) => problem.code === code);
    if (!input.address[field]?.trim() && !isNoted) note(found, code, [...path, 'address', field], message);
  };
  demand('stateOrProvince', 'STATE_REQUIRED', 'A further location needs a state or province, whatever its country.');
  demand('zipOrPostalCode', 'POSTAL_CODE_REQUIRED', 'A further location needs a postal code, whatever its country.');
  problems.push(...found);
  return found.length === 0 ? location : null;
}
