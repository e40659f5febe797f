// Rows, as the platform port wants to be told of them.

import type { Customer, CustomerPackage, Location, OnboardingTemplate } from '../database/generated/client.ts';
import type { CreateCustomerRequest, CustomerRequest, LocationRequest, PlatformAddress } from '../platform/port.ts';

export function locationRequest(location: Location): LocationRequest {
  return {
    name: location.name,
    address: {
      addressLine1: location.addressLine1,
      addressLine2: location.addressLine2,
      city: location.city,
      stateOrProvince: location.stateOrProvince,
      zipOrPostalCode: location.zipOrPostalCode,
      countryCode: location.countryCode,
    },
    timeZone: location.timeZone,
    language: location.language,
    announcementLanguage: location.announcementLanguage,
    emergencyLocationIdentifier: location.emergencyLocationIdentifier,
  };
}

export function billingAddress(customer: Customer): PlatformAddress {
  return {
    addressLine1: customer.billingAddressLine1,
    addressLine2: customer.billingAddressLine2,
    city: customer.billingCity,
    stateOrProvince: customer.billingStateOrProvince,
    zipOrPostalCode: customer.billingZipOrPostalCode,
    countryCode: customer.billingCountryCode,
  };
}

type CustomerRow = Customer & {
  readonly packages: readonly CustomerPackage[];
  readonly locations: readonly Location[];
};

/** The customer as it is to be: packages on their way out are left out. */
export function customerRequest(customer: CustomerRow): CustomerRequest {
  const headquarters = customer.locations.find(({ kind }) => kind === 'HEADQUARTERS');
  return {
    externalId: customer.externalId,
    packages: customer.packages
      .filter(({ status }) => status !== 'DELETING')
      .map(({ code, limit }) => ({ package: code, limit })),
    billingAddress: billingAddress(customer),
    headquarters: headquarters ? locationRequest(headquarters) : null,
    meetingsTimeZone: customer.meetingsTimeZone,
  };
}

export function createCustomerRequest(
  customer: CustomerRow & { readonly template: OnboardingTemplate | null },
): CreateCustomerRequest {
  const provisioningId = customer.template?.provisioningId;
  if (!provisioningId) throw new Error(`customer ${customer.id} has no template with a provisioning ID`);
  return {
    ...customerRequest(customer),
    provisioningId,
    organizationId: customer.origin === 'ATTACHED' ? customer.organizationId : null,
    // Who attaches an organisation by its id alone need not know its administrator.
    customerInformation:
      customer.adminEmail === ''
        ? null
        : { companyName: customer.companyName, adminEmail: customer.adminEmail, language: customer.language },
  };
}
