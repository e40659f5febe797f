// Orders Cisco's onboarding service for one location (domain rule S12). No API takes the order: it is kept here, and the
// partner passes it on.

import { inTransaction } from '../../database/transaction.ts';
import { checkEmail, note } from '../checks.ts';
import type { Problems } from '../checks.ts';
import type { DomainContext } from '../context.ts';
import { customerNotFound, judgeServed, lockServedCustomer } from '../customer/serving.ts';
import { done, refused } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { problem } from '../problem.ts';
import type { Viewer } from '../viewer.ts';

export interface RequestSetupAssistInput {
  readonly customerId: string;
  readonly locationId: string;
  readonly contactEmail: string;
  readonly notes?: string | null | undefined;
}

export interface RequestSetupAssistOutcome {
  readonly requestId: string;
}

/** Cisco says that the number of users decides, and not where: the line is ours. */
const maxExpressUsers = 25;
const maxNotesLength = 2_000;

export async function requestSetupAssist(
  context: DomainContext,
  viewer: Viewer,
  { customerId, locationId, contactEmail: typedEmail, notes: typedNotes }: RequestSetupAssistInput,
): Promise<Outcome<RequestSetupAssistOutcome>> {
  const problems: Problems = [];
  const contactEmail = checkEmail(problems, ['contactEmail'], typedEmail);
  const notes = checkNotes(problems, typedNotes);
  return inTransaction(context.database, async (transaction) => {
    const customer = await lockServedCustomer(transaction, viewer, customerId);
    if (!customer) return refused([...problems, customerNotFound()]);
    const location = await transaction.location.findFirst({
      where: { id: locationId, customerId },
      select: { _count: { select: { users: true } } },
    });
    const found = [
      ...problems,
      ...judgeServed(customer, ['customerId']),
      ...(location ? [] : [problem('NOT_FOUND', ['locationId'], 'The customer has no such location.')]),
    ];
    if (found.length > 0 || contactEmail === null || !location) return refused(found);
    const { id: requestId } = await transaction.setupAssistRequest.create({
      data: {
        partnerId: viewer.partnerId,
        customerId,
        locationId,
        sku: location._count.users > maxExpressUsers ? 'STANDARD' : 'EXPRESS',
        contactEmail,
        notes,
        requestedAt: context.now(),
      },
      select: { id: true },
    });
    return done({ requestId });
  });
}

/** Of several lines, unlike other texts. Empty and missing are the same: null. */
function checkNotes(problems: Problems, typed: string | null | undefined): string | null {
  const notes = typed?.trim() ?? '';
  const path = ['notes'];
  if (notes.length > maxNotesLength) {
    const message = `At most ${maxNotesLength} characters are allowed; these are ${notes.length}.`;
    return note(problems, 'TOO_LONG', path, message);
  }
  if (/[^\P{Cc}\n\r\t]/u.test(notes)) {
    return note(
      problems,
      'INVALID_FORMAT',
      path,
      'Control characters other than line breaks and tabs are not allowed.',
    );
  }
  return notes === '' ? null : notes;
}
