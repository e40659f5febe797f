// The bodies of the subscriber calls and the checks that need nothing but the body.

import { z } from 'zod';
import { refusal } from './errors.ts';
import { email, phoneNumber, text } from './input.ts';
import { includesCalling, legacySubscriberPackage, subscriberPackage } from './packages.ts';
import type { SubscriberPackage } from './packages.ts';

const telephony = {
  primaryPhoneNumber: phoneNumber.optional(),
  extension: z
    .string()
    .regex(/^\d{2,10}$/, 'expected 2 to 10 digits')
    .optional(),
  locationId: text.optional(),
};
const person = z.object({ ...telephony, firstName: z.string().optional(), lastName: z.string().optional() });

interface PackageFields {
  readonly package?: SubscriberPackage | undefined;
  readonly packages?: readonly SubscriberPackage[] | undefined;
}

// One field or the other, and at present one package.
function onePackage(value: PackageFields, context: z.RefinementCtx): void {
  const given = [value.package, value.packages].filter((field) => field !== undefined);
  if (given.length === 1 && value.packages?.length !== 0 && (value.packages?.length ?? 1) === 1) return;
  const message = 'exactly one of package and packages is expected, with one package';
  context.addIssue({ code: 'custom', message, path: ['packages'], input: value.packages ?? value.package });
}

const packages = z.array(subscriberPackage).optional();

export const subscriberCreation = z
  .object({
    customerId: text,
    email,
    package: legacySubscriberPackage.optional(),
    packages,
    provisioningParameters: person,
  })
  .superRefine(onePackage);

export const subscriberUpdate = z
  .object({ package: subscriberPackage.optional(), packages, provisioningParameters: z.object(telephony).optional() })
  .superRefine(onePackage);

export const subscriberPrecheck = z
  .object({
    email,
    provisioningId: text.optional(),
    customerId: text.optional(),
    package: legacySubscriberPackage.optional(),
    packages,
    provisioningParameters: person.optional(),
    customerInfo: z.object({ primaryEmail: email }).optional(),
  })
  .superRefine((value, context) => {
    if (value.package !== undefined || value.packages !== undefined) onePackage(value, context);
  });

export interface Telephony {
  readonly primaryPhoneNumber?: string | undefined;
  readonly extension?: string | undefined;
  readonly locationId?: string | undefined;
}

export function packageOf(asked: PackageFields): SubscriberPackage | null {
  return asked.package ?? asked.packages?.[0] ?? null;
}

/** Cisco's own application avoids these: they are for emergency and service calls. */
const reservedExtensions: readonly string[] = ['911', '933', '1911', '611'];

/** @throws where a person with a calling package could not be called. */
export function checkTelephony(name: SubscriberPackage, asked: Telephony): void {
  if (!includesCalling(name)) return;
  if (asked.primaryPhoneNumber === undefined && asked.extension === undefined) {
    const reason = 'primaryPhoneNumber or extension is required with a package that includes calling.';
    throw refusal('numberOrExtensionRequired', reason);
  }
  if (asked.extension !== undefined && reservedExtensions.includes(asked.extension)) {
    throw refusal('extensionReserved', `The extension ${asked.extension} is reserved.`);
  }
}

/** Addresses that belong to somebody elsewhere. */
export function isTakenElsewhere(address: string): boolean {
  return /^taken.*@existing\.example$/i.test(address);
}

/** Addresses of people with a free account, who must agree to move. */
export function hasFreeAccount(address: string): boolean {
  return /@consumer\.example$/i.test(address);
}
