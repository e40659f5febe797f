// Addresses and locations: as people type them, and as drafts and rows hold them.

import { storedCountry } from '../../src/domain/catalogue/countries.ts';
import type { Address as DomainAddress, LocationDetails } from '../../src/domain/address.ts';
import { builder } from '../builder.ts';
import { Country } from '../catalogue/country.ts';

export const Address = builder.objectRef<DomainAddress>('Address').implement({
  description: 'A postal address.',
  fields: (t) => ({
    addressLine1: t.exposeString('addressLine1', { description: 'Street and number; at most 50 characters.' }),
    addressLine2: t.exposeString('addressLine2', {
      nullable: true,
      description: 'Floor, suite or the like; at most 50 characters. Null when there is none.',
    }),
    city: t.exposeString('city', { description: 'Town or city.' }),
    stateOrProvince: t.exposeString('stateOrProvince', {
      nullable: true,
      description: 'Null in countries that do without; `Country.requiresState` tells.',
    }),
    zipOrPostalCode: t.exposeString('zipOrPostalCode', {
      nullable: true,
      description: 'Null in countries that do without; `Country.requiresPostalCode` tells.',
    }),
    country: t.field({
      type: Country,
      description: 'Decides, among others, in which data region a new organisation lives.',
      resolve: ({ countryCode }) => storedCountry(countryCode),
    }),
  }),
});

export const AddressInput = builder.inputType('AddressInput', {
  description: 'A postal address as it is typed; blanks at the ends are dropped.',
  fields: (t) => ({
    addressLine1: t.string({ required: true, description: 'Street and number; at most 50 characters.' }),
    addressLine2: t.string({ description: 'Floor, suite or the like; at most 50 characters.' }),
    city: t.string({ required: true, description: 'Town or city; at most 100 characters.' }),
    stateOrProvince: t.string({
      description: 'Required where `Country.requiresState` is true; ISO 3166-2 subdivision such as CA is best.',
    }),
    zipOrPostalCode: t.string({ description: 'Required where `Country.requiresPostalCode` is true.' }),
    countryCode: t.string({
      required: true,
      description: 'ISO 3166-1 alpha-2, such as US; one that Query.countries calls supported.',
    }),
  }),
});

export const LocationInput = builder.inputType('LocationInput', {
  description: 'A site of the customer where people work and phones ring.',
  fields: (t) => ({
    name: t.string({
      required: true,
      description: 'At most 100 characters; unique within the customer, regardless of case.',
    }),
    address: t.field({ type: AddressInput, required: true, description: 'Where it is; emergency calls rely on it.' }),
    timeZone: t.string({ required: true, description: 'IANA name such as America/New_York; one of Query.timeZones.' }),
    language: t.string({
      required: true,
      description: 'Of mails and, unless said otherwise, of voice prompts: one of Query.languages, such as en_us.',
    }),
    announcementLanguage: t.string({
      description: 'Of voice prompts: one of Query.languages. Left out: as `language`.',
    }),
    emergencyLocationIdentifier: t.string({
      description:
        'Sent along with emergency calls (in a SIP header), where your emergency service provider asks for it.',
    }),
  }),
});

export const DraftLocation = builder.objectRef<LocationDetails>('DraftLocation').implement({
  description: 'A location as a wizard holds it; it becomes a Location when the draft is submitted.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Unique within the customer, regardless of case.' }),
    address: t.field({ type: Address, description: 'Where it will be.', resolve: ({ address }) => address }),
    timeZone: t.exposeString('timeZone', { description: 'IANA name.' }),
    language: t.exposeString('language', { description: 'Of mails and, unless said otherwise, of voice prompts.' }),
    announcementLanguage: t.exposeString('announcementLanguage', {
      nullable: true,
      description: 'Of voice prompts; null: as `language`.',
    }),
    emergencyLocationIdentifier: t.exposeString('emergencyLocationIdentifier', {
      nullable: true,
      description: 'Sent along with emergency calls; null when none was given.',
    }),
  }),
});
