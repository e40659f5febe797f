// What makes a customer draft right: each step judged against everything else in the draft.

import { describe, expect, it } from 'vitest';
import {
  customerJudges,
  customerSteps,
  customerWarnings,
  judgeHeadquarters,
  judgeInformation,
  judgeOrganization,
} from '../../../src/domain/customer/rules.ts';
import type { CustomerFacts, CustomerValues } from '../../../src/domain/customer/rules.ts';
import { judgeSteps } from '../../../src/domain/draft/steps.ts';
import type { Problem } from '../../../src/domain/problem.ts';
import { organization } from './support/organizations.ts';

const template: CustomerFacts['template'] = {
  id: 'template',
  name: 'Small business',
  status: 'ACTIVE',
  restrictAdminInviteEmails: false,
  brandName: null,
};
const fine: CustomerFacts = { template, isExternalIdTaken: false, isOrganizationTaken: false, subPartnerProblems: [] };

const address = {
  addressLine1: '1 Main Street',
  addressLine2: null,
  city: 'Austin',
  stateOrProvince: 'TX',
  zipOrPostalCode: '73301',
  countryCode: 'US',
};
const austin = {
  name: 'Austin',
  address,
  timeZone: 'America/Chicago',
  language: 'en_us',
  announcementLanguage: null,
  emergencyLocationIdentifier: null,
};
const complete: CustomerValues = {
  adminEmail: 'jane@smallco.example',
  organizationCandidates: [],
  organizationId: null,
  companyName: 'Smallco',
  externalId: 'crm-1',
  language: null,
  templateId: 'template',
  subPartnerId: null,
  packages: [{ package: 'WEBEX_CALLING', limit: null }],
  headquarters: austin,
  billingAddress: address,
  supportedLocationConfirmed: true,
};
const attached = (facts: Parameters<typeof organization>[0] = {}): CustomerValues => ({
  ...complete,
  organizationCandidates: [organization(facts)],
  organizationId: 'org-smallco',
});
const told = (problems: readonly Problem[]) => problems.map(({ code, path }) => `${code} ${path.join('.')}`);
const states = (values: CustomerValues, facts: CustomerFacts) =>
  judgeSteps(customerJudges(values, facts), customerSteps)
    .filter(({ step }) => step !== 'REVIEW')
    .map(({ step, state }) => `${step} ${state}`);

describe('a draft', () => {
  it('C1: with everything is complete', () => {
    expect(states(complete, fine)).toEqual([
      'ORGANIZATION COMPLETE',
      'INFORMATION COMPLETE',
      'PACKAGES COMPLETE',
      'HEADQUARTERS COMPLETE',
    ]);
    expect(customerWarnings(complete, fine)).toEqual([]);
  });

  it('is judged anew when an earlier step changes: packages decide what the headquarters needs', () => {
    const headquarters = {
      ...austin,
      address: { ...address, stateOrProvince: null, countryCode: 'IE' },
    };
    expect(states({ ...complete, headquarters }, fine)).toContain('HEADQUARTERS COMPLETE');
    const packages = [{ package: 'WEBEX_MEETINGS', limit: null } as const];
    expect(states({ ...complete, headquarters, packages }, fine)).toContain('HEADQUARTERS INVALID');
  });

  it('A5: is judged anew when the organisation changes: the template may not let the consent mail through', () => {
    const restrictive = { ...fine, template: { ...template, restrictAdminInviteEmails: true } };
    expect(states(attached(), restrictive)).not.toContain('INFORMATION INVALID');
    expect(states(attached({ userCount: 100 }), restrictive)).toContain('INFORMATION INVALID');
    expect(told(judgeInformation(attached({ userCount: 100 }), restrictive))).toEqual([
      'INVITE_EMAILS_RESTRICTED templateId',
    ]);
  });
});

describe('the organisation', () => {
  it('is one of the candidates', () => {
    expect(told(judgeOrganization({ ...attached(), organizationId: 'org-other' }, fine))).toEqual([
      'ORGANIZATION_NOT_FOUND organizationId',
    ]);
    expect(judgeOrganization(attached(), fine)).toEqual([]);
  });

  it('A13: is no trial organisation', () => {
    expect(told(judgeOrganization(attached({ isTrial: true }), fine))).toEqual(['TRIAL_ORGANIZATION organizationId']);
  });

  it('is no wholesale customer, by what the platform says or by what we know', () => {
    const refusal = ['ORGANIZATION_ALREADY_WHOLESALE organizationId'];
    expect(told(judgeOrganization(attached({ isWholesaleCustomer: true }), fine))).toEqual(refusal);
    expect(told(judgeOrganization(attached(), { ...fine, isOrganizationTaken: true }))).toEqual(refusal);
  });

  it('A1, A10, A12: what attaching it brings is warned of', () => {
    const values = { ...attached({ userCount: 100, isPartnerOwnOrganization: true }), companyName: 'Another name' };
    expect(customerWarnings(values, fine).map(({ code, path }) => `${code} ${path.join('.')}`)).toEqual([
      'CONSENT_WILL_BE_REQUIRED organizationId',
      'COMPANY_NAME_NOT_APPLIED companyName',
      'API_ONLY_AFTER_ATTACH organizationId',
    ]);
  });
});

describe('the information', () => {
  it('names a template that exists and is not archived', () => {
    expect(told(judgeInformation(complete, { ...fine, template: null }))).toEqual(['NOT_FOUND templateId']);
    const archived = { ...fine, template: { ...template, status: 'ARCHIVED' } as const };
    expect(told(judgeInformation(complete, archived))).toEqual(['TEMPLATE_ARCHIVED templateId']);
  });

  it('may name a template that still waits for its provisioning ID: only submitting needs it', () => {
    const waiting = { ...fine, template: { ...template, status: 'AWAITING_PROVISIONING_ID' } as const };
    expect(judgeInformation(complete, waiting)).toEqual([]);
  });

  it('has an external id of its own', () => {
    expect(told(judgeInformation(complete, { ...fine, isExternalIdTaken: true }))).toEqual([
      'EXTERNAL_ID_TAKEN externalId',
    ]);
  });
});

it('C2: the headquarters is confirmed to lie in a supported location', () => {
  expect(told(judgeHeadquarters({ ...complete, supportedLocationConfirmed: false }))).toEqual([
    'SUPPORTED_LOCATION_NOT_CONFIRMED supportedLocationConfirmed',
  ]);
});
