// Requests as the gateway makes them, each with as much filled in as it can have.

import type {
  CreateCustomerRequest,
  CreateUserRequest,
  LocationRequest,
  PlatformAddress,
  TemplateRegistration,
} from '../../../src/platform/port.ts';

const address: PlatformAddress = {
  addressLine1: '771 Alder Drive',
  addressLine2: null,
  city: 'Milpitas',
  stateOrProvince: 'CA',
  zipOrPostalCode: '95035',
  countryCode: 'US',
};

export const locationRequest: LocationRequest = {
  name: 'Head Office',
  address,
  timeZone: 'America/Los_Angeles',
  language: 'en_us',
  announcementLanguage: null,
  emergencyLocationIdentifier: '95547321',
};

export const createCustomerRequest: CreateCustomerRequest = {
  provisioningId: 'prov-1',
  organizationId: null,
  externalId: 'ext-1',
  packages: [
    { package: 'WEBEX_CALLING', limit: 50 },
    { package: 'WEBEX_MEETINGS', limit: null },
    { package: 'CISCO_CALLING_PLAN', limit: 10 },
  ],
  billingAddress: address,
  headquarters: locationRequest,
  meetingsTimeZone: 'America/Chicago',
  customerInformation: { companyName: "John's Pizza", adminEmail: 'john@pizza.example', language: 'en_US' },
};

export const attachRequest: CreateCustomerRequest = {
  ...createCustomerRequest,
  organizationId: 'org-1',
  packages: [{ package: 'WEBEX_MEETINGS', limit: null }],
  headquarters: null,
  meetingsTimeZone: null,
  customerInformation: null,
};

export const createUserRequest: CreateUserRequest = {
  customerPlatformId: 'c1',
  email: 'ann@acme.example',
  firstName: 'Ann',
  lastName: 'Lee',
  package: 'WEBEX_CALLING',
  calling: { locationPlatformId: 'loc-1', phoneNumber: '+12145550001', extension: '5001' },
};

export const templateRegistration: TemplateRegistration = {
  templateId: 't1',
  name: 'Standard',
  countryCode: 'US',
  subscriptionNumber: 'Sub1',
  authenticationMethod: 'WEBEX',
  identityProvider: null,
  pstnProviderId: null,
  restrictAdminInviteEmails: false,
  brandName: null,
  disableCallOnWebex: false,
};
