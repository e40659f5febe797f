// The set-up wizard's first screen: the customer's further locations. An empty list confirms that there are none to add.

import { checkLocation } from '../address.ts';
import type { LocationDetails, LocationInput } from '../address.ts';
import { note } from '../checks.ts';
import type { Problems } from '../checks.ts';
import type { DomainContext } from '../context.ts';
import type { DraftReference } from '../draft/lifecycle.ts';
import type { Outcome } from '../outcome.ts';
import type { ProblemCode } from '../problem.ts';
import type { Viewer } from '../viewer.ts';
import { saveSetupStep } from './draft.ts';
import type { DraftOutcome } from './draft.ts';
import { judgeLocationNames } from './rules.ts';
import { setupLimits } from './values.ts';

export interface SetupLocationsInput extends DraftReference {
  readonly locations: readonly LocationInput[];
}

export function saveSetupLocations(
  context: DomainContext,
  viewer: Viewer,
  input: SetupLocationsInput,
): Promise<Outcome<DraftOutcome>> {
  const problems: Problems = [];
  const locations = readLocations(problems, input.locations);
  const names = input.locations.slice(0, setupLimits.locations).map(({ name }) => name);
  return saveSetupStep(context, viewer, input, 'LOCATIONS', [], (stored, facts) => {
    const values = { ...stored, locations };
    return {
      problems: [...problems, ...judgeLocationNames(names, facts)],
      values,
      async write(transaction, draftId) {
        const columns = locations.map((location) => ({ ...location, address: { ...location.address } }));
        await transaction.setupDraft.update({ where: { id: draftId }, data: { locations: columns } });
      },
    };
  });
}

function readLocations(problems: Problems, inputs: readonly LocationInput[]): LocationDetails[] {
  const path = ['locations'];
  if (inputs.length > setupLimits.locations) {
    note(
      problems,
      'TOO_MANY',
      path,
      `At most ${setupLimits.locations} locations are added at once; these are ${inputs.length}.`,
    );
    return [];
  }
  return inputs.flatMap((input, index) => readFurtherLocation(problems, [...path, `${index}`], input) ?? []);
}

/** The platform asks state and postal code of every further location, whatever its country; of a headquarters it does not. */
function readFurtherLocation(
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
