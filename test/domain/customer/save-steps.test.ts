// The create-customer wizard's saves: what is stored, and that a refused save leaves the draft as it was.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  chooseCustomerOrganization,
  saveCustomerHeadquarters,
  saveCustomerInformation,
  saveCustomerPackages,
} from '../../../src/domain/customer/save-steps.ts';
import type { HeadquartersInput, InformationInput, PackagesInput } from '../../../src/domain/customer/save-steps.ts';
import { submitCustomerDraft } from '../../../src/domain/customer/submit-draft.ts';
import type { DomainContext } from '../../../src/domain/context.ts';
import type { DraftReference } from '../../../src/domain/draft/lifecycle.ts';
import type { Outcome } from '../../../src/domain/outcome.ts';
import type { Viewer } from '../../../src/domain/viewer.ts';
import { organization } from './support/organizations.ts';
import { accepted, austin, headquarters, openWorld, stepsOf, told } from './support/world.ts';
import type { World } from './support/world.ts';

let world: World;
let draftId: string;

beforeAll(async () => {
  world = await openWorld();
  const { organizations } = world.directory;
  organizations.set('admin@smallco.example', [organization()]);
  organizations.set('admin@hundred.example', [organization({ organizationId: 'org-hundred', userCount: 100 })]);
  organizations.set('admin@trial.example', [organization({ organizationId: 'org-trial', isTrial: true })]);
});
afterAll(async () => {
  await world.close();
});
beforeEach(async () => {
  draftId = await world.readyDraft();
});

/** Saves, expects these problems and that nothing of the draft has changed. */
async function refusal<I extends DraftReference>(
  save: (context: DomainContext, viewer: Viewer, input: I) => Promise<Outcome<{ readonly draftId: string }>>,
  input: I,
): Promise<string[]> {
  const before = await world.loadDraft(input.draftId);
  const outcome = await save(world.context, world.viewer, input);
  expect(await world.loadDraft(input.draftId)).toEqual(before);
  expect(outcome.value).toEqual({ draftId: input.draftId });
  return told(outcome);
}

describe('the organisation', () => {
  it('is chosen among the candidates', async () => {
    const id = await world.startDraft('admin@smallco.example');
    accepted(
      await chooseCustomerOrganization(world.context, world.viewer, { draftId: id, organizationId: 'org-smallco' }),
    );
    const draft = await world.loadDraft(id);
    expect(draft).toMatchObject({ organizationId: 'org-smallco', version: 2, currentStep: 'INFORMATION' });
  });

  it('may be a new one all the same', async () => {
    const id = await world.startDraft('admin@smallco.example');
    accepted(await chooseCustomerOrganization(world.context, world.viewer, { draftId: id, organizationId: null }));
    const draft = await world.loadDraft(id);
    expect(draft).toMatchObject({ organizationId: null, currentStep: 'INFORMATION' });
  });

  it('is not found where it is no candidate', async () => {
    expect(await refusal(chooseCustomerOrganization, { draftId, organizationId: 'org-smallco' })).toEqual([
      'ORGANIZATION_NOT_FOUND organizationId',
    ]);
    expect(await refusal(chooseCustomerOrganization, { draftId, organizationId: '' })).toEqual([
      'ORGANIZATION_NOT_FOUND organizationId',
    ]);
  });

  it('A13: is refused at once where it is a trial organisation', async () => {
    const id = await world.startDraft('admin@trial.example');
    expect(await refusal(chooseCustomerOrganization, { draftId: id, organizationId: 'org-trial' })).toEqual([
      'TRIAL_ORGANIZATION organizationId',
    ]);
  });

  it('A1: warns that consent will be required', async () => {
    const id = await world.startDraft('admin@hundred.example');
    const choice = { draftId: id, organizationId: 'org-hundred' };
    accepted(await chooseCustomerOrganization(world.context, world.viewer, choice));
    expect((await world.loadDraft(id)).warnings).toMatchObject([{ code: 'CONSENT_WILL_BE_REQUIRED' }]);
  });
});

describe('the information', () => {
  const save = (wishes: Partial<InformationInput> = {}) =>
    saveCustomerInformation(world.context, world.viewer, world.information(draftId, wishes));
  const refused = (wishes: Partial<InformationInput>) =>
    refusal(saveCustomerInformation, world.information(draftId, wishes));

  it('takes the e-mail from the first screen, and makes an external id, which then stays', async () => {
    const first = await world.loadDraft(draftId);
    expect(first.adminEmail).toBe('jane@newco.example');
    expect(first.externalId).toMatch(/^[0-9a-f-]{36}$/);
    accepted(await save({ companyName: ' Newco Two ' }));
    expect(await world.loadDraft(draftId)).toMatchObject({ companyName: 'Newco Two', externalId: first.externalId });
  });

  it('takes others instead', async () => {
    accepted(await save({ adminEmail: 'Joe@Newco.example', externalId: 'crm-7', language: 'en-gb' }));
    expect(await world.loadDraft(draftId)).toMatchObject({
      adminEmail: 'joe@newco.example',
      externalId: 'crm-7',
      language: 'en_GB',
    });
  });

  it.each([
    ['an empty name', { companyName: ' ' }, ['REQUIRED companyName']],
    ['a name of 257 characters', { companyName: 'x'.repeat(257) }, ['TOO_LONG companyName']],
    ['C4: a percent sign', { companyName: '100%' }, ['INVALID_FORMAT companyName']],
    ['a control character', { companyName: 'New\nco' }, ['INVALID_FORMAT companyName']],
    ['an e-mail that is none', { adminEmail: 'joe' }, ['INVALID_FORMAT adminEmail']],
    ['a long external id', { externalId: 'x'.repeat(256) }, ['TOO_LONG externalId']],
    ['an unknown language', { language: 'tlh' }, ['LANGUAGE_UNSUPPORTED language']],
    ['an unknown template', { templateId: '01890000-0000-7000-8000-000000000000' }, ['NOT_FOUND templateId']],
    [
      'everything at once',
      { companyName: '%', adminEmail: 'joe', language: 'tlh', templateId: '01890000-0000-7000-8000-000000000000' },
      [
        'INVALID_FORMAT companyName',
        'INVALID_FORMAT adminEmail',
        'LANGUAGE_UNSUPPORTED language',
        'NOT_FOUND templateId',
      ],
    ],
  ])('is refused with %s', async (_, wishes, problems) => {
    expect(await refused(wishes)).toEqual(problems);
  });

  it("does not know another partner's template", async () => {
    const other = await world.addPartner('other-templates');
    const { id } = await world.addTemplate(other);
    expect(await refused({ templateId: id })).toEqual(['NOT_FOUND templateId']);
  });

  it('T8: is refused with an archived template', async () => {
    const { id } = await world.addTemplate(world.viewer, { status: 'ARCHIVED' });
    expect(await refused({ templateId: id })).toEqual(['TEMPLATE_ARCHIVED templateId']);
  });

  it('needs an external id that no other customer of the partner has, deleted ones apart', async () => {
    const taken = await world.readyDraft({ information: { externalId: 'crm-taken' } });
    const { customerId } = accepted(await submitCustomerDraft(world.context, world.viewer, { draftId: taken }));
    expect(await refused({ externalId: 'crm-taken' })).toEqual(['EXTERNAL_ID_TAKEN externalId']);
    await world.database.customer.update({ where: { id: customerId ?? '' }, data: { status: 'DELETED' } });
    accepted(await save({ externalId: 'crm-taken' }));
  });

  it('says nothing of an external id that somebody else took when another is typed that cannot be read', async () => {
    accepted(await save({ externalId: 'crm-raced' }));
    const rival = await world.readyDraft({ information: { externalId: 'crm-raced' } });
    accepted(await submitCustomerDraft(world.context, world.viewer, { draftId: rival }));
    expect(await refused({ externalId: 'x'.repeat(256) })).toEqual(['TOO_LONG externalId']);
  });

  it('A5: is refused where the template cannot ask for the consent that is needed', async () => {
    const { id: templateId } = await world.addTemplate(world.viewer, { restrictAdminInviteEmails: true });
    const id = await world.startDraft('admin@hundred.example');
    accepted(
      await chooseCustomerOrganization(world.context, world.viewer, { draftId: id, organizationId: 'org-hundred' }),
    );
    expect(await refusal(saveCustomerInformation, world.information(id, { templateId }))).toEqual([
      'INVITE_EMAILS_RESTRICTED templateId',
    ]);
  });
});

describe('the packages', () => {
  const refused = (packages: PackagesInput['packages']) => refusal(saveCustomerPackages, { draftId, packages });

  it('replace what was chosen before', async () => {
    const packages = [{ package: 'WEBEX_SUITE', limit: 25 } as const, { package: 'ATTENDANT_CONSOLE' } as const];
    accepted(await saveCustomerPackages(world.context, world.viewer, { draftId, packages }));
    expect((await world.loadDraft(draftId)).packages).toEqual([
      { package: 'WEBEX_SUITE', limit: 25 },
      { package: 'ATTENDANT_CONSOLE', limit: null },
    ]);
  });

  it('C1, C6, C7: are refused where they are none, twice, without companion or wrongly limited', async () => {
    expect(await refused([])).toEqual(['PACKAGE_REQUIRED packages']);
    expect(
      await refused([
        { package: 'WEBEX_MEETINGS', limit: -1 },
        { package: 'WEBEX_MEETINGS' },
        { package: 'CISCO_CALLING_PLAN', limit: 5 },
      ]),
    ).toEqual([
      'INVALID_VALUE packages.0.limit',
      'DUPLICATE packages.1.package',
      'PACKAGE_DEPENDENCY_UNMET packages.2.package',
      'INVALID_VALUE packages.2.limit',
    ]);
  });
});

describe('the headquarters', () => {
  const refused = (wishes: Partial<HeadquartersInput>) =>
    refusal(saveCustomerHeadquarters, { ...headquarters(draftId), ...wishes });
  const { address } = austin;

  it('is billed at its own address unless another one is given', async () => {
    expect((await world.loadDraft(draftId)).billingAddress).toMatchObject({ city: 'Austin' });
    const billingAddress = { ...address, city: 'Dallas' };
    const input = { ...headquarters(draftId), billingAddress };
    accepted(await saveCustomerHeadquarters(world.context, world.viewer, input));
    expect(await world.loadDraft(draftId)).toMatchObject({
      headquarters: { address: { city: 'Austin' } },
      billingAddress: { city: 'Dallas' },
      currentStep: 'REVIEW',
    });
  });

  it('C2: is refused until the supported location is confirmed', async () => {
    expect(await refused({ supportedLocationConfirmed: false })).toEqual([
      'SUPPORTED_LOCATION_NOT_CONFIRMED supportedLocationConfirmed',
    ]);
  });

  it.each([
    ['no name', { name: '' }, ['REQUIRED location.name']],
    ['an unknown time zone', { timeZone: 'Mars/Base' }, ['TIME_ZONE_UNSUPPORTED location.timeZone']],
    ['an unknown language', { language: 'xx' }, ['LANGUAGE_UNSUPPORTED location.language']],
    [
      'an unknown language of announcements',
      { announcementLanguage: 'xx' },
      ['LANGUAGE_UNSUPPORTED location.announcementLanguage'],
    ],
    [
      'a long first line',
      { address: { ...address, addressLine1: 'x'.repeat(51) } },
      ['TOO_LONG location.address.addressLine1'],
    ],
    ['no city', { address: { ...address, city: '' } }, ['REQUIRED location.address.city']],
    [
      'no state where it is needed',
      { address: { ...address, stateOrProvince: null } },
      ['STATE_REQUIRED location.address.stateOrProvince'],
    ],
    [
      'no postal code where it is needed',
      { address: { ...address, zipOrPostalCode: null } },
      ['POSTAL_CODE_REQUIRED location.address.zipOrPostalCode'],
    ],
    ['no country', { address: { ...address, countryCode: '??' } }, ['INVALID_VALUE location.address.countryCode']],
    [
      'C3: a country where the service is not offered',
      { address: { ...address, countryCode: 'KP' } },
      ['COUNTRY_UNSUPPORTED location.address.countryCode'],
    ],
  ])('is refused with %s', async (_, wishes, problems) => {
    expect(await refused({ location: { ...austin, ...wishes } })).toEqual(problems);
  });

  it('tells all problems of the form at once', async () => {
    const location = { ...austin, name: '' };
    const billingAddress = { ...address, city: ' ' };
    expect(await refused({ location, billingAddress, supportedLocationConfirmed: false })).toEqual([
      'REQUIRED location.name',
      'REQUIRED billingAddress.city',
      'SUPPORTED_LOCATION_NOT_CONFIRMED supportedLocationConfirmed',
    ]);
  });

  it('needs state and postal code without a calling package, and is judged anew when the packages change', async () => {
    const dublin = { ...austin, address: { addressLine1: '1 Quay', city: 'Dublin', countryCode: 'IE' } };
    accepted(
      await saveCustomerHeadquarters(world.context, world.viewer, { ...headquarters(draftId), location: dublin }),
    );
    const packages = [{ package: 'WEBEX_MEETINGS' } as const];
    accepted(await saveCustomerPackages(world.context, world.viewer, { draftId, packages }));
    const draft = await world.loadDraft(draftId);
    expect(draft.currentStep).toBe('HEADQUARTERS');
    expect(stepsOf(draft)[3]).toBe(
      'HEADQUARTERS INVALID STATE_REQUIRED location.address.stateOrProvince POSTAL_CODE_REQUIRED location.address.zipOrPostalCode',
    );
    expect(await refused({ location: dublin })).toEqual([
      'STATE_REQUIRED location.address.stateOrProvince',
      'POSTAL_CODE_REQUIRED location.address.zipOrPostalCode',
    ]);
  });
});

describe('every save', () => {
  it('raises the version and prolongs the draft', async () => {
    const before = await world.loadDraft(draftId);
    world.moveClock(60_000);
    const packages = [{ package: 'WEBEX_VOICE' } as const];
    accepted(await saveCustomerPackages(world.context, world.viewer, { draftId, packages, expectedVersion: 4 }));
    const after = await world.loadDraft(draftId);
    expect(after.version).toBe(before.version + 1);
    expect(after.expiresAt.getTime()).toBe(world.context.now().getTime() + world.context.draftLifetimeMs);
  });

  it('is refused out of order, naming the step that comes first', async () => {
    const fresh = await world.startDraft('admin@smallco.example');
    const information = world.information(fresh);
    expect(await refusal(saveCustomerInformation, information)).toEqual(['STEP_OUT_OF_ORDER']);
    const outcome = await saveCustomerInformation(world.context, world.viewer, information);
    expect(outcome.problems[0]?.expectedStep).toBe('ORGANIZATION');
    const skipping = await world.startDraft();
    expect(await refusal(saveCustomerPackages, { draftId: skipping, packages: [] })).toEqual(['STEP_OUT_OF_ORDER']);
    expect(await refusal(saveCustomerHeadquarters, headquarters(skipping))).toEqual(['STEP_OUT_OF_ORDER']);
  });

  it('is refused on a version that is not the newest', async () => {
    const packages = [{ package: 'WEBEX_VOICE' } as const];
    const input = { draftId, packages, expectedVersion: 2 };
    expect(await refusal(saveCustomerPackages, input)).toEqual(['VERSION_CONFLICT expectedVersion']);
    const outcome = await saveCustomerPackages(world.context, world.viewer, input);
    expect(outcome.problems[0]?.currentVersion).toBe(4);
  });

  it('twice at once from the same version: one is stored, the other is told', async () => {
    const save = (code: 'WEBEX_VOICE' | 'WEBEX_SUITE') =>
      saveCustomerPackages(world.context, world.viewer, { draftId, packages: [{ package: code }], expectedVersion: 4 });
    const outcomes = await Promise.all([save('WEBEX_VOICE'), save('WEBEX_SUITE')]);
    expect(outcomes.map(told).sort()).toEqual([[], ['VERSION_CONFLICT expectedVersion']]);
    expect((await world.loadDraft(draftId)).version).toBe(5);
  });

  it("does not know another partner's draft", async () => {
    const stranger = await world.addPartner(`stranger-${draftId}`);
    const before = await world.loadDraft(draftId);
    const outcomes = [
      await chooseCustomerOrganization(world.context, stranger, { draftId }),
      await saveCustomerInformation(world.context, stranger, world.information(draftId)),
      await saveCustomerPackages(world.context, stranger, { draftId, packages: [{ package: 'WEBEX_VOICE' }] }),
      await saveCustomerHeadquarters(world.context, stranger, headquarters(draftId)),
    ];
    for (const outcome of outcomes) {
      expect(told(outcome)).toEqual(['NOT_FOUND draftId']);
      expect(outcome.value).toBeNull();
    }
    expect(await world.loadDraft(draftId)).toEqual(before);
  });

  it('is refused on an expired draft', async () => {
    world.moveClock(world.context.draftLifetimeMs);
    expect(await refusal(saveCustomerPackages, { draftId, packages: [] })).toEqual(['DRAFT_EXPIRED draftId']);
  });

  it('is refused on a submitted draft', async () => {
    accepted(await submitCustomerDraft(world.context, world.viewer, { draftId }));
    expect(await refusal(saveCustomerPackages, { draftId, packages: [] })).toEqual(['DRAFT_CLOSED draftId']);
  });
});
