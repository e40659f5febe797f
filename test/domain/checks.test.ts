// Single values as people type them, and what they become.

import { describe, expect, it } from 'vitest';
import { countries } from '../../src/domain/catalogue/countries.ts';
import { timeZones } from '../../src/domain/catalogue/time-zones.ts';
import { checkCountry, checkEmail, checkLanguage, checkPhoneNumber, checkTimeZone } from '../../src/domain/checks.ts';
import type { Problems } from '../../src/domain/checks.ts';

type Check = (problems: Problems, path: readonly string[], value: string) => unknown;

/** What the value becomes, or the code of its refusal. */
function result(check: Check, value: string): unknown {
  const problems: Problems = [];
  const found = check(problems, ['field'], value);
  expect(problems.every(({ path, message }) => path.join() === 'field' && message.length > 20)).toBe(true);
  return problems[0]?.code ?? found;
}

describe('an e-mail address', () => {
  it.each([
    ['jane@example.com', 'jane@example.com'],
    ['  Jane.Doe@Example.COM\t', 'jane.doe@example.com'],
    ["o'hara+sales@sub.example.co.uk", "o'hara+sales@sub.example.co.uk"],
    ['', 'REQUIRED'],
    ['jane', 'INVALID_FORMAT'],
    ['jane@', 'INVALID_FORMAT'],
    ['jane@example', 'INVALID_FORMAT'],
    ['jane@exa mple.com', 'INVALID_FORMAT'],
    ['jane@example.com, joe@example.com', 'INVALID_FORMAT'],
    ['Jane <jane@example.com>', 'INVALID_FORMAT'],
    ['jane..doe@example.com', 'INVALID_FORMAT'],
    ['ja\u0000ne@example.com', 'INVALID_FORMAT'],
    [`${'x'.repeat(250)}@example.com`, 'TOO_LONG'],
  ])('%j is %s', (value, expected) => {
    expect(result(checkEmail, value)).toBe(expected);
  });
});

describe('a phone number', () => {
  it.each([
    ['+14155550100', '+14155550100'],
    [' +1 (415) 555-0100 ', '+14155550100'],
    ['+44 20 7946 0018', '+442079460018'],
    ['+49 30 901820', '+4930901820'],
    ['4155550100', 'INVALID_FORMAT'],
    ['00442079460018', 'INVALID_FORMAT'],
    ['+1415555', 'INVALID_FORMAT'],
    ['+141555501000000', 'INVALID_FORMAT'],
    ['+999123456789', 'INVALID_FORMAT'],
    ['tel:+14155550100', 'INVALID_FORMAT'],
    ['+1415555O100x', 'INVALID_FORMAT'],
  ])('%j is %s', (value, expected) => {
    expect(result(checkPhoneNumber, value)).toBe(expected);
  });
});

describe('a time zone', () => {
  it.each([
    ['America/New_York', 'America/New_York'],
    [' Europe/Berlin ', 'Europe/Berlin'],
    ['UTC', 'UTC'],
    ['Asia/Kolkata', 'Asia/Kolkata'],
    ['Europe/Kyiv', 'Europe/Kyiv'],
    ['America/Argentina/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
    ['America/Indiana/Indianapolis', 'America/Indiana/Indianapolis'],
    ['Asia/Calcutta', 'Asia/Kolkata'],
    ['Europe/Kiev', 'Europe/Kyiv'],
    ['CST', 'TIME_ZONE_UNSUPPORTED'],
    ['europe/berlin', 'TIME_ZONE_UNSUPPORTED'],
    ['Mars/Base', 'TIME_ZONE_UNSUPPORTED'],
    ['', 'TIME_ZONE_UNSUPPORTED'],
  ])('%j is %s', (value, expected) => {
    expect(result(checkTimeZone, value)).toBe(expected);
  });

  it('of the list is one, each once, under the name that IANA gives it today', () => {
    expect(timeZones.filter((name) => result(checkTimeZone, name) !== name)).toEqual([]);
    expect(new Set(timeZones).size).toBe(timeZones.length);
    expect(timeZones).toContain('Asia/Kolkata');
    expect(timeZones).not.toContain('Asia/Calcutta');
    expect(timeZones.length).toBeGreaterThan(400);
  });
});

describe('a country', () => {
  const code: Check = (problems, path, value) => checkCountry(problems, path, value)?.code ?? null;

  it.each([
    ['US', 'US'],
    [' de ', 'DE'],
    ['USA', 'INVALID_VALUE'],
    ['Germany', 'INVALID_VALUE'],
    ['ZZ', 'INVALID_VALUE'],
    ['', 'INVALID_VALUE'],
    ['AQ', 'COUNTRY_UNSUPPORTED'],
  ])('%j is %s', (value, expected) => {
    expect(result(code, value)).toBe(expected);
  });

  it('is known by its ISO 3166-1 code, all of them', () => {
    expect(countries.length).toBeGreaterThanOrEqual(249);
    expect(countries.every((country) => /^[A-Z]{2}$/.test(country.code) && country.name !== '')).toBe(true);
  });
});

it.each([
  ['en_us', 'en_us'],
  ['EN-US', 'en_us'],
  ['en', 'en_us'],
  ['de', 'de_de'],
  ['xx', 'LANGUAGE_UNSUPPORTED'],
])('the language %j is %s', (value, expected) => {
  expect(result(checkLanguage, value)).toBe(expected);
});
