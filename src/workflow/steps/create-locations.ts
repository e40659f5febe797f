// CREATE_LOCATIONS: the customer's places at the platform. One that is there already under its name is taken as it is.

import type { Location } from '../../database/generated/client.ts';
import { changeLocationStatus } from '../../domain/location/change-status.ts';
import { recordItems } from '../../domain/operation/progress.ts';
import { forEachConcurrently } from '../concurrently.ts';
import { organizationOf } from '../organization.ts';
import { locationRequest } from '../requests.ts';
import { ended } from '../step.ts';
import type { StepItem, StepResult, StepWork } from '../step.ts';
import { doneItem, failedItem, tryItem } from '../try-item.ts';

const atOnce = 4;

export async function createLocations(work: StepWork): Promise<StepResult> {
  if (work.items.length === 0) return ended;
  const organizationId = await organizationOf(work);
  const rows = await work.context.database.location.findMany({
    where: { customerId: work.customerId, id: { in: work.items.map(({ subjectKey }) => subjectKey) } },
  });
  const rowById = new Map(rows.map((row) => [row.id, row]));
  const present = await work.platform.listLocations(organizationId);
  const idByName = new Map(present.map(({ name, platformId }) => [name, platformId]));
  await forEachConcurrently(work.items, atOnce, work.signal, async (item) => {
    const row = rowById.get(item.subjectKey);
    if (!row) throw new Error(`step ${work.stepId} names the location ${item.subjectKey}, which is gone`);
    await createLocation(work, organizationId, item, row, idByName.get(row.name) ?? null);
  });
  return ended;
}

async function createLocation(
  work: StepWork,
  organizationId: string,
  item: StepItem,
  row: Location,
  presentId: string | null,
): Promise<void> {
  const result = await tryItem(work, item, async (mayHaveHappened) => {
    if (presentId !== null) return presentId;
    const again = mayHaveHappened ? await work.platform.listLocations(organizationId) : [];
    const found = again.find(({ name }) => name === row.name);
    return found?.platformId ?? (await work.platform.createLocation(organizationId, locationRequest(row))).platformId;
  });
  const results = ['value' in result ? doneItem(item) : failedItem(item, result.error)];
  await recordItems(work.context, work.lease, work.stepId, results, (transaction) =>
    'value' in result
      ? changeLocationStatus(transaction, row.id, 'PROVISIONED', { platformId: result.value })
      : changeLocationStatus(transaction, row.id, 'ERROR', { errors: [result.error] }),
  );
}
