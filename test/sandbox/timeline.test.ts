// The pure part of provisioning: what a customer looks like at which moment.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { customerAt } from '../../src/sandbox/customer-timeline.ts';
import type { Attempt } from '../../src/sandbox/customer-timeline.ts';

const creation: Attempt = {
  kind: 'create',
  acceptedAt: 1_000_000,
  stageMs: 1_000,
  seed: 'acme:corner',
  screening: 'none',
  refusal: null,
  isCallingUnderMaintenance: false,
  packages: [
    { name: 'webex_calling', action: 'provision' },
    { name: 'webex_meetings', action: 'provision' },
  ],
};

const anyAttempt = fc.record({
  kind: fc.constantFrom('create', 'update', 'delete'),
  acceptedAt: fc.integer({ min: 0, max: 1_000_000 }),
  stageMs: fc.integer({ min: 0, max: 5_000 }),
  seed: fc.string(),
  screening: fc.constantFrom('none', 'clears', 'denies'),
  refusal: fc.constantFrom(null, { errorCode: 1, description: 'no' }),
  isCallingUnderMaintenance: fc.boolean(),
  packages: fc.array(
    fc.record({
      name: fc.constantFrom('webex_calling', 'webex_meetings', 'webex_suite'),
      action: fc.constantFrom('provision', 'keep', 'remove'),
    }),
    { maxLength: 4 },
  ),
});

/** Every snapshot that a patient observer sees, in order. */
function story(attempt: Attempt) {
  const seen = [customerAt(attempt, attempt.acceptedAt)];
  for (let next = seen[0]?.nextChangeAt ?? null; next !== null; next = seen.at(-1)?.nextChangeAt ?? null) {
    seen.push(customerAt(attempt, next));
  }
  return seen;
}

describe('the timeline of a customer', () => {
  it('answers the same for the same record and moment, in whatever order it is asked', () => {
    fc.assert(
      fc.property(anyAttempt, fc.integer({ min: 0, max: 2_000_000 }), (attempt, now) => {
        const first = customerAt(attempt, now);
        customerAt(attempt, now + 50_000);
        expect(customerAt(structuredClone(attempt), now)).toEqual(first);
      }),
    );
  });

  it('shows nothing new before the moment it announces, and ends', () => {
    fc.assert(
      fc.property(anyAttempt, (attempt) => {
        const seen = story(attempt);
        for (const [index, snapshot] of seen.slice(0, -1).entries()) {
          const announced = snapshot.nextChangeAt ?? Number.NaN;
          expect(customerAt(attempt, announced - 1).status).toBe(snapshot.status);
          expect(customerAt(attempt, announced - 1).packages).toEqual(snapshot.packages);
          expect(index).toBeLessThan(20);
        }
        expect(seen.at(-1)).toMatchObject({ isSettled: true, nextChangeAt: null });
      }),
    );
  });

  it('lets the packages follow one another', () => {
    const statuses = story(creation).map(({ packages }) => packages.map(({ status }) => status));
    const distinct = statuses.filter((entry, index) => entry.join() !== statuses[index - 1]?.join());
    expect(distinct).toEqual([
      ['provisioning', 'provisioning'],
      ['provisioned', 'provisioning'],
      ['provisioned', 'provisioned'],
    ]);
  });

  it('has the organisation before the first package, and every stage takes from 0.6 to 1.5 of the given length', () => {
    const moments = story(creation).flatMap(({ nextChangeAt }) => (nextChangeAt === null ? [] : [nextChangeAt]));
    const lengths = moments.map((moment, index) => moment - (moments[index - 1] ?? creation.acceptedAt));
    expect(lengths).toHaveLength(4);
    for (const length of lengths) expect(length).toBeGreaterThanOrEqual(600);
    for (const length of lengths) expect(length).toBeLessThanOrEqual(1_500);
    const withOrganization = story(creation).find((snapshot) => snapshot.hasOrganization);
    expect(withOrganization?.packages.map(({ status }) => status)).toEqual(['provisioning', 'provisioning']);
  });

  it('is over at once without stages', () => {
    expect(customerAt({ ...creation, stageMs: 0 }, creation.acceptedAt)).toMatchObject({
      status: 'provisioned',
      isSettled: true,
    });
  });

  it('passes a review that clears, and stops at one that denies', () => {
    const statuses = (attempt: Attempt) => [...new Set(story(attempt).map(({ status }) => status))];
    expect(statuses({ ...creation, screening: 'clears' })).toEqual([
      'provisioning',
      'pending_rpl_review',
      'provisioned',
    ]);
    expect(statuses({ ...creation, screening: 'denies' })).toEqual(['provisioning', 'pending_rpl_review', 'error']);
  });
});
