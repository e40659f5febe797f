// The platform's ids that steps of a provisioned customer need.

import type { StepWork } from './step.ts';

export async function organizationOf(work: StepWork): Promise<string> {
  const { organizationId } = await work.context.database.customer.findUniqueOrThrow({
    where: { id: work.customerId },
    select: { organizationId: true },
  });
  if (!organizationId) throw new Error(`customer ${work.customerId} has no organisation at the platform yet`);
  return organizationId;
}

/** The platform's ids of the customer's locations, by our ids; one that we have not linked yet is found by its name. */
export async function platformLocations(work: StepWork): Promise<ReadonlyMap<string, string>> {
  const rows = await work.context.database.location.findMany({
    where: { customerId: work.customerId },
    select: { id: true, name: true, platformId: true, status: true },
  });
  const idById = new Map<string, string>();
  const unlinked = rows.filter(({ platformId, status }) => platformId === null && status !== 'ERROR');
  const present = unlinked.length > 0 ? await work.platform.listLocations(await organizationOf(work)) : [];
  for (const { id, name, platformId } of rows) {
    const found = platformId ?? present.find((location) => location.name === name)?.platformId;
    if (found) idById.set(id, found);
  }
  return idById;
}
