// Countries, data regions, time zones and languages: what the drop-downs of the wizards offer.

import { countries } from '../../src/domain/catalogue/countries.ts';
import type { Country as DomainCountry } from '../../src/domain/catalogue/countries.ts';
import { languages } from '../../src/domain/catalogue/languages.ts';
import { timeZones } from '../../src/domain/catalogue/time-zones.ts';
import { builder } from '../builder.ts';
import { openEnum } from '../shared/open-enum.ts';

export const DataRegion = builder.enumType('DataRegion', {
  description: openEnum(
    "Where an organisation's data is kept. It follows from the country chosen when the organisation is created and does not change afterwards; a partner may create customers in any of them.",
  ),
  values: {
    US: { description: 'United States and most of Latin America.' },
    EU: { description: 'European Union and neighbours, including Israel and South Africa.' },
    CANADA: { description: 'Canada only.' },
    UK: { description: 'United Kingdom and Ireland.' },
    JAPAN: { description: 'Japan only.' },
    AUSTRALIA: { description: 'Australia and New Zealand.' },
    SINGAPORE: { description: 'South, East and Southeast Asia without Japan.' },
    SAUDI_ARABIA: { description: 'Saudi Arabia only.' },
    UAE: { description: 'United Arab Emirates and other Gulf states.' },
  },
});

export const Country = builder.objectRef<DomainCountry>('Country').implement({
  description: 'A country of ISO 3166-1 and what Webex for Wholesale asks of addresses there.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'ISO 3166-1 alpha-2, such as US.' }),
    name: t.exposeString('name', { description: 'Short name in English.' }),
    dataRegion: t.field({
      type: DataRegion,
      nullable: true,
      description:
        'Where the data of organisations created for this country is kept; null where the service is not offered.',
      resolve: ({ dataRegion }) => dataRegion,
    }),
    isSupported: t.exposeBoolean('isSupported', { description: 'Whether Webex for Wholesale is offered there.' }),
    requiresState: t.exposeBoolean('requiresState', { description: 'Whether addresses need a state or province.' }),
    requiresPostalCode: t.exposeBoolean('requiresPostalCode', { description: 'Whether addresses need a postal code.' }),
  }),
});

builder.queryFields((t) => ({
  countries: t.field({
    type: [Country],
    description: 'All countries by English name, supported or not: `isSupported` tells which may be chosen.',
    resolve: () => countries,
  }),
  timeZones: t.stringList({
    description: 'The IANA time zones that a location may have, in alphabetical order.',
    resolve: () => timeZones,
  }),
  languages: t.stringList({
    description: 'The languages of mails and voice prompts, such as en_us, in alphabetical order.',
    resolve: () => languages,
  }),
}));
