// The rules of the set-up wizard by themselves, named after the domain's rules S1 to S10.

import { describe, expect, it } from 'vitest';
import type { PackageCode } from '../../../src/database/generated/enums.ts';
import { judgeSteps } from '../../../src/domain/draft/steps.ts';
import type { Problem } from '../../../src/domain/problem.ts';
import {
  abridge,
  judgeCustomer,
  judgeLocationNames,
  judgePhoneNumbers,
  judgeUsers,
  judgeUsersNumbers,
  setupJudges,
} from '../../../src/domain/setup/rules.ts';
import { setupSteps } from '../../../src/domain/setup/values.ts';
import { downgradedFrom } from '../../../src/domain/user/package-rank.ts';
import { caller, facts, user } from './facts.ts';

const found = (problems: readonly Problem[]) => problems.map(({ code, path }) => `${code} ${path.join('.')}`);
const values = (...users: ReturnType<typeof user>[]) => ({ locations: [], users });

describe('S1: which customer may be set up', () => {
  it('is provisioned, has no operation under way, and is not the partner itself', () => {
    const fit = {
      status: 'PROVISIONED',
      isPartnerOwnOrganization: false,
      subPartner: null,
      hasOperationUnderWay: false,
    } as const;
    expect(judgeCustomer(fit, ['customerId'])).toEqual([]);
    expect(found(judgeCustomer({ ...fit, hasOperationUnderWay: true }, ['customerId']))).toEqual([
      'CUSTOMER_BUSY customerId',
    ]);
    expect(found(judgeCustomer({ ...fit, isPartnerOwnOrganization: true, status: 'ERROR' }, ['draftId']))).toEqual([
      'PARTNER_OWN_ORGANIZATION_API_ONLY draftId',
      'CUSTOMER_NOT_PROVISIONED draftId',
    ]);
  });

  it('says nothing of being busy to a customer that is still being provisioned: it is the same news', () => {
    const state = {
      status: 'PROVISIONING',
      isPartnerOwnOrganization: false,
      subPartner: null,
      hasOperationUnderWay: true,
    } as const;
    expect(found(judgeCustomer(state, ['customerId']))).toEqual(['CUSTOMER_NOT_PROVISIONED customerId']);
  });
});

describe('locations', () => {
  it('have different names, compared without case, among each other and with those the customer has', () => {
    expect(found(judgeLocationNames(['Berlin', 'HEADQUARTERS', 'Paris', ' berlin '], facts()))).toEqual([
      'DUPLICATE locations.1.name',
      'DUPLICATE locations.3.name',
    ]);
  });

  it("without a name are not each other's namesakes", () => {
    expect(judgeLocationNames(['', ' '], facts())).toEqual([]);
  });
});

describe('S2: location', () => {
  const paris = {
    name: 'Paris',
    address: {
      addressLine1: '1 rue X',
      addressLine2: null,
      city: 'Paris',
      stateOrProvince: 'IDF',
      zipOrPostalCode: '75001',
      countryCode: 'FR',
    },
    timeZone: 'Europe/Paris',
    language: 'fr_fr',
    announcementLanguage: null,
    emergencyLocationIdentifier: null,
  };

  it('is one the customer has or one the draft adds, compared without case', () => {
    const users = [user(0, { locationName: 'headQUARTERS' }), user(1, { locationName: 'paris' })];
    expect(judgeUsers({ locations: [paris], users }, facts())).toEqual([]);
    expect(found(judgeUsers({ locations: [], users }, facts()))).toEqual(['NOT_FOUND users.1.locationName']);
  });
});

describe('S3: numbers', () => {
  it('are for users with a calling package only', () => {
    const users = [user(0, { phoneNumber: '+14155550100', extension: '20' }), caller(1, { extension: '21' })];
    expect(found(judgeUsersNumbers(values(...users), facts()))).toEqual([
      'NUMBER_NOT_ALLOWED users.0.phoneNumber',
      'NUMBER_NOT_ALLOWED users.0.extension',
    ]);
  });
});

describe('S4: a user with a calling package', () => {
  it('needs a number, an extension, or both; the message names who lacks them', () => {
    const users = [
      caller(0),
      caller(1, { phoneNumber: '+14155550101' }),
      caller(2, { extension: '22' }),
      caller(3, { phoneNumber: '+14155550103', extension: '23' }),
      user(4),
    ];
    const problems = judgePhoneNumbers(values(...users), facts());
    expect(found(problems)).toEqual(['NUMBER_OR_EXTENSION_REQUIRED assignments']);
    expect(problems[0]?.message).toContain('user0@blue.example');
  });
});

describe('S5: the administrator', () => {
  const boss = (code: PackageCode) => values(user(0, { email: 'boss@blue.example', package: code }));
  const known = facts({
    packages: new Map([
      ['WEBEX_MEETINGS', null],
      ['WEBEX_CALLING_STANDARD', null],
      ['WEBEX_VOICE', null],
    ]),
  });

  it("is given the level of the organisation's packages, and the message names it", () => {
    expect(judgeUsers(boss('WEBEX_VOICE'), known)).toEqual([]);
    for (const code of ['WEBEX_CALLING_STANDARD', 'WEBEX_MEETINGS'] as const) {
      const problems = judgeUsers(boss(code), known);
      expect(found(problems)).toEqual(['ADMIN_PACKAGE_DOWNGRADE users.0.package']);
      expect(problems[0]?.message).toContain('needs the level of Voice');
    }
  });
});

describe("S6, S7: the administrator's package", () => {
  const order: readonly (readonly PackageCode[])[] = [
    ['WEBEX_SUITE'],
    ['WEBEX_CALLING', 'CX_ESSENTIALS'],
    ['WEBEX_VOICE'],
    ['WEBEX_CALLING_STANDARD'],
    ['WEBEX_MEETINGS'],
  ];

  it("is not lower in the order than the customer's highest", () => {
    const ranked = order.flat();
    for (const [level, highest] of order.entries()) {
      for (const code of order.slice(level + 1).flat()) expect(downgradedFrom([...highest, code], code)).not.toBeNull();
      for (const code of highest)
        expect(downgradedFrom(ranked.slice(ranked.indexOf(highest[0] ?? code)), code)).toBeNull();
    }
  });

  it('takes neither calling nor meetings away, whatever its place in the order', () => {
    expect(downgradedFrom(['WEBEX_MEETINGS', 'CX_STANDARD_AGENT'], 'CX_STANDARD_AGENT')).toBe('WEBEX_MEETINGS');
    expect(downgradedFrom(['CX_ESSENTIALS', 'CX_PREMIUM_AGENT'], 'CX_PREMIUM_AGENT')).toBe('CX_ESSENTIALS');
  });

  it('is not measured by packages that no user is made with', () => {
    expect(
      downgradedFrom(['COMMON_AREA_CALLING', 'CISCO_CALLING_PLAN', 'WEBEX_MEETINGS'], 'WEBEX_MEETINGS'),
    ).toBeNull();
  });

  it('binds the administrator only', () => {
    const users = [user(0, { email: 'boss@blue.example' }), user(1)];
    expect(found(judgeUsers(values(...users), facts()))).toEqual(['ADMIN_PACKAGE_DOWNGRADE users.0.package']);
  });
});

describe("S8: a user's package", () => {
  it("is one of the customer's", () => {
    expect(found(judgeUsers(values(user(0, { package: 'WEBEX_SUITE' })), facts()))).toEqual([
      'PACKAGE_NOT_IN_CUSTOMER users.0.package',
    ]);
  });

  it.each(['COMMON_AREA_CALLING', 'ATTENDANT_CONSOLE', 'CISCO_CALLING_PLAN', 'CX_VOICE_PORTS'] as const)(
    "is not %s, which is no user's base package",
    (code) => {
      const known = facts({ packages: new Map([[code, null]]) });
      expect(found(judgeUsers(values(user(0, { package: code })), known))).toEqual([
        'PACKAGE_NOT_ASSIGNABLE users.0.package',
      ]);
    },
  );

  it('stays within its limit together with the users who have it, and is told of once', () => {
    const known = facts({
      packages: new Map([['WEBEX_MEETINGS', 5]]),
      assignedUsers: new Map([['WEBEX_MEETINGS', 3]]),
    });
    expect(judgeUsers(values(user(0), user(1)), known)).toEqual([]);
    expect(found(judgeUsers(values(user(0), user(1), user(2), user(3)), known))).toEqual([
      'PACKAGE_LIMIT_EXCEEDED users',
    ]);
  });

  it('may have a limit of none', () => {
    const known = facts({ packages: new Map([['WEBEX_MEETINGS', 0]]) });
    expect(found(judgeUsers(values(user(0)), known))).toEqual(['PACKAGE_LIMIT_EXCEEDED users']);
  });
});

describe('S9: an e-mail address', () => {
  it('is used once in the draft and by no user that the customer has', () => {
    const users = [user(0), user(1, { email: 'user0@blue.example' }), user(2)];
    expect(found(judgeUsers(values(...users), facts({ takenEmails: new Set(['user2@blue.example']) })))).toEqual([
      'DUPLICATE users.1.email',
      'EMAIL_TAKEN users.2.email',
    ]);
  });
});

describe('S10: a number', () => {
  const number = '+14155550100';
  const known = (freeAt: string | null) =>
    facts({ numbers: new Map([[number, { id: 'n', freeAt, isProvisioned: true }]]) });

  it('is given once', () => {
    const users = [caller(0, { phoneNumber: number }), caller(1, { phoneNumber: number })];
    expect(found(judgeUsersNumbers(values(...users), facts()))).toEqual(['DUPLICATE users.1.phoneNumber']);
  });

  it('is free', () => {
    const users = values(caller(0, { phoneNumber: number }));
    expect(found(judgeUsersNumbers(users, known(null)))).toEqual(['NUMBER_UNAVAILABLE users.0.phoneNumber']);
  });

  it("belongs to the user's location, if to any", () => {
    const users = values(caller(0, { phoneNumber: number }));
    expect(judgeUsersNumbers(users, known('headquarters'))).toEqual([]);
    expect(found(judgeUsersNumbers(users, known('berlin')))).toEqual(['NUMBER_UNAVAILABLE users.0.phoneNumber']);
  });

  it('as an extension is used once by the customer', () => {
    const users = [caller(0, { extension: '20' }), caller(1, { extension: '20' }), caller(2, { extension: '30' })];
    expect(found(judgeUsersNumbers(values(...users), facts({ takenExtensions: new Set(['30']) })))).toEqual([
      'EXTENSION_TAKEN users.1.extension',
      'EXTENSION_TAKEN users.2.extension',
    ]);
  });
});

describe('the steps of a large draft', () => {
  it('keep a hundred issues each and say how many more there are', () => {
    const users = Array.from({ length: 20_000 }, (_, position) => caller(position, { locationName: 'Nowhere' }));
    const [, usersStep, numbersStep] = judgeSteps(setupJudges({ locations: [], users }, facts()), setupSteps);
    expect(usersStep).toMatchObject({ step: 'USERS', state: 'INVALID' });
    expect(usersStep?.issues).toHaveLength(101);
    expect(usersStep?.issues.at(-1)).toEqual({
      code: 'NOT_FOUND',
      path: ['users'],
      message: 'There are 19900 more problems; mend these first.',
    });
    expect(numbersStep?.issues).toHaveLength(101);
    expect(numbersStep?.issues.at(-1)?.path).toEqual(['assignments']);
  });

  it('are told in full as long as there are few', () => {
    const problems: Problem[] = Array.from({ length: 101 }, () => ({ code: 'REQUIRED', message: 'm', path: [] }));
    expect(abridge(problems.slice(1), [])).toHaveLength(100);
    expect(abridge(problems, []).at(-1)?.message).toMatch(/^There is 1 more problem;/);
  });
});
