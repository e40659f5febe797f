// Few words, so that generated commands collide: the same name, number or address in another spelling, what is in use, and
// what is refused.

import type { PackageCode } from '../../src/database/generated/enums.ts';
import type { AddressWords, LocationWords } from './commands.ts';

interface Words<T> {
  readonly good: readonly [T, ...T[]];
  readonly bad: readonly [T, ...T[]];
}

export const templateNames: Words<string> = {
  good: ['Basic', ' basic', 'Bas_c', 'B%', 'Premium', 'Gold', 'Silver'],
  bad: ['', '  ', 'a\tb', 'n'.repeat(101)],
};
export const countryCodes: Words<string> = { good: ['US', 'US', 'de', ' IE'], bad: ['KP', 'ZZ', ''] };
export const entityIds: Words<string | null> = { good: ['https://idp.example'], bad: [null, ' ', 'e'.repeat(1025)] };
export const brandNames: Words<string | null> = { good: [null, 'Blue', ' '], bad: ['b'.repeat(101)] };
export const pstnProviderIds: Words<string | null> = {
  good: [null, null, 'ccp-americas', 'ccp-europe'],
  bad: ['ccp-nowhere'],
};
export const provisioningIds: Words<string> = {
  good: ['provisioning-basic', 'provisioning-typed', 'provisioning-typed-too'],
  bad: ['', 'p'.repeat(1025)],
};

export const adminEmails: Words<string> = {
  good: ['boss@blue.example', 'new@blue.example', ' Several@Orgs.example'],
  bad: ['', 'nobody', '@blue.example'],
};
export const organizationIds: Words<string> = {
  good: ['org-small', 'org-big', 'org-managed', 'org-own', 'org-empty'],
  bad: ['org-trial', 'org-nowhere'],
};
export const companyNames: Words<string> = { good: ['Newco', 'Blue Bottle'], bad: ['', '100 % Inc', 'c'.repeat(257)] };
export const externalIds: Words<string> = {
  good: ['ext-1', ' ext-2', 'ext-3', 'ext-4', 'ext-5'],
  bad: ['', 'x'.repeat(256), 'ext\n6'],
};
export const packageCodes: readonly PackageCode[] = [
  'WEBEX_CALLING',
  'WEBEX_MEETINGS',
  'WEBEX_SUITE',
  'WEBEX_VOICE',
  'WEBEX_CALLING_STANDARD',
  'COMMON_AREA_CALLING',
  'ATTENDANT_CONSOLE',
  'CISCO_CALLING_PLAN',
  'CX_PREMIUM_AGENT',
];
export const limits: Words<number | null> = { good: [null, null, 1, 2, 10, 0], bad: [-1] };
export const idempotencyKeys: Words<string | null> = {
  good: [null, null, null, null, null, 'key-1', ' key-1', 'key-2'],
  bad: [''],
};

const springfield: AddressWords = {
  addressLine1: '1 Mill Lane',
  city: 'Springfield',
  stateOrProvince: 'IL',
  zipOrPostalCode: '62701',
  countryCode: 'US',
};
export const addresses: Words<AddressWords> = {
  good: [
    springfield,
    { ...springfield, stateOrProvince: 'BY', zipOrPostalCode: '80331', countryCode: 'de' },
    { ...springfield, stateOrProvince: null, countryCode: 'DE' },
    { ...springfield, stateOrProvince: 'L', zipOrPostalCode: ' ', countryCode: 'IE' },
  ],
  bad: [
    { ...springfield, stateOrProvince: null },
    { ...springfield, zipOrPostalCode: null },
    { ...springfield, addressLine1: '' },
    { ...springfield, addressLine1: 'l'.repeat(51), city: ' ' },
    { ...springfield, countryCode: 'KP' },
    { ...springfield, countryCode: 'ZZ', stateOrProvince: null },
  ],
};

export const locationNames: Words<string> = {
  good: ['Headquarters', 'headquarters ', 'Berlin', 'Austin'],
  bad: ['', 'n'.repeat(101)],
};
export const timeZones: Words<LocationWords['timeZone']> = { good: ['America/Chicago'], bad: ['Mars/Base'] };
export const languages: Words<LocationWords['language']> = { good: ['en_us', 'de-DE'], bad: ['xx', ''] };

export const firstNames: Words<string> = {
  good: ['Ann', 'Bo'],
  bad: ['', 'Zo\u00eb', 'a<b', 'N'.repeat(31), 'N'.repeat(65)],
};
export const userEmails: Words<string> = {
  good: ['cid@blue.example', 'dora@blue.example', ' Dora@Blue.example', 'eve@blue.example', 'boss@blue.example'],
  bad: ['ann@blue.example', 'bob@green.example', '', 'nobody'],
};
export const userPackages: Words<PackageCode> = {
  good: ['WEBEX_CALLING', 'WEBEX_MEETINGS'],
  bad: ['WEBEX_SUITE', 'ATTENDANT_CONSOLE', 'COMMON_AREA_CALLING', 'CX_PREMIUM_AGENT'],
};
export const userLocations: Words<string> = { good: ['Headquarters', ' headquarters', 'Berlin'], bad: ['', 'Nowhere'] };
export const phoneNumbers: Words<string> = {
  good: ['+12175550101', '+1 (217) 555-0101', '+12175550102', '+12175550103', '+12175550104'],
  bad: ['2175550101', '+1', ''],
};
export const extensions: Words<string> = { good: ['101', '102', ' 103 ', '104'], bad: ['100', '911', '1', '1a', ' '] };
