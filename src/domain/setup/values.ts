// What a set-up draft holds and what only the database knows about its customer. Pure.

import { z } from 'zod';
import type { PackageCode } from '../../database/generated/enums.ts';
import type { LocationDetails } from '../address.ts';
import type { SetupUser } from './setup-user.ts';

export interface SetupValues {
  /** The customer's further locations. */
  readonly locations: readonly LocationDetails[];
  readonly users: readonly SetupUser[];
}

export interface SetupFacts {
  /** Lower case. */
  readonly adminEmail: string;
  /** The customer's packages, each with the most users that may have it; null: as many as one likes. */
  readonly packages: ReadonlyMap<PackageCode, number | null>;
  /** How many of the customer's users have a package already. */
  readonly assignedUsers: ReadonlyMap<PackageCode, number>;
  /** Ids of the locations that the customer has already, by locationKey. */
  readonly locationIds: ReadonlyMap<string, string>;
  /** The rest is known only as far as the draft's users mention it. */
  readonly takenEmails: ReadonlySet<string>;
  readonly takenExtensions: ReadonlySet<string>;
  /** Numbers that any of the partner's customers has already. */
  readonly numbers: ReadonlyMap<string, KnownNumber>;
}

export interface KnownNumber {
  readonly id: string;
  /** The locationKey of this customer's location where nobody has it; null: somebody has it, or another customer. */
  readonly freeAt: string | null;
  /** False: the platform does not have it yet. */
  readonly isProvisioned: boolean;
}

export const setupSteps = ['LOCATIONS', 'USERS', 'PHONE_NUMBERS'] as const;
export type SetupStep = (typeof setupSteps)[number];

export const setupLimits = {
  locations: 100,
  /** Users, or assignments of numbers, in one save by hand. */
  rowsByHand: 250,
  users: 20_000,
  csvBytes: 4 * 1024 * 1024,
};

const storedLocations = z.array(
  z.object({
    name: z.string(),
    address: z.object({
      addressLine1: z.string(),
      addressLine2: z.string().nullable(),
      city: z.string(),
      stateOrProvince: z.string().nullable(),
      zipOrPostalCode: z.string().nullable(),
      countryCode: z.string(),
    }),
    timeZone: z.string(),
    language: z.string(),
    announcementLanguage: z.string().nullable(),
    emergencyLocationIdentifier: z.string().nullable(),
  }),
);

/** SetupDraft.locations as it is stored. */
export function parseSetupLocations(stored: unknown): z.infer<typeof storedLocations> {
  return storedLocations.parse(stored);
}
