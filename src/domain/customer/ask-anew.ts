// What has become of the organisation that a draft attaches, since the wizard was opened. Asked before the transaction that
// submits the draft; none is open meanwhile.

import type { DomainContext } from '../context.ts';
import type { OrganizationFacts } from '../directory.ts';
import { draftStatus } from '../draft/lifecycle.ts';
import { problem } from '../problem.ts';
import type { Problem } from '../problem.ts';
import type { Viewer } from '../viewer.ts';
import { askDirectory } from './ask-directory.ts';
import type { CustomerValues } from './rules.ts';

export interface FreshFacts {
  /** What was asked about; null: nothing had to be. */
  readonly organizationId: string | null;
  /** Null: what the draft knows still counts. */
  readonly facts: OrganizationFacts | null;
  readonly problems: readonly Problem[];
}

const nothingAsked: FreshFacts = { organizationId: null, facts: null, problems: [] };

/** A draft that cannot be submitted anyway is not asked about. */
export async function askAnew(context: DomainContext, viewer: Viewer, draftId: string): Promise<FreshFacts> {
  const draft = await context.database.customerDraft.findFirst({
    where: { id: draftId, partnerId: viewer.partnerId },
    select: { status: true, version: true, expiresAt: true, organizationId: true },
  });
  if (!draft || draft.organizationId === null || draftStatus(draft, context.now()) !== 'OPEN') return nothingAsked;
  const { organizationId } = draft;
  const path = ['organizationId'];
  const answer = await askDirectory(path, () => context.directory.getOrganization(viewer.partnerSlug, organizationId));
  if ('problem' in answer) return { organizationId, facts: null, problems: [answer.problem] };
  if (answer.value !== null) return { organizationId, facts: answer.value, problems: [] };
  // Where the platform does not show every organisation, not seeing one means nothing.
  if (!context.directory.facts.assessesAttach) return { organizationId, facts: null, problems: [] };
  const message = 'ORGANIZATION: The organisation does not exist any more; choose another.';
  return { organizationId, facts: null, problems: [problem('DRAFT_INCOMPLETE', path, message)] };
}

/** The draft's values with what is known now. */
export function refreshed(values: CustomerValues, { facts }: FreshFacts): CustomerValues {
  if (facts === null) return values;
  const organizationCandidates = values.organizationCandidates.map((candidate) =>
    candidate.organizationId === facts.organizationId ? { ...facts, isSuggested: candidate.isSuggested } : candidate,
  );
  return { ...values, organizationCandidates };
}
