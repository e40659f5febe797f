// The statuses of a draft by themselves: what follows from the time, and how it ends.

import { describe, expect, it } from 'vitest';
import {
  checkChangeable,
  closingColumns,
  draftStatus,
  draftStatuses,
  draftTransitions,
} from '../../../src/domain/draft/lifecycle.ts';
import type { DraftStatus } from '../../../src/domain/draft/lifecycle.ts';

const now = new Date('2026-03-01T09:00:00.000Z');
const later = new Date(now.getTime() + 1);

const drafts: Record<DraftStatus, Parameters<typeof draftStatus>[0]> = {
  OPEN: { version: 3, status: 'OPEN', expiresAt: later },
  EXPIRED: { version: 3, status: 'OPEN', expiresAt: now },
  SUBMITTED: { version: 3, status: 'SUBMITTED', expiresAt: now },
  DISCARDED: { version: 3, status: 'DISCARDED', expiresAt: now },
};

describe('a draft', () => {
  it.each(draftStatuses)('is told to be %s', (status) => {
    expect(draftStatus(drafts[status], now)).toBe(status);
  });

  it('goes from OPEN to EXPIRED at the moment it expires, and from nowhere else', () => {
    expect(draftStatus(drafts.OPEN, now)).toBe('OPEN');
    expect(draftStatus(drafts.OPEN, later)).toBe('EXPIRED');
    const sources = draftStatuses.filter((status) => draftTransitions[status].includes('EXPIRED'));
    expect(sources).toEqual(['OPEN']);
    expect(draftStatus(drafts.SUBMITTED, later)).toBe('SUBMITTED');
    expect(draftStatus(drafts.DISCARDED, later)).toBe('DISCARDED');
  });

  it.each(draftStatuses)('that is %s ends along its arrows only', (from) => {
    for (const to of ['SUBMITTED', 'DISCARDED'] as const) {
      if (draftTransitions[from].includes(to)) {
        expect(closingColumns(drafts[from], to, now)).toEqual({ status: to, version: { increment: 1 } });
      } else {
        expect(() => closingColumns(drafts[from], to, now)).toThrow(`cannot go from ${from} to ${to}`);
      }
    }
  });

  it.each([
    ['OPEN', undefined],
    ['EXPIRED', 'DRAFT_EXPIRED'],
    ['SUBMITTED', 'DRAFT_CLOSED'],
    ['DISCARDED', 'DRAFT_CLOSED'],
  ] as const)('that is %s is changed or refused: %s', (status, code) => {
    expect(checkChangeable(drafts[status], undefined, now)?.code).toBe(code);
  });

  it('that somebody else has saved is refused with the version it is at', () => {
    expect(checkChangeable(drafts.OPEN, 3, now)).toBeNull();
    expect(checkChangeable(drafts.OPEN, 2, now)).toMatchObject({
      code: 'VERSION_CONFLICT',
      path: ['expectedVersion'],
      currentVersion: 3,
    });
  });
});
