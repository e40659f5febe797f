// The rules of attaching, each under its number in the rules catalogue.

import { describe, expect, it } from 'vitest';
import { assessAttach } from '../../../src/domain/customer/assess-attach.ts';
import { attachWarnings } from '../../../src/domain/customer/attach-notes.ts';
import { organization } from './support/organizations.ts';

const permissive = { restrictAdminInviteEmails: false };
const restrictive = { restrictAdminInviteEmails: true };

describe('whether the administrator has to agree', () => {
  it.each([
    ['100 users', { userCount: 100 }, ['HUNDRED_OR_MORE_USERS']],
    ['a verified domain', { hasVerifiedDomain: true }, ['VERIFIED_DOMAIN']],
    ['a claimed domain', { hasClaimedDomain: true }, ['CLAIMED_DOMAIN']],
    [
      'everything at once',
      { userCount: 5000, hasVerifiedDomain: true, hasClaimedDomain: true },
      ['HUNDRED_OR_MORE_USERS', 'VERIFIED_DOMAIN', 'CLAIMED_DOMAIN'],
    ],
  ])('A1: %s, managed by nobody: consent', (_, facts, consentReasons) => {
    expect(assessAttach(organization(facts), permissive)).toMatchObject({
      outcome: 'CONSENT_REQUIRED',
      consentReasons,
    });
  });

  it('A1: an organisation that a wholesale partner manages is not asked, however large', () => {
    const managed = organization({
      userCount: 500,
      hasVerifiedDomain: true,
      hasClaimedDomain: true,
      isManagedByWholesalePartner: true,
    });
    expect(assessAttach(managed, permissive)).toMatchObject({ outcome: 'AUTO_ATTACH', consentReasons: [] });
  });

  it('A6: full rights given beforehand are no condition; without them a large organisation is asked instead', () => {
    const large = { userCount: 500, hasClaimedDomain: true };
    expect(assessAttach(organization({ ...large, isManagedByWholesalePartner: true }), permissive).outcome).toBe(
      'AUTO_ATTACH',
    );
    expect(assessAttach(organization(large), permissive)).toMatchObject({
      outcome: 'CONSENT_REQUIRED',
      resultingAccess: 'FULL_ADMIN',
    });
  });

  it('A2: where nothing holds it is attached without notice', () => {
    const { outcome, effects } = assessAttach(organization(), permissive);
    expect(outcome).toBe('AUTO_ATTACH');
    expect(effects).toContain('NO_NOTICE_TO_ADMIN_OR_USERS');
  });

  it('A2: one that is asked gets notice', () => {
    expect(assessAttach(organization({ userCount: 100 }), permissive).effects).not.toContain(
      'NO_NOTICE_TO_ADMIN_OR_USERS',
    );
  });

  it('A4: 99 users are not 100', () => {
    expect(assessAttach(organization({ userCount: 99 }), permissive).outcome).toBe('AUTO_ATTACH');
  });

  it('A5: a template that restricts invite e-mails cannot ask, and says why it would have to', () => {
    expect(assessAttach(organization({ userCount: 100 }), restrictive)).toMatchObject({
      outcome: 'REFUSED',
      refusalCode: 'INVITE_EMAILS_RESTRICTED',
      consentReasons: ['HUNDRED_OR_MORE_USERS'],
      resultingAccess: null,
      effects: [],
    });
  });

  it('A5: where nobody has to be asked the restriction does not matter', () => {
    expect(assessAttach(organization(), restrictive).outcome).toBe('AUTO_ATTACH');
  });

  it('A5: before a template is chosen nothing is restricted', () => {
    expect(assessAttach(organization({ userCount: 100 }), null).outcome).toBe('CONSENT_REQUIRED');
  });
});

describe('what cannot be attached', () => {
  it('A13: a trial organisation', () => {
    expect(assessAttach(organization({ isTrial: true, userCount: 100 }), permissive)).toMatchObject({
      outcome: 'REFUSED',
      refusalCode: 'TRIAL_ORGANIZATION',
      consentReasons: [],
      effects: [],
    });
  });

  it('a wholesale customer', () => {
    expect(assessAttach(organization({ isWholesaleCustomer: true }), permissive)).toMatchObject({
      outcome: 'REFUSED',
      refusalCode: 'ORGANIZATION_ALREADY_WHOLESALE',
    });
  });
});

describe('what the platform does not tell', () => {
  it.each(['isTrial', 'isWholesaleCustomer', 'userCount', 'hasVerifiedDomain', 'hasClaimedDomain'] as const)(
    'leaves the outcome open: %s',
    (fact) => {
      const assessment = assessAttach(organization({ [fact]: null }), permissive);
      expect(assessment).toMatchObject({ outcome: 'UNKNOWN', refusalCode: null, resultingAccess: null });
    },
  );

  it('leaves the outcome open where it is not known who manages a large organisation', () => {
    const assessment = assessAttach(organization({ isManagedByWholesalePartner: null, userCount: 100 }), permissive);
    expect(assessment).toMatchObject({ outcome: 'UNKNOWN', consentReasons: [] });
  });

  it('does not matter where it could not change the outcome', () => {
    const small = organization({ isManagedByWholesalePartner: null });
    expect(assessAttach(small, permissive).outcome).toBe('AUTO_ATTACH');
    const managed = organization({ isManagedByWholesalePartner: true, userCount: null, hasClaimedDomain: null });
    expect(assessAttach(managed, permissive).outcome).toBe('AUTO_ATTACH');
    const large = organization({ userCount: 100, hasVerifiedDomain: null });
    expect(assessAttach(large, permissive)).toMatchObject({
      outcome: 'CONSENT_REQUIRED',
      consentReasons: ['HUNDRED_OR_MORE_USERS'],
    });
    const trial = organization({ isTrial: true, userCount: null });
    expect(assessAttach(trial, permissive).outcome).toBe('REFUSED');
  });

  it('is no reason to refuse what a template might restrict', () => {
    expect(assessAttach(organization({ userCount: null }), restrictive).outcome).toBe('UNKNOWN');
  });
});

describe('the right that the partner gets', () => {
  it.each([
    ['ACTIVE', 'PROVISIONING_ADMIN'],
    ['NONE', 'FULL_ADMIN'],
    ['ONLY_SUSPENDED_OR_CANCELLED', 'FULL_ADMIN'],
    [null, null],
  ] as const)('A3: attached without asking, licences %s: %s', (licenseState, resultingAccess) => {
    expect(assessAttach(organization({ licenseState }), permissive).resultingAccess).toBe(resultingAccess);
  });

  it('A3: full access once the administrator agreed, whatever the licences', () => {
    expect(assessAttach(organization({ userCount: 100 }), permissive).resultingAccess).toBe('FULL_ADMIN');
  });
});

describe('the effects', () => {
  it('A7, A8, A10, A11: settings, sign-in and name stay, nobody is made admin, restricted mode is off', () => {
    expect(assessAttach(organization({ userCount: 100 }), permissive).effects).toEqual([
      'ORGANIZATION_NAME_KEPT',
      'AUTHENTICATION_KEPT',
      'SETTINGS_AND_ENTITLEMENTS_KEPT',
      'FIRST_USER_NOT_ADMIN',
      'RESTRICTED_MODE_OFF',
    ]);
  });

  it('A9: with basic branding the partner prevails', () => {
    expect(assessAttach(organization({ hasBasicBranding: true }), permissive).effects).toContain(
      'PARTNER_BRANDING_PREVAILS',
    );
  });

  it("A12: the partner's own organisation is provisioned by API only afterwards", () => {
    expect(assessAttach(organization({ isPartnerOwnOrganization: true }), permissive).effects).toContain(
      'FURTHER_PROVISIONING_BY_API_ONLY',
    );
  });
});

describe('the warnings', () => {
  const paths = { organization: ['organizationId'], companyName: ['companyName'] };
  const codesOf = (facts: Parameters<typeof organization>[0], companyName: string | null): string[] =>
    attachWarnings(assessAttach(organization(facts), permissive), companyName, paths).map(({ code }) => code);

  it('are none for an organisation that is attached as it is', () => {
    expect(codesOf({}, null)).toEqual([]);
    expect(codesOf({}, 'Smallco')).toEqual([]);
  });

  it('A1: tell that consent will be required', () => {
    expect(codesOf({ userCount: 100 }, null)).toEqual(['CONSENT_WILL_BE_REQUIRED']);
  });

  it('A10: tell that another name is not applied', () => {
    expect(codesOf({}, 'Small Company')).toEqual(['COMPANY_NAME_NOT_APPLIED']);
    expect(codesOf({ name: '' }, 'Small Company')).toEqual(['COMPANY_NAME_NOT_APPLIED']);
  });

  it("A12: tell of the partner's own organisation", () => {
    expect(codesOf({ isPartnerOwnOrganization: true }, null)).toEqual(['API_ONLY_AFTER_ATTACH']);
  });
});
