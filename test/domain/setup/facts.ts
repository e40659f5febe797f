// Facts and users for the rules' tests, which need no database.

import type { SetupUser } from '../../../src/domain/setup/setup-user.ts';
import type { UserFacts } from '../../../src/domain/user/values.ts';

export function facts(overrides: Partial<UserFacts> = {}): UserFacts {
  return {
    adminEmail: 'boss@blue.example',
    packages: new Map([
      ['WEBEX_CALLING', null],
      ['WEBEX_MEETINGS', null],
    ]),
    assignedUsers: new Map(),
    locationIds: new Map([['headquarters', 'headquarters-id']]),
    takenEmails: new Set(),
    takenExtensions: new Set(),
    numbers: new Map(),
    ...overrides,
  };
}

/** A Meetings user at the headquarters unless told otherwise. */
export function user(position: number, overrides: Partial<SetupUser> = {}): SetupUser {
  return {
    position,
    firstName: 'User',
    lastName: 'Winter',
    email: `user${position}@blue.example`,
    package: 'WEBEX_MEETINGS',
    locationName: 'Headquarters',
    phoneNumber: null,
    extension: null,
    ...overrides,
  };
}

export function caller(position: number, overrides: Partial<SetupUser> = {}): SetupUser {
  return user(position, { package: 'WEBEX_CALLING', ...overrides });
}
