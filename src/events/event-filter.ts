// Which events a reader wants. The log is searched for them in SQL (log-reader.ts), what is at hand by meets().

import type { ProvisioningEvent, ProvisioningEventType } from '../database/generated/client.ts';

/** Left out: no condition. An empty list matches nothing. An event must meet every condition that is given. */
export interface EventFilter {
  readonly customerIds?: readonly string[] | undefined;
  readonly operationIds?: readonly string[] | undefined;
  readonly types?: readonly ProvisioningEventType[] | undefined;
}

export function meets(event: ProvisioningEvent, { customerIds, operationIds, types }: EventFilter): boolean {
  return (
    isAmong(event.customerId, customerIds) && isAmong(event.operationId, operationIds) && isAmong(event.type, types)
  );
}

function isAmong<T>(value: T | null, wanted: readonly T[] | undefined): boolean {
  return wanted === undefined || (value !== null && wanted.includes(value));
}
