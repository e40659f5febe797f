// Checks of single values as people type them. Each notes what is wrong and answers the normalised value, or null.

import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { z } from 'zod';
import { findCountry } from './catalogue/countries.ts';
import type { Country } from './catalogue/countries.ts';
import { normalizeLanguage } from './catalogue/languages.ts';
import { findTimeZone } from './catalogue/time-zones.ts';
import { problem } from './problem.ts';
import type { Problem } from './problem.ts';

/** The problems of one form, collected while it is read. */
export type Problems = Problem[];
type Path = readonly string[];

export const textLimits = {
  name: 100,
  companyName: 256,
  externalId: 255,
  email: 254,
  identifier: 1024,
  addressLine: 50,
  city: 100,
};

export function checkText(problems: Problems, path: Path, value: string, maxLength: number): string | null {
  const text = value.trim();
  if (text === '') return note(problems, 'REQUIRED', path, 'A value is required; this one is empty.');
  return withinBounds(problems, path, text, maxLength);
}

/** Empty and missing are the same: null. */
export function checkOptionalText(
  problems: Problems,
  path: Path,
  value: string | null | undefined,
  maxLength: number,
): string | null {
  const text = value?.trim() ?? '';
  return text === '' ? null : withinBounds(problems, path, text, maxLength);
}

function withinBounds(problems: Problems, path: Path, text: string, maxLength: number): string | null {
  if (text.length > maxLength) {
    return note(problems, 'TOO_LONG', path, `At most ${maxLength} characters are allowed; these are ${text.length}.`);
  }
  if (/\p{Cc}/u.test(text)) {
    return note(problems, 'INVALID_FORMAT', path, 'Control characters such as tabs and line breaks are not allowed.');
  }
  return text;
}

const emailShape = z.email();

/** Answers it in lower case: the platform compares e-mail addresses without case. */
export function checkEmail(problems: Problems, path: Path, value: string): string | null {
  const email = checkText(problems, path, value, textLimits.email)?.toLowerCase() ?? null;
  if (email === null || emailShape.safeParse(email).success) return email;
  return note(problems, 'INVALID_FORMAT', path, 'An e-mail address such as jane.doe@example.com is expected.');
}

export function checkCountry(problems: Problems, path: Path, code: string): Country | null {
  const country = findCountry(code.trim().toUpperCase());
  if (!country) {
    return note(
      problems,
      'INVALID_VALUE',
      path,
      `A two-letter ISO 3166-1 country code such as US is expected; "${excerpt(code)}" is none.`,
    );
  }
  if (!country.isSupported) {
    return note(
      problems,
      'COUNTRY_UNSUPPORTED',
      path,
      `Webex for Wholesale is not offered in ${country.name}; see Query.countries.`,
    );
  }
  return country;
}

export function checkTimeZone(problems: Problems, path: Path, value: string): string | null {
  const name = value.trim();
  const timeZone = findTimeZone(name);
  if (timeZone !== null) return timeZone;
  return note(
    problems,
    'TIME_ZONE_UNSUPPORTED',
    path,
    `An IANA time zone such as America/New_York is expected; "${excerpt(name)}" is none of Query.timeZones.`,
  );
}

export function checkLanguage(problems: Problems, path: Path, value: string): string | null {
  const language = normalizeLanguage(value);
  if (language !== null) return language;
  return note(
    problems,
    'LANGUAGE_UNSUPPORTED',
    path,
    `A language such as en_us is expected; "${excerpt(value)}" is none of Query.languages.`,
  );
}

/** Answers E.164. */
export function checkPhoneNumber(problems: Problems, path: Path, value: string): string | null {
  const number = parsePhoneNumberFromString(value.trim());
  if (number?.isPossible() && value.trim().startsWith('+')) return number.number;
  return note(
    problems,
    'INVALID_FORMAT',
    path,
    `A phone number in E.164 form such as +14155550100 is expected; "${excerpt(value)}" is none.`,
  );
}

/** Emergency and service codes that an extension must not shadow. */
const reservedExtensions = new Set(['911', '933', '611', '1911']);

export function checkExtension(problems: Problems, path: Path, value: string): string | null {
  const extension = value.trim();
  if (!/^\d{2,10}$/.test(extension)) {
    return note(
      problems,
      'INVALID_FORMAT',
      path,
      `An extension of 2 to 10 digits is expected; "${excerpt(extension)}" is none.`,
    );
  }
  if (reservedExtensions.has(extension)) {
    return note(
      problems,
      'EXTENSION_RESERVED',
      path,
      `${extension} is reserved for emergency and service calls; choose another extension.`,
    );
  }
  return extension;
}

export function note(problems: Problems, code: Problem['code'], path: Path, message: string): null {
  problems.push(problem(code, path, message));
  return null;
}

/** As much of what was typed as a message should repeat. */
export function excerpt(value: string): string {
  const text = value.replace(/\p{Cc}/gu, ' ');
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
