// What makes a set-up right, step by step (domain rules S1 to S10). Pure: facts are arguments. Every judge is linear in
// the draft's users.

import type { CustomerStatus } from '../../database/generated/enums.ts';
import { duplicateLocationMessage, locationKey } from '../address.ts';
import { packageOfferings } from '../catalogue/packages.ts';
import { isProvisioned } from '../customer/status.ts';
import type { StepJudges } from '../draft/steps.ts';
import { problem } from '../problem.ts';
import type { Problem } from '../problem.ts';
import { judgeStanding } from '../sub-partner/rules.ts';
import type { SubPartnerStanding } from '../sub-partner/rules.ts';
import { claim, claimsOf } from '../user/claims.ts';
import { judgeNumbers, lacksNumber } from '../user/number-rules.ts';
import { judgeSeats } from '../user/user-rules.ts';
import type { UserFacts } from '../user/values.ts';
import type { SetupUser } from './setup-user.ts';
import { judgeUnreadableUser, judgeUser, locationKeys } from './user-rules.ts';
import type { UnreadableUser } from './user-rules.ts';
import type { SetupValues } from './values.ts';

export function setupJudges(values: SetupValues, facts: UserFacts): StepJudges {
  return [
    ['LOCATIONS', () => abridge(judgeLocationNames(namesOf(values.locations), facts), ['locations'])],
    ['USERS', () => abridge(judgeUsers(values, facts), ['users'])],
    ['PHONE_NUMBERS', () => abridge(judgePhoneNumbers(values, facts), ['assignments'])],
  ];
}

export interface CustomerState {
  readonly status: CustomerStatus;
  readonly isPartnerOwnOrganization: boolean;
  /** Null: the partner itself sells to it. */
  readonly subPartner: SubPartnerStanding | null;
  readonly hasOperationUnderWay: boolean;
}

/** S1 and A12: whether this customer may be set up by the wizard now. */
export function judgeCustomer(customer: CustomerState, path: readonly string[]): Problem[] {
  const problems: Problem[] = [];
  if (customer.isPartnerOwnOrganization) {
    problems.push(
      problem(
        'PARTNER_OWN_ORGANIZATION_API_ONLY',
        path,
        "This customer is the partner's own organisation, which is provisioned without wizards: use provisionUser and addLocation.",
      ),
    );
  }
  if (!isProvisioned(customer.status)) {
    problems.push(
      problem(
        'CUSTOMER_NOT_PROVISIONED',
        path,
        `Only a customer that is PROVISIONED or PROVISIONED_WITH_ERRORS can be set up; this one is ${customer.status}.`,
      ),
    );
  } else if (customer.hasOperationUnderWay) {
    problems.push(
      problem('CUSTOMER_BUSY', path, 'Another operation of this customer has not ended; wait for it or cancel it.'),
    );
  }
  problems.push(...judgeStanding(customer.subPartner, path));
  return problems;
}

/** @param names In the order of the form; empty ones are passed over. */
export function judgeLocationNames(names: readonly string[], facts: UserFacts): Problem[] {
  const taken = new Set(facts.locationIds.keys());
  return names.flatMap((name, index) => {
    const key = locationKey(name);
    if (taken.has(key))
      return [problem('DUPLICATE', ['locations', `${index}`, 'name'], duplicateLocationMessage(name))];
    if (key !== '') taken.add(key);
    return [];
  });
}

/** @param unreadable Users of the form that values.users lacks. */
export function judgeUsers(
  values: SetupValues,
  facts: UserFacts,
  unreadable: readonly UnreadableUser[] = [],
): Problem[] {
  const problems: Problem[] = [];
  const claims = claimsOf();
  const locations = locationKeys(values, facts);
  const note = (position: number, found: readonly Problem[]) =>
    problems.push(...below(['users', `${position}`], found));
  const rest = [...unreadable];
  const judgeUnreadableBefore = (position: number): void => {
    for (let row = rest[0]; row && row.position < position; row = rest[0]) {
      note(row.position, judgeUnreadableUser(row, facts, locations, claims));
      if (row.email !== null) claims.emails.add(row.email);
      rest.shift();
    }
  };
  for (const user of values.users) {
    judgeUnreadableBefore(user.position);
    note(user.position, judgeUser(user, facts, locations, claims));
    claim(claims, user);
  }
  judgeUnreadableBefore(Infinity);
  for (const [code, users] of claims.seats) {
    const exceeded = judgeSeats(code, users, ['users'], facts);
    if (exceeded) problems.push(exceeded);
  }
  return problems;
}

/** The numbers that users were given along with everything else about them. */
export function judgeUsersNumbers({ users }: SetupValues, facts: UserFacts): Problem[] {
  const claims = claimsOf();
  return users.flatMap((user) => {
    const problems = below(['users', `${user.position}`], judgeNumbers(user, facts, claims));
    claim(claims, user);
    return problems;
  });
}

/** @param placeOf Where in the form the user is; null: the form does not name this user. */
export function judgePhoneNumbers(
  { users }: Pick<SetupValues, 'users'>,
  facts: UserFacts,
  placeOf: (user: SetupUser) => readonly string[] | null = () => null,
): Problem[] {
  const problems: Problem[] = [];
  const claims = claimsOf();
  for (const user of users) {
    const place = placeOf(user);
    for (const found of judgeNumbers(user, facts, claims)) {
      problems.push({ ...found, path: place ? [...place, ...found.path] : ['assignments'] });
    }
    if (lacksNumber(user)) {
      const message = `${user.email} has ${packageOfferings[user.package].name} and needs a phone number, an extension, or both.`;
      problems.push(problem('NUMBER_OR_EXTENSION_REQUIRED', ['assignments'], message));
    }
    claim(claims, user);
  }
  return problems;
}

/** Problems kept or told at once about one step. */
const maxIssues = 100;

/** Nobody reads thousands of issues; the last one says how many more there are. */
export function abridge(problems: readonly Problem[], path: readonly string[]): Problem[] {
  const [next, ...others] = problems.slice(maxIssues);
  if (!next) return [...problems];
  const count = others.length + 1;
  return [
    ...problems.slice(0, maxIssues),
    problem(
      next.code,
      path,
      `There ${count === 1 ? 'is 1 more problem' : `are ${count} more problems`}; mend these first.`,
    ),
  ];
}

function namesOf(locations: SetupValues['locations']): string[] {
  return locations.map(({ name }) => name);
}

function below(path: readonly string[], problems: readonly Problem[]): Problem[] {
  return problems.map((found) => ({ ...found, path: [...path, ...found.path] }));
}
