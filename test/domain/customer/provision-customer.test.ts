// A customer in one call: everything is judged at once, and either all of it happens or nothing.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProvisionCustomerInput } from '../../../src/domain/customer/provision-form.ts';
import { provisionCustomer } from '../../../src/domain/customer/provision-customer.ts';
import { organization } from './support/organizations.ts';
import { accepted, austin, openWorld, told } from './support/world.ts';
import type { World } from './support/world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  world.directory.organizations.set('any', [
    organization(),
    organization({ organizationId: 'org-hundred', name: 'Hundred', userCount: 100 }),
    organization({ organizationId: 'org-trial', isTrial: true }),
    organization({ organizationId: 'org-already', isWholesaleCustomer: true }),
    organization({ organizationId: 'org-own', isPartnerOwnOrganization: true }),
  ]);
});
afterAll(async () => {
  await world.close();
});

const provision = (wishes: Partial<ProvisionCustomerInput> = {}) =>
  provisionCustomer(world.context, world.viewer, world.request(wishes));

async function provisioned(wishes: Partial<ProvisionCustomerInput> = {}) {
  const { customerId, operationId, warnings } = accepted(await provision(wishes));
  const customer = await world.loadCustomer(customerId ?? '');
  const operation = await world.loadOperation(operationId ?? '');
  return { customer, operation, warnings };
}

/** Expects these problems, and that neither the call nor its check leaves a trace. */
async function refusal(wishes: Partial<ProvisionCustomerInput>): Promise<string[]> {
  const before = await world.census();
  const outcome = await provision(wishes);
  const checked = await provision({ ...wishes, validateOnly: true });
  expect(await world.census()).toEqual(before);
  expect(outcome.value).toBeNull();
  expect(told(checked)).toEqual(told(outcome));
  return told(outcome);
}

describe('a new organisation', () => {
  it('is accepted with everything that was asked for', async () => {
    const { customer, operation, warnings } = await provisioned({
      externalId: 'crm-9',
      packages: [{ package: 'WEBEX_CALLING', limit: 3 }, { package: 'WEBEX_MEETINGS' }],
      meetingsTimeZone: 'America/Chicago',
      customerInformation: { companyName: 'Newco', adminEmail: 'Jane@Newco.example', language: 'en_us' },
    });
    expect(customer).toMatchObject({
      companyName: 'Newco',
      adminEmail: 'jane@newco.example',
      language: 'en_US',
      externalId: 'crm-9',
      origin: 'NEW',
      status: 'PROVISIONING',
      templateId: world.template.id,
      meetingsTimeZone: 'America/Chicago',
      partnerAccess: 'FULL_ADMIN',
      packages: [
        { code: 'WEBEX_CALLING', limit: 3 },
        { code: 'WEBEX_MEETINGS', limit: null },
      ],
      locations: [{ kind: 'HEADQUARTERS', name: 'Austin' }],
    });
    expect(operation).toMatchObject({ kind: 'CREATE_CUSTOMER', status: 'ACCEPTED' });
    expect(warnings).toEqual([]);
    expect(await world.jobs()).toContain(operation.id);
  });

  it('needs no headquarters without a calling package', async () => {
    const { customer, operation } = await provisioned({
      packages: [{ package: 'WEBEX_MEETINGS' }],
      headquarters: null,
    });
    expect(customer.locations).toEqual([]);
    expect(operation.plan.map(([kind]) => kind)).toEqual(['CREATE_ORGANIZATION', 'PROVISION_PACKAGES']);
  });

  it('asks the platform nothing beforehand', async () => {
    const before = world.directory.asked.length;
    await provisioned();
    expect(world.directory.asked).toHaveLength(before);
  });
});

describe('an existing organisation', () => {
  it('is attached without customer information: it has a name and administrators', async () => {
    const { customer, operation, warnings } = await provisioned({
      organizationId: 'org-smallco',
      customerInformation: null,
    });
    expect(world.directory.asked.at(-1)).toBe('acme get org-smallco');
    expect(customer).toMatchObject({
      companyName: 'Smallco',
      adminEmail: '',
      origin: 'ATTACHED',
      organizationId: 'org-smallco',
      partnerAccess: 'PROVISIONING_ADMIN',
    });
    expect(operation.plan).toEqual([
      ['ATTACH_SUBSCRIPTION', customer.id],
      ['PROVISION_PACKAGES', 'WEBEX_CALLING'],
    ]);
    expect(warnings).toEqual([]);
  });

  it('A1, A10: waits for consent and keeps its name', async () => {
    const { customer, operation, warnings } = await provisioned({ organizationId: 'org-hundred' });
    expect(customer).toMatchObject({
      companyName: 'Hundred',
      status: 'AWAITING_CONSENT',
      attachConsents: [{ reasons: ['HUNDRED_OR_MORE_USERS'], sentTo: ['jane@newco.example'] }],
    });
    expect(operation.plan[0]?.[0]).toBe('OBTAIN_CONSENT');
    expect(warnings.map(({ code, path }) => `${code} ${path.join('.')}`)).toEqual([
      'CONSENT_WILL_BE_REQUIRED organizationId',
      'COMPANY_NAME_NOT_APPLIED customerInformation.companyName',
    ]);
  });

  it("A12: may be the partner's own, with a warning", async () => {
    const { customer, warnings } = await provisioned({ organizationId: 'org-own', customerInformation: null });
    expect(customer.isPartnerOwnOrganization).toBe(true);
    expect(warnings.map(({ code }) => code)).toEqual(['API_ONLY_AFTER_ATTACH']);
  });

  it('is taken on trust where the platform does not show it: only the attempt will tell', async () => {
    world.directory.assessesAttach = false;
    const { customer, operation } = await provisioned({ organizationId: 'org-unseen', customerInformation: null });
    world.directory.assessesAttach = true;
    expect(customer).toMatchObject({
      companyName: 'org-unseen',
      status: 'PROVISIONING',
      organizationId: 'org-unseen',
      partnerAccess: null,
    });
    expect(operation.plan[0]?.[0]).toBe('ATTACH_SUBSCRIPTION');
  });

  it.each([
    ['that nobody knows', 'org-nowhere', 'ORGANIZATION_NOT_FOUND organizationId'],
    ['A13: on trial', 'org-trial', 'TRIAL_ORGANIZATION organizationId'],
    ['that is a wholesale customer', 'org-already', 'ORGANIZATION_ALREADY_WHOLESALE organizationId'],
    ['with an empty id', ' ', 'REQUIRED organizationId'],
  ])('is refused where it is one %s', async (_, organizationId, expected) => {
    expect(await refusal({ organizationId })).toEqual([expected]);
  });

  it('A5: is refused where the template restricts the consent mail that is needed', async () => {
    const { provisioningId } = await world.addTemplate(world.viewer, { restrictAdminInviteEmails: true });
    world.directory.organizations.set('verified', [
      organization({ organizationId: 'org-verified', hasVerifiedDomain: true }),
    ]);
    expect(await refusal({ organizationId: 'org-verified', provisioningId })).toEqual([
      'INVITE_EMAILS_RESTRICTED provisioningId',
    ]);
  });

  it('is refused while the platform cannot answer, along with everything else that is wrong', async () => {
    world.directory.failure = new Error('down');
    expect(await refusal({ organizationId: 'org-smallco', packages: [] })).toEqual([
      'PACKAGE_REQUIRED packages',
      'PLATFORM_UNAVAILABLE organizationId',
    ]);
    world.directory.failure = null;
  });

  it('is attached once, also by two calls at the same time', async () => {
    world.directory.organizations.set('twice', [organization({ organizationId: 'org-twice' })]);
    const templates = await Promise.all([1, 2].map(() => world.addTemplate(world.viewer)));
    const outcomes = await Promise.all(
      templates.map(({ provisioningId }) => provision({ organizationId: 'org-twice', provisioningId })),
    );
    expect(outcomes.map(told).sort()).toEqual([[], ['ORGANIZATION_ALREADY_WHOLESALE organizationId']]);
  });
});

describe('a bad input', () => {
  const { address } = austin;

  it.each<[string, Partial<ProvisionCustomerInput>, string[]]>([
    ['no key', { idempotencyKey: ' ' }, ['REQUIRED idempotencyKey']],
    ['a long key', { idempotencyKey: 'k'.repeat(256) }, ['TOO_LONG idempotencyKey']],
    ['a key with control characters', { idempotencyKey: 'a\u0000b' }, ['INVALID_FORMAT idempotencyKey']],
    ['no provisioning id', { provisioningId: '' }, ['REQUIRED provisioningId']],
    ['an unknown provisioning id', { provisioningId: 'prov-none' }, ['NOT_FOUND provisioningId']],
    ['no external id', { externalId: '' }, ['REQUIRED externalId']],
    ['a long external id', { externalId: 'x'.repeat(256) }, ['TOO_LONG externalId']],
    ['C1: no packages', { packages: [], headquarters: null }, ['PACKAGE_REQUIRED packages']],
    [
      'C6: an add-on alone',
      { packages: [{ package: 'ATTENDANT_CONSOLE' }], headquarters: null },
      ['PACKAGE_DEPENDENCY_UNMET packages.0.package'],
    ],
    [
      'C7: a negative limit',
      { packages: [{ package: 'WEBEX_CALLING', limit: -1 }] },
      ['INVALID_VALUE packages.0.limit'],
    ],
    ['C4: no customer information', { customerInformation: null }, ['REQUIRED customerInformation']],
    [
      'C4: a percent sign and an e-mail that is none',
      { customerInformation: { companyName: '5%', adminEmail: 'x', language: 'tlh' } },
      [
        'INVALID_FORMAT customerInformation.companyName',
        'INVALID_FORMAT customerInformation.adminEmail',
        'LANGUAGE_UNSUPPORTED customerInformation.language',
      ],
    ],
    ['C5: calling without a headquarters', { headquarters: null }, ['CALLING_LOCATION_REQUIRED headquarters']],
    [
      'a headquarters without a time zone',
      { headquarters: { ...austin, timeZone: '' } },
      ['TIME_ZONE_UNSUPPORTED headquarters.timeZone'],
    ],
    [
      'a headquarters without state, and no calling package',
      {
        packages: [{ package: 'WEBEX_MEETINGS' }],
        headquarters: { ...austin, address: { ...address, countryCode: 'DE', stateOrProvince: null } },
      },
      ['STATE_REQUIRED headquarters.address.stateOrProvince'],
    ],
    [
      'C3: a billing address where the service is not offered',
      { billingAddress: { ...address, countryCode: 'CU' } },
      ['COUNTRY_UNSUPPORTED billingAddress.countryCode'],
    ],
    [
      'a billing address without postal code',
      { billingAddress: { ...address, zipOrPostalCode: '' } },
      ['POSTAL_CODE_REQUIRED billingAddress.zipOrPostalCode'],
    ],
    ['an unknown meetings time zone', { meetingsTimeZone: 'CST' }, ['TIME_ZONE_UNSUPPORTED meetingsTimeZone']],
  ])('%s is refused and nothing happens', async (_, wishes, problems) => {
    expect(await refusal(wishes)).toEqual(problems);
  });

  it('is told all at once, what the form shows and what only the database knows', async () => {
    await provisioned({ externalId: 'crm-known' });
    const problems = await refusal({
      provisioningId: 'prov-none',
      externalId: 'crm-known',
      customerInformation: null,
      headquarters: null,
      billingAddress: { ...address, city: '' },
    });
    expect(problems.sort()).toEqual([
      'CALLING_LOCATION_REQUIRED headquarters',
      'EXTERNAL_ID_TAKEN externalId',
      'NOT_FOUND provisioningId',
      'REQUIRED billingAddress.city',
      'REQUIRED customerInformation',
    ]);
  });

  it("does not know another partner's template", async () => {
    const { provisioningId } = await world.addTemplate(await world.addPartner('other'));
    expect(await refusal({ provisioningId })).toEqual(['NOT_FOUND provisioningId']);
  });

  it('T8: is refused with an archived template', async () => {
    const { provisioningId } = await world.addTemplate(world.viewer, { status: 'ARCHIVED' });
    expect(await refusal({ provisioningId })).toEqual(['TEMPLATE_ARCHIVED provisioningId']);
  });

  it('an external id that another partner has is free', async () => {
    await provisioned({ externalId: 'crm-shared' });
    const other = await world.addPartner('elsewhere');
    const { provisioningId } = await world.addTemplate(other);
    const input = world.request({ externalId: 'crm-shared', provisioningId });
    accepted(await provisionCustomer(world.context, other, input));
  });

  it('one of many calls at the same time gets an external id, the others are told that it is taken', async () => {
    const templates = await Promise.all([1, 2, 3, 4].map(() => world.addTemplate(world.viewer)));
    const outcomes = await Promise.all(
      templates.map(({ provisioningId }) => provision({ externalId: 'crm-race', provisioningId })),
    );
    const taken = ['EXTERNAL_ID_TAKEN externalId'];
    expect(outcomes.map(told).sort()).toEqual([[], taken, taken, taken]);
  });
});

describe('a check only', () => {
  it('has no effect, keeps no key, and tells the warnings', async () => {
    const before = await world.census();
    const wishes = { organizationId: 'org-verified-check', externalId: 'crm-check', idempotencyKey: 'check-key' };
    world.directory.organizations.set('check', [
      organization({ organizationId: 'org-verified-check', name: 'Newco', hasVerifiedDomain: true }),
    ]);
    const checked = accepted(await provision({ ...wishes, validateOnly: true }));
    expect(checked).toMatchObject({
      customerId: null,
      operationId: null,
      warnings: [{ code: 'CONSENT_WILL_BE_REQUIRED', path: ['organizationId'] }],
    });
    expect(await world.census()).toEqual(before);
    expect(accepted(await provision(wishes)).customerId).not.toBeNull();
  });
});

describe('the idempotency key', () => {
  it('makes a repeated call answer the same and happen once, without asking the platform again', async () => {
    const input = world.request({ organizationId: 'org-repeat' });
    world.directory.organizations.set('repeat', [
      organization({ organizationId: 'org-repeat', name: 'Repeat', userCount: 100 }),
    ]);
    const first = accepted(await provisionCustomer(world.context, world.viewer, input));
    const before = await world.census();
    const askedBefore = world.directory.asked.length;
    const second = accepted(await provisionCustomer(world.context, world.viewer, input));
    expect(second).toEqual(first);
    expect(world.directory.asked).toHaveLength(askedBefore);
    expect(second.warnings).toHaveLength(2);
    expect(await world.census()).toEqual(before);
  });

  it('sees through the form: defaults, case and spaces are the same input', async () => {
    const input = world.request();
    const first = accepted(await provisionCustomer(world.context, world.viewer, input));
    const same = {
      ...input,
      externalId: ` ${input.externalId} `,
      organizationId: null,
      validateOnly: false,
      customerInformation: { companyName: 'Newco ', adminEmail: 'JANE@newco.example', language: null },
    };
    expect(accepted(await provisionCustomer(world.context, world.viewer, same))).toEqual(first);
  });

  it('is refused with another input', async () => {
    const input = world.request();
    accepted(await provisionCustomer(world.context, world.viewer, input));
    const before = await world.census();
    const other = { ...input, externalId: 'crm-other-input' };
    expect(told(await provisionCustomer(world.context, world.viewer, other))).toEqual([
      'IDEMPOTENCY_MISMATCH idempotencyKey',
    ]);
    expect(await world.census()).toEqual(before);
  });

  it('may be used again after a refusal, with the mistake mended', async () => {
    const input = world.request();
    const { provisioningId } = await world.addTemplate(world.viewer, { status: 'ARCHIVED' });
    expect(told(await provisionCustomer(world.context, world.viewer, { ...input, provisioningId }))).toEqual([
      'TEMPLATE_ARCHIVED provisioningId',
    ]);
    accepted(await provisionCustomer(world.context, world.viewer, input));
  });

  it("is the partner's own", async () => {
    const other = await world.addPartner('key-neighbour');
    const { provisioningId } = await world.addTemplate(other);
    const input = world.request();
    const ours = accepted(await provisionCustomer(world.context, world.viewer, input));
    const theirs = accepted(await provisionCustomer(world.context, other, { ...input, provisioningId }));
    expect(theirs.customerId).not.toBe(ours.customerId);
  });

  it('used by many calls at once makes one customer, and all are told of it', async () => {
    const input = world.request();
    const before = await world.census();
    const outcomes = await Promise.all(
      Array.from({ length: 6 }, () => provisionCustomer(world.context, world.viewer, input)),
    );
    const answers = outcomes.map(accepted);
    expect(new Set(answers.map(({ customerId }) => customerId)).size).toBe(1);
    expect(new Set(answers.map(({ operationId }) => operationId)).size).toBe(1);
    expect((await world.census()).customers).toBe(before.customers + 1);
  });
});
