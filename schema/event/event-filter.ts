// Which events to read or to follow.

import type { OpenOptions } from '../../src/events/event-stream.ts';
import { builder } from '../builder.ts';
import { rowId } from '../shared/global-id.ts';
import { ProvisioningEventType } from './event.ts';

export const EventFilter = builder.inputType('EventFilter', {
  description: 'Which events; all conditions that are given must hold. Ids that name nothing match nothing.',
  fields: (t) => ({
    customerIds: t.idList({ description: 'Only events about one of these customers.' }),
    operationIds: t.idList({ description: 'Only events of one of these operations.' }),
    types: t.field({ type: [ProvisioningEventType], description: 'Only events of one of these types.' }),
  }),
});

export function eventConditions(filter: typeof EventFilter.$inferInput | null | undefined): OpenOptions['filter'] {
  return {
    customerIds: filter?.customerIds?.map((id) => rowId('Customer', id)),
    operationIds: filter?.operationIds?.map((id) => rowId('ProvisioningOperation', id)),
    types: filter?.types ?? undefined,
  };
}
