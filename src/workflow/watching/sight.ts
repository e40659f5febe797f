// How a customer looks at the platform, as one text: another text means that something has happened to it. Pure.

import type { Watching } from '../../domain/operation/watch.ts';
import type { PlatformCustomer, PlatformCustomerStatus } from '../../platform/port.ts';
import type { StepWork } from '../step.ts';

export function sightOf({ status, organizationId, packages }: PlatformCustomer): string {
  const details = packages.map((entry) => `${entry.package}=${entry.status}`).sort();
  return [status, organizationId ?? '-', ...details].join(' ');
}

/** A status that this version does not know settles nothing. */
const unsettled: readonly PlatformCustomerStatus[] = [
  'PROVISIONING',
  'PENDING_COMPLIANCE_REVIEW',
  'UPDATING',
  'DELETING',
  'UNRECOGNIZED',
];

export function isSettled({ status }: Pick<PlatformCustomer, 'status'>): boolean {
  return !unsettled.includes(status);
}

/** @param found As the step has seen it; null: what it has seen is out of date. */
export function watchCustomer(
  work: Pick<StepWork, 'startedAt'>,
  customerPlatformId: string,
  pace: Watching['pace'],
  found: PlatformCustomer | null,
): Watching {
  return { thing: 'CUSTOMER', customerPlatformId, pace, since: work.startedAt, seen: found && sightOf(found) };
}
