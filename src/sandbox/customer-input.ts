// The bodies of the customer calls and the checks that need nothing but the body.

import { z } from 'zod';
import { refusal } from './errors.ts';
import { email, text, wholesaleAddress } from './input.ts';
import { customerPackage, includesCalling, packageDependencies, packageLimits } from './packages.ts';
import type { CustomerPackage } from './packages.ts';

const packageList = z
  .array(customerPackage)
  .min(1)
  .refine((names) => new Set(names).size === names.length, 'a package is named twice');

const headquarters = z.object({
  name: text,
  address: wholesaleAddress,
  timezone: text,
  language: text,
  emergencyLocationIdentifier: z.string().optional(),
});
export type Headquarters = z.infer<typeof headquarters>;

const provisioningParameters = z.object({
  calling: z.object({ location: headquarters }).optional(),
  meetings: z.object({ timezone: z.string().optional() }).optional(),
  packages: z.object({ limits: packageLimits.optional() }).optional(),
});

const companyName = text.regex(/^[^%]*$/, 'must not contain "%"');
const customerInfo = z.object({
  name: companyName,
  primaryEmail: email,
  language: z
    .string()
    .regex(/^[a-z]{2}(_[A-Z]{2})?$/, 'expected the form en or en_US')
    .optional(),
});

export const customerCreation = z.object({
  provisioningId: text,
  packages: packageList,
  orgId: text.optional(),
  externalId: text,
  address: wholesaleAddress,
  customerInfo: customerInfo.optional(),
  provisioningParameters: provisioningParameters.optional(),
  subPartnerAdminEmail: email.optional(),
});
export type CustomerCreation = z.infer<typeof customerCreation>;

export const customerUpdate = z.object({
  packages: packageList,
  externalId: text.optional(),
  address: wholesaleAddress.optional(),
  provisioningParameters: provisioningParameters.optional(),
  subPartnerAdminEmail: email.optional(),
});

export const customerPrecheck = z.object({
  ...customerCreation.partial().shape,
  address: wholesaleAddress,
  customerInfo: customerInfo.extend({ name: companyName.optional() }).optional(),
});

interface PackageChoice {
  readonly packages: readonly CustomerPackage[];
  readonly hasCallingLocation: boolean;
}

/** @throws where the packages do not fit together, or lack the location that telephony needs. */
export function checkPackages({ packages, hasCallingLocation }: PackageChoice): void {
  for (const name of packages) {
    const needed = packageDependencies[name];
    if (needed === undefined || needed.some((other) => packages.includes(other))) continue;
    throw refusal('packageDependencyUnmet', `${name} needs one of: ${needed.join(', ')}.`);
  }
  if (packages.some(includesCalling) && !hasCallingLocation) {
    const reason = 'provisioningParameters.calling.location is required with a package that includes calling.';
    throw refusal('callingLocationRequired', reason);
  }
}
