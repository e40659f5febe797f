// Command of the operator: registers a partner, where nothing seeds one, with what its templates choose from.

import type { Database } from '../../database/client.ts';
import { DataRegion } from '../../database/generated/enums.ts';
import { isUniqueViolation } from '../../database/unique-violation.ts';
import { checkEmail, checkText, textLimits } from '../checks.ts';
import { done, refused } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { problem } from '../problem.ts';
import type { Problem } from '../problem.ts';

export interface PartnerRegistration {
  readonly slug: string;
  readonly name: string;
  readonly region: string;
  readonly admins: readonly { readonly name: string; readonly email: string }[];
  readonly subscriptions: readonly { readonly number: string; readonly name: string }[];
}

const slugShape = /^[a-z][a-z0-9-]{0,62}$/;

/** Paths name the fields of the registration. */
export async function registerPartner(
  database: Database,
  registration: PartnerRegistration,
): Promise<Outcome<{ readonly partnerId: string }>> {
  const problems: Problem[] = [];
  const { slug } = registration;
  if (!slugShape.test(slug)) {
    const message = `1 to 63 small letters, digits and hyphens are expected, a letter first; found "${slug}". Tokens name the partner by it.`;
    problems.push(problem('INVALID_FORMAT', ['slug'], message));
  }
  const name = checkText(problems, ['name'], registration.name, textLimits.name);
  const dataRegion = Object.values(DataRegion).find((region) => region === registration.region);
  if (dataRegion === undefined) {
    const message = `One of ${Object.values(DataRegion).join(', ')} is expected; found "${registration.region}".`;
    problems.push(problem('INVALID_VALUE', ['region'], message));
  }
  const admins = registration.admins.map((admin) => ({
    name: checkText(problems, ['admin-name'], admin.name, textLimits.name) ?? '',
    email: checkEmail(problems, ['admin-email'], admin.email) ?? '',
  }));
  if (admins.length === 0) problems.push(problem('REQUIRED', ['admin-name'], 'At least one administrator is needed.'));
  const subscriptions = registration.subscriptions.map((subscription) => ({
    number: checkText(problems, ['subscription'], subscription.number, textLimits.name) ?? '',
    name: checkText(problems, ['subscription'], subscription.name, textLimits.name) ?? '',
  }));
  if (subscriptions.length === 0) {
    problems.push(problem('REQUIRED', ['subscription'], 'At least one wholesale subscription is needed.'));
  }
  noteRepeated(
    problems,
    ['admin-email'],
    admins.map(({ email }) => email),
  );
  noteRepeated(
    problems,
    ['subscription'],
    subscriptions.map(({ number }) => number),
  );
  if ((await database.partner.count({ where: { slug } })) > 0) problems.push(slugTaken(slug));
  if (problems.length > 0 || name === null || dataRegion === undefined) return refused(problems);

  try {
    const { id } = await database.partner.create({
      data: {
        slug,
        name,
        dataRegion,
        serviceProviderAdmins: { create: admins },
        wholesaleSubscriptions: { create: subscriptions },
      },
    });
    return done({ partnerId: id });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return refused(slugTaken(slug));
  }
}

function slugTaken(slug: string): Problem {
  return problem('NAME_TAKEN', ['slug'], `There is a partner "${slug}" already.`);
}

function noteRepeated(problems: Problem[], path: readonly string[], values: readonly string[]): void {
  const repeated = new Set(values.filter((value, index) => value !== '' && values.indexOf(value) !== index));
  for (const value of repeated) problems.push(problem('DUPLICATE', path, `"${value}" is given more than once.`));
}
