// Submitting the create-customer wizard: one commit with the customer, its operation, the first events and the job.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  chooseCustomerOrganization,
  saveCustomerInformation,
  saveCustomerPackages,
} from '../../../src/domain/customer/save-steps.ts';
import { submitCustomerDraft } from '../../../src/domain/customer/submit-draft.ts';
import { archiveTemplate } from '../../../src/domain/template/change-template.ts';
import { organization } from './support/organizations.ts';
import { accepted, austin, openWorld, stepsOf, told } from './support/world.ts';
import type { World } from './support/world.ts';

const day = 24 * 60 * 60 * 1000;

let world: World;
beforeAll(async () => {
  world = await openWorld();
  const { organizations } = world.directory;
  organizations.set('admin@smallco.example', [organization()]);
  organizations.set('admin@branded.example', [
    organization({ organizationId: 'org-branded', hasBasicBranding: true, licenseState: 'NONE' }),
  ]);
  organizations.set('admin@claimed.example', [
    organization({ organizationId: 'org-claimed', name: 'Claimed', hasVerifiedDomain: true, hasClaimedDomain: true }),
  ]);
  organizations.set('admin@own.example', [
    organization({ organizationId: 'org-own', isPartnerOwnOrganization: true, licenseState: null }),
  ]);
});
afterAll(async () => {
  await world.close();
});

const submit = (draftId: string, expectedVersion?: number) =>
  submitCustomerDraft(world.context, world.viewer, { draftId, expectedVersion });

async function submitted(draftId: string) {
  const { customerId, operationId } = accepted(await submit(draftId));
  const customer = await world.loadCustomer(customerId ?? '');
  const operation = await world.loadOperation(operationId ?? '');
  return { customer, operation };
}

describe('a new organisation', () => {
  it('C1: becomes a customer in provisioning with packages, headquarters, operation, events and job', async () => {
    const draftId = await world.readyDraft({
      information: { externalId: 'crm-first', language: 'en' },
      packages: [
        { package: 'WEBEX_CALLING', limit: 10 },
        { package: 'WEBEX_MEETINGS', limit: 0 },
      ],
    });
    const { customer, operation } = await submitted(draftId);
    expect(customer).toMatchObject({
      partnerId: world.viewer.partnerId,
      companyName: 'Newco',
      adminEmail: 'jane@newco.example',
      externalId: 'crm-first',
      language: 'en',
      origin: 'NEW',
      status: 'PROVISIONING',
      templateId: world.template.id,
      billingAddressLine1: '1 Main Street',
      billingCountryCode: 'US',
      dataRegion: 'US',
      organizationId: null,
      platformId: null,
      partnerAccess: 'FULL_ADMIN',
      isPartnerOwnOrganization: false,
      restrictedByPartnerMode: true,
      keepsOwnAuthentication: false,
      brandingSource: 'PLATFORM_DEFAULT',
      version: 2,
      packages: [
        { code: 'WEBEX_CALLING', limit: 10, status: 'PROVISIONING' },
        { code: 'WEBEX_MEETINGS', limit: 0, status: 'PROVISIONING' },
      ],
      locations: [
        { kind: 'HEADQUARTERS', status: 'PENDING', name: 'Austin', city: 'Austin', timeZone: austin.timeZone },
      ],
      attachConsents: [],
    });
    expect(operation).toMatchObject({ kind: 'CREATE_CUSTOMER', status: 'ACCEPTED', requestedBy: 'acme-operator' });
    expect(operation.plan).toEqual([
      ['CREATE_ORGANIZATION', customer.id],
      ['PROVISION_PACKAGES', 'WEBEX_CALLING', 'WEBEX_MEETINGS'],
    ]);
    expect(operation.events.map(({ type, toStatus, customerVersion }) => [type, toStatus, customerVersion])).toEqual([
      ['OPERATION_ACCEPTED', 'ACCEPTED', 1],
      ['CUSTOMER_STATUS_CHANGED', 'PROVISIONING', 2],
    ]);
    expect(await world.jobs()).toContain(operation.id);
    const draft = await world.loadDraft(draftId);
    expect(draft).toMatchObject({
      status: 'SUBMITTED',
      version: 5,
      currentStep: 'REVIEW',
      customerId: customer.id,
      operationId: operation.id,
    });
    expect(stepsOf(draft).at(-1)).toBe('REVIEW COMPLETE');
  });

  it('has its headquarters made as a location of its own without a calling package', async () => {
    const { customer, operation } = await submitted(
      await world.readyDraft({ packages: [{ package: 'WEBEX_MEETINGS' }] }),
    );
    expect(operation.plan.at(-1)).toEqual(['CREATE_LOCATIONS', customer.locations[0]?.id]);
  });

  it("C3: has its data where the billing address is, whatever the partner's region; a brand shows", async () => {
    const { id: templateId } = await world.addTemplate(world.viewer, { brandName: 'Acme Voice' });
    const { customer } = await submitted(
      await world.readyDraft({
        information: { templateId },
        headquarters: {
          billingAddress: {
            addressLine1: 'Hauptstrasse 1',
            city: 'Berlin',
            zipOrPostalCode: '10115',
            countryCode: 'DE',
          },
        },
      }),
    );
    expect(customer).toMatchObject({ dataRegion: 'EU', brandingSource: 'PARTNER_ADVANCED' });
    expect(customer.locations[0]?.countryCode).toBe('US');
  });
});

describe('an existing organisation', () => {
  it('A2, A3, A7, A8, A10, A11: is attached without asking and keeps what is its own', async () => {
    const { customer, operation } = await submitted(
      await world.readyDraft({ adminEmail: 'admin@smallco.example', organizationId: 'org-smallco' }),
    );
    expect(customer).toMatchObject({
      companyName: 'Smallco',
      origin: 'ATTACHED',
      status: 'PROVISIONING',
      organizationId: 'org-smallco',
      partnerAccess: 'PROVISIONING_ADMIN',
      restrictedByPartnerMode: false,
      keepsOwnAuthentication: true,
      brandingSource: 'PLATFORM_DEFAULT',
      attachConsents: [],
    });
    expect(operation.kind).toBe('ATTACH_CUSTOMER');
    expect(operation.plan).toEqual([
      ['ATTACH_SUBSCRIPTION', customer.id],
      ['PROVISION_PACKAGES', 'WEBEX_CALLING'],
    ]);
  });

  it('A3, A9: without licences the partner gets full access, over basic branding it prevails', async () => {
    const { customer } = await submitted(
      await world.readyDraft({ adminEmail: 'admin@branded.example', organizationId: 'org-branded' }),
    );
    expect(customer).toMatchObject({ partnerAccess: 'FULL_ADMIN', brandingSource: 'PARTNER_ADVANCED' });
  });

  it("A12: the partner's own is remembered as such", async () => {
    const { customer } = await submitted(
      await world.readyDraft({ adminEmail: 'admin@own.example', organizationId: 'org-own' }),
    );
    expect(customer).toMatchObject({ isPartnerOwnOrganization: true, partnerAccess: null });
  });

  it('A1: waits for consent where that is needed', async () => {
    const { customer, operation } = await submitted(
      await world.readyDraft({ adminEmail: 'admin@claimed.example', organizationId: 'org-claimed' }),
    );
    expect(customer).toMatchObject({ status: 'AWAITING_CONSENT', partnerAccess: 'FULL_ADMIN' });
    const [consent] = customer.attachConsents;
    expect(consent).toMatchObject({
      operationId: operation.id,
      status: 'PENDING',
      reasons: ['VERIFIED_DOMAIN', 'CLAIMED_DOMAIN'],
      sentTo: ['admin@claimed.example'],
      decidedAt: null,
    });
    expect(consent?.expiresAt.getTime()).toBe(world.context.now().getTime() + 30 * day);
    expect(operation.plan).toEqual([
      ['OBTAIN_CONSENT', consent?.id],
      ['ATTACH_SUBSCRIPTION', customer.id],
      ['PROVISION_PACKAGES', 'WEBEX_CALLING'],
    ]);
    expect(operation.events.map(({ type, toStatus, subjectId }) => [type, toStatus, subjectId])).toEqual([
      ['OPERATION_ACCEPTED', 'ACCEPTED', null],
      ['CUSTOMER_STATUS_CHANGED', 'AWAITING_CONSENT', customer.id],
      ['CONSENT_STATUS_CHANGED', 'PENDING', consent?.id],
    ]);
  });

  it('is attached once: a second draft for it is refused, when it is chosen and when it is submitted', async () => {
    world.directory.organizations.set('admin@once.example', [organization({ organizationId: 'org-once' })]);
    const choice = { adminEmail: 'admin@once.example', organizationId: 'org-once' };
    const first = await world.readyDraft(choice);
    const second = await world.readyDraft(choice);
    const { customer } = await submitted(first);
    const before = await world.census();
    const outcome = await submit(second);
    expect(told(outcome)).toEqual(['DRAFT_INCOMPLETE organizationId']);
    const third = { draftId: await world.startDraft(choice.adminEmail), organizationId: 'org-once' };
    expect(told(await chooseCustomerOrganization(world.context, world.viewer, third))).toEqual([
      'ORGANIZATION_ALREADY_WHOLESALE organizationId',
    ]);
    expect(await world.census()).toEqual(before);
    // An attempt that failed holds nothing.
    await world.database.customer.update({ where: { id: customer.id }, data: { status: 'ERROR' } });
    accepted(await submit(second));
  });
});

describe('a submit that is refused', () => {
  async function refusal(draftId: string, expectedVersion?: number): Promise<string[]> {
    const before = { draft: await world.loadDraft(draftId), census: await world.census() };
    const outcome = await submit(draftId, expectedVersion);
    expect({ draft: await world.loadDraft(draftId), census: await world.census() }).toEqual(before);
    expect(outcome.value).toMatchObject({ draftId });
    return told(outcome);
  }

  it('names every step that nobody has saved', async () => {
    expect(await refusal(await world.startDraft())).toEqual([
      'DRAFT_INCOMPLETE',
      'DRAFT_INCOMPLETE',
      'DRAFT_INCOMPLETE',
    ]);
  });

  it('names the issue of a step that is not right any more', async () => {
    const { id: templateId } = await world.addTemplate(world.viewer);
    const draftId = await world.readyDraft({ information: { templateId } });
    accepted(await archiveTemplate(world.context, world.viewer, { templateId }));
    expect(await refusal(draftId)).toEqual(['DRAFT_INCOMPLETE templateId']);
  });

  it('says to wait or link where the template has no provisioning ID yet', async () => {
    const { id: templateId } = await world.addTemplate(world.viewer, {
      status: 'AWAITING_PROVISIONING_ID',
      provisioningId: null,
    });
    const draftId = await world.readyDraft({ information: { templateId } });
    expect(await refusal(draftId)).toEqual(['DRAFT_INCOMPLETE draftId']);
    expect((await submit(draftId)).problems[0]?.message).toContain('linkProvisioningId');
    await world.database.onboardingTemplate.update({
      where: { id: templateId },
      data: { status: 'ACTIVE', provisioningId: 'prov-late' },
    });
    accepted(await submit(draftId));
  });

  it('on an old version, on an expired draft and on a discarded one', async () => {
    const draftId = await world.readyDraft();
    expect(await refusal(draftId, 3)).toEqual(['VERSION_CONFLICT expectedVersion']);
    world.moveClock(world.context.draftLifetimeMs);
    expect(await refusal(draftId)).toEqual(['DRAFT_EXPIRED draftId']);
    await world.database.customerDraft.update({ where: { id: draftId }, data: { status: 'DISCARDED' } });
    expect(await refusal(draftId)).toEqual(['DRAFT_CLOSED draftId']);
  });

  it('by a stranger knows no draft', async () => {
    const stranger = await world.addPartner('stranger');
    const draftId = await world.readyDraft();
    const outcome = await submitCustomerDraft(world.context, stranger, { draftId });
    expect(told(outcome)).toEqual(['NOT_FOUND draftId']);
    expect(outcome.value).toBeNull();
  });

  it('the second time tells what the first one made', async () => {
    const draftId = await world.readyDraft();
    const first = accepted(await submit(draftId));
    const second = await submit(draftId);
    expect(told(second)).toEqual(['DRAFT_CLOSED draftId']);
    expect(second.value).toEqual(first);
  });
});

describe('at the same time', () => {
  it('one of two submits of a draft makes one customer', async () => {
    const draftId = await world.readyDraft();
    const before = await world.census();
    const outcomes = await Promise.all([submit(draftId), submit(draftId)]);
    expect(outcomes.map(told).sort()).toEqual([[], ['DRAFT_CLOSED draftId']]);
    expect((await world.census()).customers).toBe(before.customers + 1);
  });

  it('one of many drafts gets an external id, the others are told that it is taken', async () => {
    const drafts = [];
    for (let index = 0; index < 4; index++) {
      const { id: templateId } = await world.addTemplate(world.viewer);
      drafts.push(await world.readyDraft({ information: { externalId: 'crm-race', templateId } }));
    }
    const outcomes = await Promise.all(drafts.map((draftId) => submit(draftId)));
    const taken = ['EXTERNAL_ID_TAKEN externalId'];
    expect(outcomes.map(told).sort()).toEqual([[], taken, taken, taken]);
    expect(await world.database.customer.count({ where: { externalId: 'crm-race' } })).toBe(1);
  });

  it('a save and a submit follow each other, in whichever order', async () => {
    const draftId = await world.readyDraft();
    const packages = [{ package: 'WEBEX_VOICE' } as const];
    const [saved, sent] = await Promise.all([
      saveCustomerPackages(world.context, world.viewer, { draftId, packages }),
      submit(draftId),
    ]);
    const { customerId } = accepted(sent);
    const stored = (await world.loadCustomer(customerId ?? '')).packages.map(({ code }) => code);
    expect([told(saved), stored]).toEqual(
      saved.problems.length === 0 ? [[], ['WEBEX_VOICE']] : [['DRAFT_CLOSED draftId'], ['WEBEX_CALLING']],
    );
  });

  it('a template that is archived meanwhile has either no customer or a customer', async () => {
    const { id: templateId } = await world.addTemplate(world.viewer);
    const draftId = await world.readyDraft({ information: { templateId } });
    const [sent, archived] = await Promise.all([
      submit(draftId),
      archiveTemplate(world.context, world.viewer, { templateId }),
    ]);
    expect([told(sent), told(archived)]).toEqual(
      sent.problems.length === 0 ? [[], ['TEMPLATE_IN_USE templateId']] : [['DRAFT_INCOMPLETE templateId'], []],
    );
  });
});

it('what was saved and then submitted is what the review showed: an edit in between counts', async () => {
  const draftId = await world.readyDraft();
  const edit = world.information(draftId, { companyName: 'Renamed' });
  accepted(await saveCustomerInformation(world.context, world.viewer, edit));
  expect((await submitted(draftId)).customer.companyName).toBe('Renamed');
});
