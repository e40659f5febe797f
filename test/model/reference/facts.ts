// What the reference model knows of the world, written down a second time on purpose: it imports nothing of the domain. Only
// as much as the vocabulary can mention.

import type { PackageCode } from '../../../src/database/generated/enums.ts';

export interface CountryFacts {
  readonly region: 'US' | 'EU' | 'UK';
  readonly needsState: boolean;
  readonly needsPostalCode: boolean;
}

/** 'unsupported': a country where the service is not offered; missing: no country. */
export const countries: Readonly<Record<string, CountryFacts | 'unsupported'>> = {
  US: { region: 'US', needsState: true, needsPostalCode: true },
  DE: { region: 'EU', needsState: false, needsPostalCode: true },
  IE: { region: 'UK', needsState: false, needsPostalCode: false },
  KP: 'unsupported',
};

export const pstnProviders: Readonly<Record<string, readonly string[]>> = {
  'ccp-americas': ['US'],
  'ccp-europe': ['DE', 'IE'],
};

export interface PackageFacts {
  readonly calling: boolean;
  /** Whether a user is created with it. */
  readonly forUsers: boolean;
  readonly takesLimit: boolean;
  readonly beside: readonly PackageCode[];
}

const standalone: PackageFacts = { calling: false, forUsers: true, takesLimit: true, beside: [] };
const telephony: PackageFacts = { ...standalone, calling: true };

export const packages: Readonly<Partial<Record<PackageCode, PackageFacts>>> = {
  WEBEX_CALLING: telephony,
  WEBEX_SUITE: telephony,
  WEBEX_VOICE: telephony,
  WEBEX_CALLING_STANDARD: telephony,
  WEBEX_MEETINGS: standalone,
  COMMON_AREA_CALLING: { ...telephony, forUsers: false },
  ATTENDANT_CONSOLE: { ...standalone, forUsers: false, beside: ['WEBEX_CALLING', 'WEBEX_SUITE', 'CX_ESSENTIALS'] },
  CISCO_CALLING_PLAN: {
    ...standalone,
    forUsers: false,
    takesLimit: false,
    beside: [
      'WEBEX_CALLING',
      'WEBEX_SUITE',
      'WEBEX_VOICE',
      'WEBEX_CALLING_STANDARD',
      'COMMON_AREA_CALLING',
      'CX_ESSENTIALS',
    ],
  },
  CX_PREMIUM_AGENT: { ...standalone, takesLimit: false },
};

/** S7: more is more; what is not here has no place in the order. */
const ranks: Readonly<Partial<Record<PackageCode, number>>> = {
  WEBEX_SUITE: 5,
  WEBEX_CALLING: 4,
  WEBEX_VOICE: 3,
  WEBEX_CALLING_STANDARD: 2,
  WEBEX_MEETINGS: 1,
};

/** S6 and S7: whether an administrator who is due the best of these would lose something. */
export function isDowngrade(due: readonly PackageCode[], to: PackageCode): boolean {
  const best = due.toSorted((a, b) => (ranks[b] ?? 0) - (ranks[a] ?? 0))[0];
  if (best === undefined || ranks[best] === undefined || best === to) return false;
  const losesCalling = packageFacts(best).calling && !packageFacts(to).calling;
  const losesMeetings =
    ['WEBEX_SUITE', 'WEBEX_MEETINGS'].includes(best) && !['WEBEX_SUITE', 'WEBEX_MEETINGS'].includes(to);
  return (ranks[to] ?? 0) < ranks[best] || losesCalling || losesMeetings;
}

export function packageFacts(code: PackageCode): PackageFacts {
  const facts = packages[code];
  if (!facts) throw new Error(`the reference model does not know the package ${code}`);
  return facts;
}

/** In the order in which the platform lists them. */
const catalogue: readonly PackageCode[] = [
  'COMMON_AREA_CALLING',
  'WEBEX_CALLING',
  'WEBEX_CALLING_STANDARD',
  'WEBEX_VOICE',
  'WEBEX_SUITE',
  'WEBEX_MEETINGS',
  'CX_ESSENTIALS',
  'ATTENDANT_CONSOLE',
  'CISCO_CALLING_PLAN',
  'CX_PREMIUM_AGENT',
];

export function catalogueOrder(code: PackageCode): number {
  return catalogue.indexOf(code);
}
