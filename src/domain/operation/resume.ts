// Has a worker look at an operation now, because something it waits for has happened. One that has ended stays as it is.

import { inTransaction } from '../../database/transaction.ts';
import type { DomainContext } from '../context.ts';

export async function resumeOperation(context: DomainContext, operationId: string): Promise<void> {
  await inTransaction(context.database, (transaction) =>
    context.jobs.enqueue(transaction, 'advance-operation', { operationId }),
  );
}
