// Addresses and locations as people type them, checked and normalised.

import {
  checkCountry,
  checkLanguage,
  checkOptionalText,
  checkText,
  checkTimeZone,
  excerpt,
  note,
  textLimits,
} from './checks.ts';
import type { Problems } from './checks.ts';

export interface AddressInput {
  readonly addressLine1: string;
  readonly addressLine2?: string | null | undefined;
  readonly city: string;
  readonly stateOrProvince?: string | null | undefined;
  readonly zipOrPostalCode?: string | null | undefined;
  readonly countryCode: string;
}

export interface Address {
  readonly addressLine1: string;
  readonly addressLine2: string | null;
  readonly city: string;
  readonly stateOrProvince: string | null;
  readonly zipOrPostalCode: string | null;
  readonly countryCode: string;
}

export interface LocationInput {
  readonly name: string;
  readonly address: AddressInput;
  readonly timeZone: string;
  readonly language: string;
  readonly announcementLanguage?: string | null | undefined;
  readonly emergencyLocationIdentifier?: string | null | undefined;
}

export interface LocationDetails {
  readonly name: string;
  readonly address: Address;
  readonly timeZone: string;
  readonly language: string;
  readonly announcementLanguage: string | null;
  readonly emergencyLocationIdentifier: string | null;
}

export function checkAddress(problems: Problems, path: readonly string[], input: AddressInput): Address | null {
  const before = problems.length;
  const addressLine1 = checkText(problems, [...path, 'addressLine1'], input.addressLine1, textLimits.addressLine);
  const addressLine2 = checkOptionalText(
    problems,
    [...path, 'addressLine2'],
    input.addressLine2,
    textLimits.addressLine,
  );
  const city = checkText(problems, [...path, 'city'], input.city, textLimits.city);
  const stateOrProvince = checkOptionalText(
    problems,
    [...path, 'stateOrProvince'],
    input.stateOrProvince,
    textLimits.city,
  );
  const zipOrPostalCode = checkOptionalText(problems, [...path, 'zipOrPostalCode'], input.zipOrPostalCode, 20);
  const country = checkCountry(problems, [...path, 'countryCode'], input.countryCode);
  if (country?.requiresState && !stateOrProvince) {
    note(
      problems,
      'STATE_REQUIRED',
      [...path, 'stateOrProvince'],
      `Addresses in ${country.name} need a state or province.`,
    );
  }
  if (country?.requiresPostalCode && !zipOrPostalCode) {
    note(
      problems,
      'POSTAL_CODE_REQUIRED',
      [...path, 'zipOrPostalCode'],
      `Addresses in ${country.name} need a postal code.`,
    );
  }
  if (problems.length > before || addressLine1 === null || city === null || country === null) return null;
  return { addressLine1, addressLine2, city, stateOrProvince, zipOrPostalCode, countryCode: country.code };
}

export function checkLocation(
  problems: Problems,
  path: readonly string[],
  input: LocationInput,
): LocationDetails | null {
  const name = checkText(problems, [...path, 'name'], input.name, textLimits.name);
  const address = checkAddress(problems, [...path, 'address'], input.address);
  const timeZone = checkTimeZone(problems, [...path, 'timeZone'], input.timeZone);
  const language = checkLanguage(problems, [...path, 'language'], input.language);
  const announcementLanguage = input.announcementLanguage
    ? checkLanguage(problems, [...path, 'announcementLanguage'], input.announcementLanguage)
    : null;
  const emergencyLocationIdentifier = checkOptionalText(
    problems,
    [...path, 'emergencyLocationIdentifier'],
    input.emergencyLocationIdentifier,
    textLimits.externalId,
  );
  if (name === null || address === null || timeZone === null || language === null) return null;
  return { name, address, timeZone, language, announcementLanguage, emergencyLocationIdentifier };
}

/** Location names are compared without case: people who type "berlin" mean "Berlin". */
export function locationKey(name: string): string {
  return name.trim().toLocaleLowerCase('en');
}

export function duplicateLocationMessage(name: string): string {
  return `A customer's locations need different names; "${excerpt(name)}" is there already.`;
}
