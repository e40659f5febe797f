// Arbitrary values from the vocabulary: mostly good ones, so that wizards get to their end.

import fc from 'fast-check';
import { foreign, missing, oldest } from '../commands.ts';
import type { AddressWords, LocationWords, PackageWords, Ref, Staleness } from '../commands.ts';
import * as vocabulary from '../vocabulary.ts';

/** One in so many values is a bad one. */
const goodForOneBad = 14;

export function word<T>({ good, bad }: { readonly good: readonly T[]; readonly bad: readonly T[] }): fc.Arbitrary<T> {
  return fc.oneof(
    { weight: goodForOneBad, arbitrary: fc.constantFrom(...good) },
    { weight: 1, arbitrary: fc.constantFrom(...bad) },
  );
}

export function mostly<T>(usual: T, other: T): fc.Arbitrary<T> {
  return word({ good: [usual], bad: [other] });
}

/** Mostly the newest; sometimes an older one, sometimes what this partner does not have. */
export const ref: fc.Arbitrary<Ref> = fc.oneof(
  { weight: 20, arbitrary: fc.constant(0) },
  { weight: 5, arbitrary: fc.nat({ max: 3 }) },
  { weight: 1, arbitrary: fc.constantFrom(missing, foreign) },
);

/** Any, for things that are few. */
export const anyRef: fc.Arbitrary<Ref> = fc.oneof(
  { weight: 14, arbitrary: fc.nat({ max: 4 }) },
  { weight: 1, arbitrary: fc.constantFrom(missing, foreign) },
);

/** Mostly the customer with telephony that a sequence begins with: pinned as the oldest of all. */
export const provisionedRef: fc.Arbitrary<Ref> = fc.oneof(
  { weight: 6, arbitrary: fc.constant(oldest) },
  { weight: 3, arbitrary: anyRef },
);

export const staleBy: fc.Arbitrary<Staleness> = word({ good: [null, 0], bad: [1] });

export const address: fc.Arbitrary<AddressWords> = word(vocabulary.addresses);

export const location: fc.Arbitrary<LocationWords> = fc.record({
  name: word(vocabulary.locationNames),
  address,
  timeZone: word(vocabulary.timeZones),
  language: word(vocabulary.languages),
});

const anyPackages: fc.Arbitrary<readonly PackageWords[]> = fc.array(
  fc.record({ package: fc.constantFrom(...vocabulary.packageCodes), limit: word(vocabulary.limits) }),
  { maxLength: 4 },
);

/** What customers usually have. */
const usualPackages: fc.Arbitrary<readonly PackageWords[]> = fc
  .subarray(
    [
      { package: 'WEBEX_CALLING' as const, limit: null },
      { package: 'WEBEX_MEETINGS' as const, limit: 2 },
      { package: 'WEBEX_SUITE' as const, limit: null },
      { package: 'ATTENDANT_CONSOLE' as const, limit: null },
    ],
    { minLength: 1 },
  )
  .filter((list) => list.some(({ package: code }) => code !== 'ATTENDANT_CONSOLE'));

export const packages: fc.Arbitrary<readonly PackageWords[]> = fc.oneof(
  { weight: 3, arbitrary: usualPackages },
  { weight: 1, arbitrary: anyPackages },
);

export const key: fc.Arbitrary<string | null> = word(vocabulary.idempotencyKeys);

/** Null in half of all cases. */
export function perhaps<T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> {
  return fc.option(value, { nil: null, freq: 2 });
}
