// Countries: names from ISO 3166 (i18n-iso-countries), and where Webex for Wholesale is offered.
// Cisco publishes neither the list of supported countries nor where state and postal code are mandatory: the tables here
// are ours (countries where Webex Calling is sold; addresses as national posts want them) and are corrected here only.

import isoCountries from 'i18n-iso-countries';
import english from 'i18n-iso-countries/langs/en.json' with { type: 'json' };
import type { DataRegion } from '../../database/generated/client.ts';

export interface Country {
  /** ISO 3166-1 alpha-2 */
  readonly code: string;
  readonly name: string;
  /** Where the organisation's data lives; null where the service is not offered. */
  readonly dataRegion: DataRegion | null;
  readonly isSupported: boolean;
  readonly requiresState: boolean;
  readonly requiresPostalCode: boolean;
}

const countriesByRegion: Record<DataRegion, string> = {
  US: 'US MX BR AR CL CO CR DO EC GT PA PE PR UY',
  CANADA: 'CA',
  UK: 'GB IE',
  EU: 'AT BE BG CH CY CZ DE DK EE ES FI FR GR HR HU IS IT LI LT LU LV MT NL NO PL PT RO RS SE SI SK TR UA ZA IL',
  JAPAN: 'JP',
  AUSTRALIA: 'AU NZ',
  SINGAPORE: 'SG HK ID IN KR MY PH TH TW VN',
  SAUDI_ARABIA: 'SA',
  UAE: 'AE BH KW OM QA',
};
const withStates = new Set('US CA AU BR IN MX MY PR'.split(' '));
const withoutPostalCodes = new Set('AE BH HK IE OM PA QA'.split(' '));

isoCountries.registerLocale(english);

const regionByCountry = new Map<string, DataRegion>();
for (const region of Object.keys(countriesByRegion) as DataRegion[]) {
  for (const code of countriesByRegion[region].split(' ')) regionByCountry.set(code, region);
}

/** All countries of ISO 3166-1 by name. */
export const countries: readonly Country[] = Object.entries(isoCountries.getNames('en', { select: 'official' }))
  .map(([code, name]) => toCountry(code, name))
  .sort((a, b) => a.name.localeCompare(b.name, 'en'));

const byCode = new Map(countries.map((country) => [country.code, country]));

export function findCountry(code: string): Country | null {
  return byCode.get(code) ?? null;
}

/** For codes that were checked when they were stored. */
export function storedCountry(code: string): Country {
  return byCode.get(code) ?? toCountry(code, code);
}

function toCountry(code: string, name: string): Country {
  const dataRegion = regionByCountry.get(code) ?? null;
  return {
    code,
    name,
    dataRegion,
    isSupported: dataRegion !== null,
    requiresState: withStates.has(code),
    requiresPostalCode: dataRegion !== null && !withoutPostalCodes.has(code),
  };
}
