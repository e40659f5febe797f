// Checks of single values that only a customer has.

import { checkLanguage, checkText, note, textLimits } from '../checks.ts';
import type { Problems } from '../checks.ts';

/** C4: the platform takes no percent sign in a name. */
export function checkCompanyName(problems: Problems, path: readonly string[], value: string): string | null {
  const name = checkText(problems, path, value, textLimits.companyName);
  if (!name?.includes('%')) return name;
  return note(problems, 'INVALID_FORMAT', path, 'A company name must not contain a percent sign.');
}

/** Answers en or en_US: in customer information the platform wants this form, everywhere else en_us. */
export function checkCustomerLanguage(
  problems: Problems,
  path: readonly string[],
  value: string | null | undefined,
): string | null {
  const typed = value?.trim() ?? '';
  if (typed === '') return null;
  const known = checkLanguage(problems, path, typed);
  if (known === null) return null;
  const [language = known, country] = known.split('_');
  return country === undefined || !/[-_]/.test(typed) ? language : `${language}_${country.toUpperCase()}`;
}
