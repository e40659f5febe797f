// What a fresh sandbox starts with: three partners, and for each a template and two customers to look at.

import type { LocationInput } from '../src/domain/address.ts';
import type { DataRegion, PackageCode } from '../src/database/generated/enums.ts';

export interface SeedPartner {
  readonly slug: string;
  readonly name: string;
  readonly dataRegion: DataRegion;
  readonly admins: readonly { readonly name: string; readonly email: string }[];
  readonly subscriptions: readonly { readonly name: string; readonly number: string }[];
  readonly template: { readonly name: string; readonly countryCode: string; readonly brandName: string };
  readonly customers: readonly SeedCustomer[];
}

export interface SeedCustomer {
  readonly companyName: string;
  readonly externalId: string;
  readonly domain: string;
  readonly packages: readonly PackageCode[];
  readonly headquarters: LocationInput;
  readonly branch: LocationInput;
  /** In E.164, without the last two digits: users get one number each. */
  readonly numberPrefix: string;
}

const people = [
  ['Ada', 'Winter'],
  ['Ben', 'Okafor'],
  ['Carla', 'Mendes'],
  ['David', 'Lindqvist'],
  ['Erin', 'Walsh'],
] as const;

export function seedUsers({ domain, numberPrefix, packages, headquarters, branch }: SeedCustomer) {
  return people.map(([firstName, lastName], index) => ({
    firstName,
    lastName,
    email: `${firstName}.${lastName}@${domain}`.toLowerCase(),
    package: packages[index % packages.length] ?? 'WEBEX_CALLING',
    locationName: index < 3 ? headquarters.name : branch.name,
    phoneNumber: `${numberPrefix}${String(index + 10)}`,
    extension: String(2000 + index),
  }));
}

function place(
  name: string,
  addressLine1: string,
  city: string,
  stateOrProvince: string,
  zipOrPostalCode: string,
  countryCode: string,
  timeZone: string,
  language: string,
): LocationInput {
  return { name, address: { addressLine1, city, stateOrProvince, zipOrPostalCode, countryCode }, timeZone, language };
}

export const seedPartners: readonly SeedPartner[] = [
  {
    slug: 'acme',
    name: 'Acme Telecom',
    dataRegion: 'US',
    admins: [
      { name: 'Grace Acme', email: 'grace@acme.example' },
      { name: 'Henry Acme', email: 'henry@acme.example' },
    ],
    subscriptions: [
      { name: 'Wholesale US', number: 'Sub100001' },
      { name: 'Wholesale US, second contract', number: 'Sub100002' },
    ],
    template: { name: 'Small business US', countryCode: 'US', brandName: 'Acme Voice' },
    customers: [
      {
        companyName: 'Blue Harbor Dental',
        externalId: 'seed-blue-harbor',
        domain: 'blueharbor.example',
        packages: ['WEBEX_CALLING', 'WEBEX_SUITE'],
        headquarters: place(
          'Portland',
          '12 Harbor Street',
          'Portland',
          'OR',
          '97201',
          'US',
          'America/Los_Angeles',
          'en_us',
        ),
        branch: place('Salem', '480 Capitol Avenue', 'Salem', 'OR', '97301', 'US', 'America/Los_Angeles', 'en_us'),
        numberPrefix: '+150355501',
      },
      {
        companyName: 'Maple and Main Books',
        externalId: 'seed-maple-main',
        domain: 'maplemain.example',
        packages: ['WEBEX_CALLING'],
        headquarters: place(
          'Burlington',
          '77 Main Street',
          'Burlington',
          'VT',
          '05401',
          'US',
          'America/New_York',
          'en_us',
        ),
        branch: place('Stowe', '5 Mountain Road', 'Stowe', 'VT', '05672', 'US', 'America/New_York', 'en_us'),
        numberPrefix: '+180255502',
      },
    ],
  },
  {
    slug: 'nordic',
    name: 'Nordic Voice',
    dataRegion: 'EU',
    admins: [{ name: 'Ingrid Nordic', email: 'ingrid@nordic.example' }],
    subscriptions: [{ name: 'Wholesale Nordics', number: 'Sub200001' }],
    template: { name: 'Nordic standard', countryCode: 'SE', brandName: 'Nordic Voice' },
    customers: [
      {
        companyName: 'Fjord Kaffe',
        externalId: 'seed-fjord-kaffe',
        domain: 'fjordkaffe.example',
        packages: ['WEBEX_CALLING'],
        headquarters: place('Bergen', 'Bryggen 5', 'Bergen', 'Vestland', '5003', 'NO', 'Europe/Oslo', 'nb_no'),
        branch: place('Oslo', 'Karl Johans gate 10', 'Oslo', 'Oslo', '0154', 'NO', 'Europe/Oslo', 'nb_no'),
        numberPrefix: '+47550010',
      },
      {
        companyName: 'Aurora Optik',
        externalId: 'seed-aurora-optik',
        domain: 'auroraoptik.example',
        packages: ['WEBEX_SUITE', 'WEBEX_VOICE'],
        headquarters: place(
          'Stockholm',
          'Sveavägen 44',
          'Stockholm',
          'Stockholm',
          '111 34',
          'SE',
          'Europe/Stockholm',
          'sv_se',
        ),
        branch: place('Uppsala', 'Kungsgatan 20', 'Uppsala', 'Uppsala', '753 20', 'SE', 'Europe/Stockholm', 'sv_se'),
        numberPrefix: '+468400123',
      },
    ],
  },
  {
    slug: 'pacific',
    name: 'Pacific Connect',
    dataRegion: 'AUSTRALIA',
    admins: [{ name: 'Olivia Pacific', email: 'olivia@pacific.example' }],
    subscriptions: [{ name: 'Wholesale Australia', number: 'Sub300001' }],
    template: { name: 'Pacific standard', countryCode: 'AU', brandName: 'Pacific Connect' },
    customers: [
      {
        companyName: 'Coral Bay Diving',
        externalId: 'seed-coral-bay',
        domain: 'coralbay.example',
        packages: ['WEBEX_CALLING'],
        headquarters: place('Cairns', '3 Esplanade', 'Cairns', 'QLD', '4870', 'AU', 'Australia/Brisbane', 'en_au'),
        branch: place(
          'Port Douglas',
          '18 Wharf Street',
          'Port Douglas',
          'QLD',
          '4877',
          'AU',
          'Australia/Brisbane',
          'en_au',
        ),
        numberPrefix: '+617400001',
      },
      {
        companyName: 'Southern Cross Cycling',
        externalId: 'seed-southern-cross',
        domain: 'southerncross.example',
        packages: ['WEBEX_SUITE'],
        headquarters: place(
          'Hobart',
          '90 Liverpool Street',
          'Hobart',
          'TAS',
          '7000',
          'AU',
          'Australia/Hobart',
          'en_au',
        ),
        branch: place(
          'Launceston',
          '22 Brisbane Street',
          'Launceston',
          'TAS',
          '7250',
          'AU',
          'Australia/Hobart',
          'en_au',
        ),
        numberPrefix: '+613620001',
      },
    ],
  },
];
