// The set-up wizard's first screen: the customer's further locations. An empty list confirms that there are none to add.

import type { LocationDetails, LocationInput } from '../address.ts';
import { note } from '../checks.ts';
import type { Problems } from '../checks.ts';
import type { DomainContext } from '../context.ts';
import type { DraftReference } from '../draft/lifecycle.ts';
import { readFurtherLocation } from '../location/further-location.ts';
import type { Outcome } from '../outcome.ts';
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
