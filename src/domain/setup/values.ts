// What a set-up draft holds. Pure.

import { z } from 'zod';
import type { LocationDetails } from '../address.ts';
import type { SetupUser } from './setup-user.ts';

export interface SetupValues {
  /** The customer's further locations. */
  readonly locations: readonly LocationDetails[];
  readonly users: readonly SetupUser[];
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
