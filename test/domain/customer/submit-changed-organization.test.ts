// Submitting a draft for an organisation that has changed since the wizard was opened: what is told at the submit counts.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chooseCustomerOrganization } from '../../../src/domain/customer/save-steps.ts';
import { submitCustomerDraft } from '../../../src/domain/customer/submit-draft.ts';
import { parseCandidates } from '../../../src/domain/customer/stored-values.ts';
import type { OrganizationFacts } from '../../../src/domain/directory.ts';
import { organization } from './support/organizations.ts';
import { accepted, openWorld, told } from './support/world.ts';
import type { World } from './support/world.ts';

const adminEmail = 'admin@smallco.example';
const organizationId = 'org-smallco';

let world: World;
let draftId: string;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(async () => {
  world.directory.failure = null;
  world.directory.assessesAttach = true;
  become();
  draftId = await world.readyDraft({ adminEmail, organizationId });
});
afterAll(async () => {
  await world.close();
});

function become(facts: Partial<OrganizationFacts> = {}): void {
  world.directory.organizations.set(adminEmail, [organization({ isSuggested: true, ...facts })]);
}

const submit = () => submitCustomerDraft(world.context, world.viewer, { draftId });

async function refusal(): Promise<string[]> {
  const before = { draft: await world.loadDraft(draftId), census: await world.census() };
  const outcome = await submit();
  expect({ draft: await world.loadDraft(draftId), census: await world.census() }).toEqual(before);
  return outcome.problems.map(({ code, path, message }) => `${code} ${path.join('.')}: ${message}`);
}

describe('is refused', () => {
  it.each([
    ['a trial', { isTrial: true }, /^DRAFT_INCOMPLETE organizationId: .*trial/],
    ['a wholesale customer', { isWholesaleCustomer: true }, /^DRAFT_INCOMPLETE organizationId: .*already/],
  ])('when the organisation has become %s', async (_, facts, expected) => {
    become(facts);
    expect(await refusal()).toEqual([expect.stringMatching(expected)]);
  });

  it('when the organisation is there no more', async () => {
    world.directory.organizations.set(adminEmail, []);
    expect(await refusal()).toEqual([expect.stringMatching(/^DRAFT_INCOMPLETE organizationId: .*not exist any more/)]);
  });

  it('when consent is needed now and the template keeps the mail back that would ask for it', async () => {
    const { id: templateId } = await world.addTemplate(world.viewer, { restrictAdminInviteEmails: true });
    draftId = await world.readyDraft({ adminEmail, organizationId, information: { templateId } });
    become({ hasVerifiedDomain: true });
    expect(await refusal()).toEqual([expect.stringMatching(/^DRAFT_INCOMPLETE templateId: .*consent/)]);
  });

  it('when nobody can tell, and is accepted as soon as somebody can', async () => {
    world.directory.failure = new Error('the platform is away');
    expect(await refusal()).toEqual([expect.stringMatching(/^PLATFORM_UNAVAILABLE organizationId: /)]);
    world.directory.failure = null;
    const { customerId } = accepted(await submit());
    await world.database.customer.update({ where: { id: customerId ?? '' }, data: { status: 'DELETED' } });
  });
});

describe('is accepted', () => {
  async function submitted() {
    const { customerId } = accepted(await submit());
    const customer = await world.loadCustomer(customerId ?? '');
    await world.database.customer.update({ where: { id: customer.id }, data: { status: 'DELETED' } });
    return customer;
  }

  it('with the consent that has become necessary, and the draft shows it', async () => {
    become({ userCount: 100 });
    expect(await submitted()).toMatchObject({
      status: 'AWAITING_CONSENT',
      attachConsents: [{ status: 'PENDING', reasons: ['HUNDRED_OR_MORE_USERS'] }],
    });
    const draft = await world.loadDraft(draftId);
    expect(parseCandidates(draft.organizationCandidates)).toMatchObject([{ userCount: 100, isSuggested: true }]);
    expect(draft.warnings).toContainEqual(expect.objectContaining({ code: 'CONSENT_WILL_BE_REQUIRED' }));
  });

  it('without the consent that is not needed any more', async () => {
    become({ hasVerifiedDomain: true });
    draftId = await world.readyDraft({ adminEmail, organizationId });
    become({ licenseState: 'NONE' });
    expect(await submitted()).toMatchObject({
      status: 'PROVISIONING',
      partnerAccess: 'FULL_ADMIN',
      attachConsents: [],
    });
  });

  it('on what the draft knows where the platform does not show every organisation', async () => {
    world.directory.assessesAttach = false;
    world.directory.organizations.set(adminEmail, []);
    expect(await submitted()).toMatchObject({ status: 'PROVISIONING', companyName: 'Smallco' });
  });

  it('without a question where a new organisation is meant, or nothing can be submitted', async () => {
    const count = () => world.directory.asked.filter((question) => question.includes(' get ')).length;
    const before = count();
    draftId = await world.readyDraft();
    accepted(await submit());
    expect(told(await submit())).toEqual(['DRAFT_CLOSED draftId']);
    draftId = await world.readyDraft({ adminEmail, organizationId });
    accepted(await chooseCustomerOrganization(world.context, world.viewer, { draftId }));
    accepted(await submit());
    expect(count()).toBe(before);
  });
});

it('judges the organisation that is chosen when the draft is submitted, also if it was another while the platform was asked', async () => {
  const other = organization({ organizationId: 'org-other', name: 'Other' });
  world.directory.organizations.set(adminEmail, [organization(), other]);
  draftId = await world.readyDraft({ adminEmail, organizationId });
  world.directory.organizations.set(adminEmail, [organization({ isTrial: true }), other]);
  world.directory.beforeAnswer = async () => {
    world.directory.beforeAnswer = null;
    const choice = { draftId, organizationId: 'org-other' };
    accepted(await chooseCustomerOrganization(world.context, world.viewer, choice));
  };
  const { customerId } = accepted(await submit());
  expect(await world.loadCustomer(customerId ?? '')).toMatchObject({ organizationId: 'org-other' });
});
