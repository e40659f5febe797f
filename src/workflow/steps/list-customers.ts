// LIST_CUSTOMERS: reads the partner's list of customers page by page; each customer in it becomes an item of the next step.

import { addFoundItems, recordItems } from '../../domain/operation/progress.ts';
import { PlatformFailure } from '../../platform/failure.ts';
import type { CustomerPage } from '../../platform/port.ts';
import { ended } from '../step.ts';
import type { PartnerWork, StepItem, StepResult } from '../step.ts';
import { doneItem, failedItem, tryItem } from '../try-item.ts';

export async function listCustomers(work: PartnerWork): Promise<StepResult> {
  const next = await work.context.database.operationStep.findFirstOrThrow({
    where: { operationId: work.lease.operationId, kind: 'IMPORT_CUSTOMERS' },
    select: { id: true },
  });
  for (const item of work.items) {
    const result = await readList(work, item, next.id);
    await recordItems(work.context, work.lease, work.stepId, [result], () => Promise.resolve([]));
  }
  return ended;
}

async function readList(work: PartnerWork, item: StepItem, importStepId: string) {
  const { context, lease, stepId } = work;
  let page = item.nextPage;
  do {
    work.signal.throwIfAborted();
    const from: string | null = page;
    const read = await tryItem(work, item, () => readPage(work, from));
    if ('error' in read) return failedItem(item, read.error);
    const { customers, nextPage } = read.value;
    const subjectKeys = customers.map(({ platformId }) => platformId);
    const list = { stepId, position: item.position, nextPage };
    await addFoundItems(context, lease, list, { stepId: importStepId, subjectKeys, message: 'Customers were found' });
    page = nextPage;
  } while (page !== null);
  return doneItem(item);
}

/** A page that the platform has forgotten while nobody read on: the list is read from its beginning, which repeats nothing. */
async function readPage({ platform }: PartnerWork, page: string | null): Promise<CustomerPage> {
  try {
    return await platform.listCustomerPage(page);
  } catch (failure) {
    if (page === null || !(failure instanceof PlatformFailure) || failure.kind !== 'rejected') throw failure;
    return platform.listCustomerPage(null);
  }
}
