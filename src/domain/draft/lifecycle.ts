// What every wizard draft has in common besides its steps: version, status, expiry. Pure.

import { z } from 'zod';
import type { StoredDraftStatus } from '../../database/generated/enums.ts';
import { problem } from '../problem.ts';
import type { Problem } from '../problem.ts';

export const draftStatuses = ['OPEN', 'SUBMITTED', 'DISCARDED', 'EXPIRED'] as const;
export type DraftStatus = (typeof draftStatuses)[number];

/** Which may follow which (domain.md 7.6). That a draft has expired is never written: it follows from the time. */
export const draftTransitions: Record<DraftStatus, readonly DraftStatus[]> = {
  OPEN: ['SUBMITTED', 'DISCARDED', 'EXPIRED'],
  SUBMITTED: [],
  DISCARDED: [],
  EXPIRED: [],
};

interface DraftRow {
  readonly version: number;
  readonly status: StoredDraftStatus;
  readonly expiresAt: Date;
}

/** Each save and each draft mutation names its draft, and may name the version it was made from. */
export interface DraftReference {
  readonly draftId: string;
  readonly expectedVersion?: number | null | undefined;
}

export function draftStatus(draft: DraftRow, now: Date): DraftStatus {
  return draft.status === 'OPEN' && draft.expiresAt <= now ? 'EXPIRED' : draft.status;
}

/** What is written of a draft that ends. */
export function closingColumns(draft: DraftRow, to: 'SUBMITTED' | 'DISCARDED', now: Date) {
  const from = draftStatus(draft, now);
  if (!draftTransitions[from].includes(to)) throw new Error(`a draft cannot go from ${from} to ${to}`);
  return { status: to, version: { increment: 1 } } as const;
}

/** Null: the draft may be changed. */
export function checkChangeable(
  draft: DraftRow,
  expectedVersion: number | null | undefined,
  now: Date,
): Problem | null {
  const status = draftStatus(draft, now);
  if (status === 'EXPIRED') {
    return problem(
      'DRAFT_EXPIRED',
      ['draftId'],
      `The draft expired at ${draft.expiresAt.toISOString()}; start a new one.`,
    );
  }
  if (status !== 'OPEN') {
    return problem('DRAFT_CLOSED', ['draftId'], `The draft is ${status} and cannot be changed any more.`);
  }
  if (expectedVersion !== undefined && expectedVersion !== null && expectedVersion !== draft.version) {
    return problem(
      'VERSION_CONFLICT',
      ['expectedVersion'],
      `The draft was changed elsewhere: it is at version ${draft.version}, expected was ${expectedVersion}. Load it again.`,
      { currentVersion: draft.version },
    );
  }
  return null;
}

export function draftNotFound(): Problem {
  return problem('NOT_FOUND', ['draftId'], 'There is no such draft.');
}

export const warningCodes = [
  'PSTN_PROVIDER_NOT_RECOMMENDED',
  'CONSENT_WILL_BE_REQUIRED',
  'COMPANY_NAME_NOT_APPLIED',
  'API_ONLY_AFTER_ATTACH',
] as const;

/** Something worth knowing that does not stand in the way. */
export interface Warning {
  readonly code: (typeof warningCodes)[number];
  readonly message: string;
  readonly path: readonly string[];
}

const storedWarnings = z.array(
  z.object({ code: z.enum(warningCodes), message: z.string(), path: z.array(z.string()) }),
);

export function parseWarnings(stored: unknown): Warning[] {
  return storedWarnings.parse(stored);
}
