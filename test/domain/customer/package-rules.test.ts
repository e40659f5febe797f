// Which packages go together (C6), their limits (C7), and what follows from them for the headquarters and the plan.

import { describe, expect, it } from 'vitest';
import type { PackageCode } from '../../../src/database/generated/enums.ts';
import { packageOfferings } from '../../../src/domain/catalogue/packages.ts';
import { creationPlan } from '../../../src/domain/customer/creation-plan.ts';
import { checkCompanyName, checkCustomerLanguage } from '../../../src/domain/customer/customer-checks.ts';
import { judgeHeadquartersAddress, judgePackages, readPackages } from '../../../src/domain/customer/package-rules.ts';
import type { Problem } from '../../../src/domain/problem.ts';

const select = (...codes: PackageCode[]) => readPackages(codes.map((code) => ({ package: code })));
const told = (problems: readonly Problem[]) => problems.map(({ code, path }) => `${code} ${path.join('.')}`);

describe('packages', () => {
  it('C1: at least one is needed', () => {
    expect(told(judgePackages([]))).toEqual(['PACKAGE_REQUIRED packages']);
  });

  it('are listed once each', () => {
    expect(told(judgePackages(select('WEBEX_SUITE', 'WEBEX_MEETINGS', 'WEBEX_SUITE')))).toEqual([
      'DUPLICATE packages.2.package',
    ]);
  });

  it.each(Object.values(packageOfferings).filter(({ requiresOneOf }) => requiresOneOf.length > 0))(
    'C6: $name needs one of its companions',
    ({ code, requiresOneOf }) => {
      expect(told(judgePackages(select(code)))).toEqual(['PACKAGE_DEPENDENCY_UNMET packages.0.package']);
      expect(told(judgePackages(select(code, 'WEBEX_MEETINGS')))).toEqual([
        'PACKAGE_DEPENDENCY_UNMET packages.0.package',
      ]);
      for (const companion of requiresOneOf) expect(judgePackages(select(code, companion))).toEqual([]);
    },
  );

  it('C7: limits are whole numbers from 0, for packages that take one', () => {
    const limited = (code: PackageCode, limit: number) => told(judgePackages([{ package: code, limit }]));
    expect(limited('WEBEX_SUITE', 0)).toEqual([]);
    expect(limited('WEBEX_SUITE', 250)).toEqual([]);
    expect(limited('WEBEX_SUITE', -1)).toEqual(['INVALID_VALUE packages.0.limit']);
    expect(limited('WEBEX_SUITE', 2.5)).toEqual(['INVALID_VALUE packages.0.limit']);
    expect(limited('WEBEX_SUITE', 2_147_483_648)).toEqual(['INVALID_VALUE packages.0.limit']);
    expect(limited('CX_PREMIUM_AGENT', 5)).toEqual(['INVALID_VALUE packages.0.limit']);
  });

  it('are all judged at once', () => {
    const selections = [...select('WEBEX_MEETINGS', 'WEBEX_MEETINGS', 'ATTENDANT_CONSOLE')];
    expect(told(judgePackages([...selections, { package: 'WEBEX_VOICE', limit: -3 }]))).toEqual([
      'DUPLICATE packages.1.package',
      'PACKAGE_DEPENDENCY_UNMET packages.2.package',
      'INVALID_VALUE packages.3.limit',
    ]);
  });
});

describe('the headquarters address', () => {
  const location = {
    name: 'Dublin',
    timeZone: 'Europe/Dublin',
    language: 'en_gb',
    announcementLanguage: null,
    emergencyLocationIdentifier: null,
    address: {
      addressLine1: '1 Quay',
      addressLine2: null,
      city: 'Dublin',
      stateOrProvince: null,
      zipOrPostalCode: null,
      countryCode: 'IE',
    },
  };

  it("is the country's business with a calling package", () => {
    expect(judgeHeadquartersAddress(select('WEBEX_MEETINGS', 'WEBEX_CALLING'), location, ['address'])).toEqual([]);
  });

  it('is the address of a location without one', () => {
    expect(told(judgeHeadquartersAddress(select('WEBEX_MEETINGS'), location, ['address']))).toEqual([
      'STATE_REQUIRED address.stateOrProvince',
      'POSTAL_CODE_REQUIRED address.zipOrPostalCode',
    ]);
  });
});

describe('the plan', () => {
  const creation = { customerId: 'customer', consentId: null, headquartersId: 'hq', isAttach: false };

  it('makes a new organisation; a calling package brings its headquarters along', () => {
    expect(creationPlan({ ...creation, packages: select('WEBEX_CALLING', 'WEBEX_MEETINGS') })).toEqual([
      { kind: 'CREATE_ORGANIZATION', items: ['customer'] },
      { kind: 'PROVISION_PACKAGES', items: ['WEBEX_CALLING', 'WEBEX_MEETINGS'] },
    ]);
  });

  it('adds the headquarters as a location without a calling package', () => {
    expect(creationPlan({ ...creation, packages: select('WEBEX_MEETINGS') }).at(-1)).toEqual({
      kind: 'CREATE_LOCATIONS',
      items: ['hq'],
    });
  });

  it('has no location to make where none was given', () => {
    const plan = creationPlan({ ...creation, headquartersId: null, packages: select('WEBEX_MEETINGS') });
    expect(plan.map(({ kind }) => kind)).toEqual(['CREATE_ORGANIZATION', 'PROVISION_PACKAGES']);
  });

  it('A1: asks first, then attaches', () => {
    const plan = creationPlan({ ...creation, isAttach: true, consentId: 'consent', packages: select('WEBEX_VOICE') });
    expect(plan).toEqual([
      { kind: 'OBTAIN_CONSENT', items: ['consent'] },
      { kind: 'ATTACH_SUBSCRIPTION', items: ['customer'] },
      { kind: 'PROVISION_PACKAGES', items: ['WEBEX_VOICE'] },
    ]);
  });

  it('A2: attaches without asking', () => {
    const plan = creationPlan({ ...creation, isAttach: true, packages: select('WEBEX_VOICE') });
    expect(plan.map(({ kind }) => kind)).toEqual(['ATTACH_SUBSCRIPTION', 'PROVISION_PACKAGES']);
  });
});

describe('single values', () => {
  it.each([
    ['en', 'en'],
    ['fr', 'fr'],
    ['en_us', 'en_US'],
    ['en-GB', 'en_GB'],
    ['PT_br', 'pt_BR'],
    ['', null],
    [undefined, null],
  ])("the customer's language %s becomes %s", (typed, expected) => {
    const problems: Problem[] = [];
    expect(checkCustomerLanguage(problems, ['language'], typed)).toBe(expected);
    expect(problems).toEqual([]);
  });

  it('a language that is not offered is refused', () => {
    const problems: Problem[] = [];
    expect(checkCustomerLanguage(problems, ['language'], 'tlh')).toBeNull();
    expect(told(problems)).toEqual(['LANGUAGE_UNSUPPORTED language']);
  });

  it('C4: a company name has at most 256 characters and no percent sign', () => {
    const problems: Problem[] = [];
    expect(checkCompanyName(problems, ['companyName'], ' Smallco ')).toBe('Smallco');
    expect(checkCompanyName(problems, ['companyName'], 'x'.repeat(256))).toHaveLength(256);
    expect(problems).toEqual([]);
    checkCompanyName(problems, ['companyName'], '100% Ltd');
    checkCompanyName(problems, ['companyName'], 'x'.repeat(257));
    checkCompanyName(problems, ['companyName'], '  ');
    expect(told(problems)).toEqual(['INVALID_FORMAT companyName', 'TOO_LONG companyName', 'REQUIRED companyName']);
  });
});
