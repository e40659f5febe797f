// ADD_PHONE_NUMBERS: brings numbers to their locations, in batches. Numbers that are there already are taken as they are.

import type { PhoneNumber } from '../../database/generated/client.ts';
import { recordItems } from '../../domain/operation/progress.ts';
import type { ItemResult } from '../../domain/operation/progress.ts';
import type { ProvisioningError } from '../../domain/operation/provisioning-error.ts';
import { PlatformFailure } from '../../platform/failure.ts';
import type { PartnerPlatform, PlatformIssue } from '../../platform/port.ts';
import { errorOfIssue, ownError } from '../errors.ts';
import { organizationOf, platformLocations } from '../organization.ts';
import { ended } from '../step.ts';
import type { StepItem, StepResult, StepWork } from '../step.ts';
import { doneItem, failedItem, tryItem } from '../try-item.ts';

/** How many numbers go into one request: a lost reply leaves no more than this to look up again. */
const batchSize = 100;

interface NumberItem {
  readonly item: StepItem;
  readonly row: PhoneNumber;
}

export async function addPhoneNumbers(work: StepWork): Promise<StepResult> {
  if (work.items.length === 0) return ended;
  const organizationId = await organizationOf(work);
  const locationIds = await platformLocations(work);
  const rows = await work.context.database.phoneNumber.findMany({
    where: { customerId: work.customerId, id: { in: work.items.map(({ subjectKey }) => subjectKey) } },
  });
  const itemById = new Map(work.items.map((item) => [item.subjectKey, item]));
  const byLocation = Map.groupBy(
    rows.flatMap((row): NumberItem[] => {
      const item = itemById.get(row.id);
      return item ? [{ item, row }] : [];
    }),
    ({ row }) => row.locationId,
  );
  for (const [locationId, entries] of byLocation) {
    const locationPlatformId = locationIds.get(locationId);
    for (let start = 0; start < entries.length; start += batchSize) {
      work.signal.throwIfAborted();
      const batch = entries.slice(start, start + batchSize);
      if (locationPlatformId) await addBatch(work, organizationId, locationPlatformId, batch);
      else await failAll(work, batch);
    }
  }
  return ended;
}

async function addBatch(
  work: StepWork,
  organizationId: string,
  locationPlatformId: string,
  batch: readonly NumberItem[],
): Promise<void> {
  const [first] = batch;
  if (!first) return;
  const numbers = batch.map(({ row }) => row.number);
  const added = await tryItem(work, first.item, () =>
    addMissing(work.platform, organizationId, locationPlatformId, numbers),
  );
  const now = work.context.now();
  const results = batch.map(({ item, row }): ItemResult => {
    if ('error' in added) return failedItem(item, added.error);
    if (!added.value.has(row.number)) return doneItem(item);
    const issue = added.value.get(row.number);
    return failedItem(item, issue ? errorOfIssue(issue, now) : unavailable(row.number, now));
  });
  await record(work, batch, results);
}

/** @returns the numbers that the platform does not give away, and why */
async function addMissing(
  platform: PartnerPlatform,
  organizationId: string,
  locationPlatformId: string,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, PlatformIssue | null>> {
  const missingOf = async (): Promise<string[]> => {
    const present = new Set((await platform.listNumbers(organizationId)).map(({ number }) => number));
    return numbers.filter((number) => !present.has(number));
  };
  const missing = await missingOf();
  const checked = missing.length > 0 ? await platform.validateNumbers(organizationId, missing) : [];
  const refused = new Map(
    checked.filter(({ isAvailable }) => !isAvailable).map(({ number, issue }) => [number, issue]),
  );
  const usable = missing.filter((number) => !refused.has(number));
  let rejection: PlatformFailure | null = null;
  try {
    if (usable.length > 0) await platform.addNumbers(organizationId, locationPlatformId, usable);
  } catch (failure) {
    if (!(failure instanceof PlatformFailure) || failure.kind !== 'rejected') throw failure;
    rejection = failure;
  }
  if (refused.size === 0 && rejection === null) return refused;
  // What is refused may be there already: another operation was adding it at the same time.
  const stillMissing = new Set(await missingOf());
  if (rejection !== null && usable.some((number) => stillMissing.has(number))) throw rejection;
  return new Map([...refused].filter(([number]) => stillMissing.has(number)));
}

async function failAll(work: StepWork, batch: readonly NumberItem[]): Promise<void> {
  const error = ownError('NOT_FOUND', 'The location of the number is not at the platform.', work.context.now());
  const results = batch.map(({ item }) => failedItem(item, error));
  await record(work, batch, results);
}

async function record(work: StepWork, batch: readonly NumberItem[], results: readonly ItemResult[]): Promise<void> {
  await recordItems(work.context, work.lease, work.stepId, results, async (transaction, fresh) => {
    const idByPosition = new Map(batch.map(({ item, row }) => [item.position, row.id]));
    const failures = fresh.filter(({ status }) => status === 'FAILED');
    const idsOf = (entries: readonly ItemResult[]) =>
      entries.flatMap(({ position }) => idByPosition.get(position) ?? []);
    await transaction.phoneNumber.updateMany({
      where: { id: { in: idsOf(fresh.filter(({ status }) => status === 'DONE')) } },
      data: { status: 'PROVISIONED', errors: [] },
    });
    for (const failure of failures) {
      await transaction.phoneNumber.updateMany({
        where: { id: { in: idsOf([failure]) } },
        data: { status: 'ERROR', errors: failure.error ? [{ ...failure.error }] : [] },
      });
    }
    return [
      {
        type: 'STEP_PROGRESSED',
        message: `${fresh.length - failures.length} numbers were added${failures.length > 0 ? `, ${failures.length} could not be` : ''}.`,
      },
    ];
  });
}

function unavailable(number: string, at: Date): ProvisioningError {
  return ownError('NUMBER_UNAVAILABLE', `The number ${number} is not available.`, at);
}
