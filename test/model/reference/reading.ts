// How the reference model reads what people type: each value by itself. What is wrong is noted as code and path.

import type { PackageCode } from '../../../src/database/generated/enums.ts';
import type { AddressWords, LocationWords, PackageWords } from '../commands.ts';
import { countries, packageFacts } from './facts.ts';
import type { CountryFacts } from './facts.ts';

/** Code and path: 'REQUIRED users.0.email'. */
export type Note = string;

export function note(code: string, ...path: readonly (string | number)[]): Note {
  return `${code} ${path.join('.')}`.trim();
}

type Path = readonly (string | number)[];

/** Null: it is not there, or could not be read and was noted. */
export function readText(notes: Note[], path: Path, typed: string | null, longest: number): string | null {
  const text = typed?.trim() ?? '';
  if (text === '') notes.push(note('REQUIRED', ...path));
  else if (text.length > longest) notes.push(note('TOO_LONG', ...path));
  else if (/[\t\n\r]/.test(text)) notes.push(note('INVALID_FORMAT', ...path));
  else return text;
  return null;
}

export function readOptionalText(notes: Note[], path: Path, typed: string | null, longest: number): string | null {
  return (typed ?? '').trim() === '' ? null : readText(notes, path, typed, longest);
}

export function readEmail(notes: Note[], path: Path, typed: string): string | null {
  const text = readText(notes, path, typed, 254);
  if (text === null) return null;
  if (/^[a-z]+@[a-z]+\.[a-z]+$/i.test(text)) return text.toLowerCase();
  notes.push(note('INVALID_FORMAT', ...path));
  return null;
}

export function readCountry(notes: Note[], path: Path, typed: string): { code: string; facts: CountryFacts } | null {
  const code = typed.trim().toUpperCase();
  const facts = countries[code];
  if (facts && facts !== 'unsupported') return { code, facts };
  notes.push(note(facts === 'unsupported' ? 'COUNTRY_UNSUPPORTED' : 'INVALID_VALUE', ...path));
  return null;
}

export interface ReadAddress {
  readonly countryCode: string;
  readonly region: CountryFacts['region'];
  readonly state: string | null;
  readonly postalCode: string | null;
}

/** @param asksAll State and postal code whatever the country, as of every location but a headquarters with calling. */
export function readAddress(notes: Note[], path: Path, typed: AddressWords, asksAll = false): ReadAddress | null {
  const before = notes.length;
  readText(notes, [...path, 'addressLine1'], typed.addressLine1, 50);
  readText(notes, [...path, 'city'], typed.city, 100);
  const state = readOptionalText(notes, [...path, 'stateOrProvince'], typed.stateOrProvince, 100);
  const postalCode = readOptionalText(notes, [...path, 'zipOrPostalCode'], typed.zipOrPostalCode, 20);
  const country = readCountry(notes, [...path, 'countryCode'], typed.countryCode);
  if (state === null && (asksAll || country?.facts.needsState)) {
    notes.push(note('STATE_REQUIRED', ...path, 'stateOrProvince'));
  }
  if (postalCode === null && (asksAll || country?.facts.needsPostalCode)) {
    notes.push(note('POSTAL_CODE_REQUIRED', ...path, 'zipOrPostalCode'));
  }
  if (country === null || notes.length > before) return null;
  return { countryCode: country.code, region: country.facts.region, state, postalCode };
}

export interface ReadLocation {
  readonly name: string;
  readonly address: ReadAddress;
  readonly language: string;
}

export function readLocation(notes: Note[], path: Path, typed: LocationWords, asksAll = false): ReadLocation | null {
  const before = notes.length;
  const name = readText(notes, [...path, 'name'], typed.name, 100);
  const address = readAddress(notes, [...path, 'address'], typed.address, asksAll);
  if (typed.timeZone !== 'America/Chicago') notes.push(note('TIME_ZONE_UNSUPPORTED', ...path, 'timeZone'));
  const language = typed.language.toLowerCase().replace('-', '_');
  if (!['en_us', 'de_de'].includes(language)) notes.push(note('LANGUAGE_UNSUPPORTED', ...path, 'language'));
  return name === null || address === null || notes.length > before ? null : { name, address, language };
}

/** C4 */
export function readCompanyName(notes: Note[], path: Path, typed: string): string | null {
  const name = readText(notes, path, typed, 256);
  if (!name?.includes('%')) return name;
  notes.push(note('INVALID_FORMAT', ...path));
  return null;
}

/** C6, C7 and U6: what a complete list of packages must be. */
export function judgePackageList(list: readonly PackageWords[]): Note[] {
  if (list.length === 0) return [note('PACKAGE_REQUIRED', 'packages')];
  const notes: Note[] = [];
  list.forEach(({ package: code, limit }, index) => {
    const facts = packageFacts(code);
    const isRepeated = list.slice(0, index).some((earlier) => earlier.package === code);
    const isAlone = facts.beside.length > 0 && !list.some((other) => facts.beside.includes(other.package));
    if (isRepeated) notes.push(note('DUPLICATE', 'packages', index, 'package'));
    else if (isAlone) notes.push(note('PACKAGE_DEPENDENCY_UNMET', 'packages', index, 'package'));
    if (limit !== null && (!facts.takesLimit || limit < 0)) {
      notes.push(note('INVALID_VALUE', 'packages', index, 'limit'));
    }
  });
  return notes;
}

export function bringsCalling(list: readonly { readonly package: PackageWords['package'] }[]): boolean {
  return list.some(({ package: code }) => packageFacts(code).calling);
}

export interface ReadNumbers {
  readonly phoneNumber: string | null;
  readonly extension: string | null;
}

/** Left out and blank are the same. */
export function readNumbers(
  notes: Note[],
  path: Path,
  typed: { readonly phoneNumber: string | null; readonly extension: string | null },
): ReadNumbers {
  const extension = typed.extension?.trim() ?? '';
  const isExtension = /^[0-9]{2,10}$/.test(extension);
  const isReserved = ['911', '933', '611', '1911'].includes(extension);
  if (extension !== '' && !isExtension) notes.push(note('INVALID_FORMAT', ...path, 'extension'));
  if (isReserved) notes.push(note('EXTENSION_RESERVED', ...path, 'extension'));
  return {
    phoneNumber:
      (typed.phoneNumber ?? '').trim() === ''
        ? null
        : readPhoneNumber(notes, [...path, 'phoneNumber'], typed.phoneNumber ?? ''),
    extension: isExtension && !isReserved ? extension : null,
  };
}

/** E.164, however it is spaced. */
export function readPhoneNumber(notes: Note[], path: Path, typed: string): string | null {
  const number = typed.replace(/[ ()-]/g, '');
  if (/^\+1[0-9]{10}$/.test(number)) return number;
  notes.push(note('INVALID_FORMAT', ...path));
  return null;
}

/** Telephony takes short names in plain ASCII only. */
export function readPersonName(notes: Note[], path: Path, typed: string, code: PackageCode): string | null {
  const { calling } = packageFacts(code);
  const name = readText(notes, path, typed, calling ? 30 : 64);
  if (name === null || !calling || /^[a-z0-9 .'-]+$/i.test(name)) return name;
  notes.push(note('INVALID_FORMAT', ...path));
  return null;
}
