// What is there at the platform, whoever made it, in the domain's words. Read by the workflow, judged and written here.

import type {
  CustomerStatus,
  OrganizationRole,
  PackageCode,
  PackageStatus,
  UserStatus,
} from '../../database/generated/enums.ts';
import type { Address, LocationDetails } from '../address.ts';
import type { ProvisioningError } from '../operation/provisioning-error.ts';

export interface ObservedPackage {
  readonly code: PackageCode;
  /** Null: the platform did not tell, or told something that is not known here. */
  readonly status: PackageStatus | null;
  readonly errors: readonly ProvisioningError[];
  readonly warnings: readonly ProvisioningError[];
}

export interface ObservedCustomer {
  readonly platformId: string;
  readonly externalId: string;
  readonly organizationId: string | null;
  readonly billingAddress: Address | null;
  readonly status: CustomerStatus;
  /** Nobody works on it. While somebody does, what it looks like says nothing. */
  readonly isSettled: boolean;
  readonly packages: readonly ObservedPackage[];
  readonly errors: readonly ProvisioningError[];
}

export interface ObservedUser {
  readonly platformId: string;
  readonly personId: string | null;
  /** Lower case. */
  readonly email: string;
  readonly package: PackageCode;
  readonly status: Extract<UserStatus, 'PROVISIONED' | 'AWAITING_USER_CONSENT' | 'ERROR'>;
  readonly errors: readonly ProvisioningError[];
}

export interface ObservedPerson {
  readonly email: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly extension: string | null;
  readonly locationPlatformId: string | null;
  readonly roles: readonly OrganizationRole[];
}

export interface ObservedLocation extends LocationDetails {
  readonly platformId: string;
}

export interface ObservedNumber {
  readonly number: string;
  readonly locationPlatformId: string;
  readonly ownerPersonId: string | null;
  readonly isMain: boolean;
}

/** One customer with all that belongs to it. */
export interface ObservedDetails {
  readonly customer: ObservedCustomer;
  /** Null: its organisation is not there yet, or tells no name. */
  readonly companyName: string | null;
  readonly users: readonly ObservedUser[];
  /** By person id; empty where nobody new had to be looked up. */
  readonly people: ReadonlyMap<string, ObservedPerson>;
  /** The first one is the headquarters. */
  readonly locations: readonly ObservedLocation[];
  readonly numbers: readonly ObservedNumber[];
}

/** How a customer looks, as one text: another text means that something has happened to it. */
export function platformSight(customer: ObservedCustomer): string {
  const { status, externalId, organizationId, billingAddress, packages } = customer;
  const address = billingAddress && [
    billingAddress.addressLine1,
    billingAddress.addressLine2,
    billingAddress.city,
    billingAddress.stateOrProvince,
    billingAddress.zipOrPostalCode,
    billingAddress.countryCode,
  ];
  const details = packages.map((entry) => `${entry.code}=${entry.status ?? '?'}`).sort();
  return JSON.stringify([status, externalId, organizationId, address, ...details]);
}
