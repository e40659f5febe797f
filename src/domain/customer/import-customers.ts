// Brings in what the partner has at the platform already: customers, locations, users, numbers. Nothing changes there.

import { z } from 'zod';
import { lockRow } from '../../database/locks.ts';
import type { Problems } from '../checks.ts';
import type { DomainContext } from '../context.ts';
import { checkIdempotencyKey } from '../idempotency.ts';
import { inIdempotentTransaction } from '../idempotent-transaction.ts';
import { acceptOperation } from '../operation/accept.ts';
import { endedOperationStatuses } from '../operation/status.ts';
import { done } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import type { Viewer } from '../viewer.ts';

export interface ImportCustomersInput {
  readonly idempotencyKey: string;
}

export interface ImportCustomersOutcome {
  readonly operationId: string;
}

const keptAnswer = z.object({ operationId: z.string() });

/** While one import is under way there is no other: that one is answered. */
export async function importCustomers(
  context: DomainContext,
  viewer: Viewer,
  { idempotencyKey }: ImportCustomersInput,
): Promise<Outcome<ImportCustomersOutcome>> {
  const problems: Problems = [];
  const key = checkIdempotencyKey(problems, idempotencyKey);
  const call = { mutation: 'importCustomers', key, input: {}, answer: keptAnswer };
  return inIdempotentTransaction(context, viewer, call, async (transaction) => {
    if (key === null) return { value: null, problems };
    await lockRow(transaction, 'Partner', viewer.partnerId);
    const underWay = await transaction.provisioningOperation.findFirst({
      where: {
        partnerId: viewer.partnerId,
        kind: 'IMPORT_CUSTOMERS',
        status: { notIn: [...endedOperationStatuses] },
      },
      select: { id: true },
    });
    if (underWay) return done({ operationId: underWay.id });
    const operationId = await acceptOperation(context, transaction, viewer, {
      kind: 'IMPORT_CUSTOMERS',
      customerId: null,
      message: 'Importing what is on the platform was accepted.',
      steps: [
        { kind: 'LIST_CUSTOMERS', items: ['own'] },
        { kind: 'IMPORT_CUSTOMERS', items: [] },
      ],
    });
    return done({ operationId });
  });
}
