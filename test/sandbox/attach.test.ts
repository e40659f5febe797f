// The table "Existing organisations", row by row, and the consent that some of them need.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { codesOf, errorForm, factsForm, list, mailForm, openWorld } from './support/world.ts';
import type { World } from './support/world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const customers = '/wholesale/customers';
const consentForm = z.object({
  consentId: z.string(),
  status: z.string(),
  sentTo: z.array(z.string()),
  decidedAt: z.string().nullable(),
});

async function candidates(adminEmail: string) {
  return (await world.acme.get(`/sandbox/organizations?adminEmail=${adminEmail}`, list(factsForm))).items;
}

async function candidate(adminEmail: string) {
  const [found] = await candidates(adminEmail);
  return factsForm.parse(found);
}

async function attach(orgId: string, name?: string) {
  const id = await world.createCustomer({
    orgId,
    packages: ['webex_calling'],
    ...(name === undefined ? {} : { name }),
  });
  return world.customer(id);
}

async function tokenTo(to: string): Promise<string | null> {
  return (await world.acme.get(`/sandbox/mails?to=${to}`, list(mailForm))).items[0]?.consentToken ?? null;
}

describe('existing organisations', () => {
  it.each([
    ['smallco', 'Smallco', { userCount: 12, licenseState: 'ACTIVE' }],
    ['nolicence', 'Nolicence', { userCount: 8, licenseState: 'NONE' }],
    ['lapsed', 'Lapsed', { userCount: 20, licenseState: 'ONLY_SUSPENDED_OR_CANCELLED' }],
    ['ninetynine', 'Ninetynine', { userCount: 99 }],
    ['managed', 'Managed', { userCount: 500, hasVerifiedDomain: true, isManagedByWholesalePartner: true }],
    ['own', 'Acme Telecom', { isPartnerOwnOrganization: true }],
    ['branded', 'Branded', { hasBasicBranding: true }],
  ])('%s is found and attached without asking anybody', async (slug, name, facts) => {
    const found = await candidate(`admin@${slug}.example`);
    expect(found).toMatchObject({ name, isSuggested: true, isTrial: false, isWholesaleCustomer: false, ...facts });
    const customer = await attach(found.organizationId, 'Another Name');
    expect(customer).toMatchObject({ status: 'provisioned', orgId: found.organizationId });
    const organization = await world.acme.expect(200, 'GET', `/organizations/${found.organizationId}`);
    expect(organization.body).toMatchObject({ displayName: name });
    const after = await world.acme.get(`/sandbox/organizations/${found.organizationId}`, factsForm);
    expect(after).toMatchObject({ ...facts, isWholesaleCustomer: true, isManagedByWholesalePartner: true });
    expect(await tokenTo(`admin@${slug}.example`)).toBeNull();
  });

  it.each([
    ['hundred', { userCount: 100, hasVerifiedDomain: false }],
    ['verified', { userCount: 5, hasVerifiedDomain: true, hasClaimedDomain: false }],
    ['claimed', { userCount: 5, hasVerifiedDomain: true, hasClaimedDomain: true }],
  ])(
    '%s needs consent: the attach is accepted, then fails until an administrator has approved',
    async (slug, facts) => {
      const admin = `admin@${slug}.example`;
      const found = await candidate(admin);
      expect(found).toMatchObject(facts);
      const refused = await attach(found.organizationId);
      expect(refused).toMatchObject({ status: 'error', errors: [{ errorCode: 90101 }] });
      expect(refused.orgId).toBeUndefined();
      expect(await candidate(admin)).toMatchObject({ isWholesaleCustomer: false });
      // A failed attempt holds nothing: the same organisation may be asked for again.
      const refusedToo = await attach(found.organizationId);
      expect(refusedToo.status).toBe('error');

      const consentId = `consent-${slug}`;
      const request = { consentId, organizationId: found.organizationId, reasons: [] };
      await world.acme.expect(200, 'POST', '/sandbox/consents', request);
      const answer = { token: await tokenTo(admin), decision: 'APPROVE' };
      const answered = await world.acme.expect(200, 'POST', '/sandbox/consent-answers', answer);
      expect(answered.body).toEqual({ kind: 'ATTACH', consentId });

      const retry = { packages: ['webex_calling'] };
      await world.acme.expect(202, 'PUT', `${customers}/${refused.id}`, retry);
      expect(await world.customer(refused.id)).toMatchObject({ status: 'provisioned', orgId: found.organizationId });
      expect(codesOf(await world.acme.expect(409, 'PUT', `${customers}/${refusedToo.id}`, retry))).toEqual([90015]);
    },
  );

  it('a trial organisation is refused', async () => {
    const { organizationId, isTrial } = await candidate('admin@trial.example');
    expect(isTrial).toBe(true);
    const body = await world.creation({ orgId: organizationId });
    expect(codesOf(await world.acme.expect(400, 'POST', customers, body))).toEqual([90016]);
    expect(codesOf(await world.acme.expect(400, 'POST', `${customers}/validate`, body))).toEqual([90016]);
  });

  it('a wholesale customer is refused, whoever made it one', async () => {
    const { organizationId, isWholesaleCustomer } = await candidate('admin@already.example');
    expect(isWholesaleCustomer).toBe(true);
    const refused = await world.acme.expect(409, 'POST', customers, await world.creation({ orgId: organizationId }));
    expect(codesOf(refused)).toEqual([90015]);
    const { orgId } = await world.customer(await world.createCustomer({ name: 'New One' }));
    const again = await world.creation(orgId === undefined ? {} : { orgId });
    expect(codesOf(await world.acme.expect(409, 'POST', customers, again))).toEqual([90015]);
  });

  it('an administrator of several is offered all of them, the suggested one first', async () => {
    const found = await candidates('admin@several.example');
    expect(found.map(({ name, isSuggested }) => [name, isSuggested])).toEqual([
      ['Several Two', true],
      ['Several One', false],
      ['Several Three', false],
    ]);
    for (const { organizationId } of found)
      expect(await attach(organizationId)).toMatchObject({ status: 'provisioned' });
  });

  it('nobody else administers an organisation, not even of a customer made here', async () => {
    expect(await candidates('nobody@nowhere.example')).toEqual([]);
    await world.createCustomer();
    expect(await candidates('owner@corner.example')).toEqual([]);
    await world.acme.expect(400, 'GET', '/sandbox/organizations');
    expect(await world.nordic.get('/sandbox/organizations?adminEmail=admin@smallco.example', list(factsForm))).toEqual({
      items: [],
    });
  });

  it('an organisation is shown by the public API once the partner manages it, not before', async () => {
    const { organizationId } = await candidate('admin@trial.example');
    await world.acme.expect(404, 'GET', `/organizations/${organizationId}`);
    await world.acme.expect(404, 'POST', `/locations?orgId=${organizationId}`, {
      name: 'Branch',
      timeZone: 'America/Chicago',
      preferredLanguage: 'en_us',
      announcementLanguage: 'en_us',
      address: { address1: 'a', city: 'b', state: 'IL', postalCode: '1', country: 'US' },
    });
    await world.acme.expect(404, 'POST', customers, await world.creation({ orgId: 'unknown' }));
  });
});

describe('consent to an attach', () => {
  it('is asked of the administrator and at most five others, once per consent, and again on demand with the same token', async () => {
    const { organizationId } = await candidate('admin@hundred.example');
    const request = { consentId: 'fan-out', organizationId, reasons: ['HUNDRED_OR_MORE_USERS'] };
    const asked = consentForm.parse((await world.acme.expect(200, 'POST', '/sandbox/consents', request)).body);
    expect(asked).toMatchObject({ consentId: 'fan-out', status: 'PENDING', decidedAt: null });
    expect(asked.sentTo).toEqual(['admin@hundred.example', ...[2, 3, 4, 5, 6].map((n) => `admin${n}@hundred.example`)]);
    const mailsTo = async (to: string) => (await world.acme.get(`/sandbox/mails?to=${to}`, list(mailForm))).items;
    const before = await mailsTo('admin6@hundred.example');
    expect(before[0]?.body).toContain('HUNDRED_OR_MORE_USERS');
    expect(await mailsTo('admin7@hundred.example')).toEqual([]);

    await world.acme.expect(200, 'POST', '/sandbox/consents', request);
    expect(await mailsTo('admin6@hundred.example')).toHaveLength(before.length);
    await world.acme.expect(204, 'POST', '/sandbox/consents/fan-out/resend');
    const after = await mailsTo('admin6@hundred.example');
    expect(after).toHaveLength(before.length + 1);
    expect(after[0]?.consentToken).toBe(before[0]?.consentToken);

    const decline = { token: before[0]?.consentToken, decision: 'DECLINE' };
    expect(
      errorForm.parse((await world.nordic.expect(404, 'POST', '/sandbox/consent-answers', decline)).body).errors[0]
        ?.errorCode,
    ).toBe(90040);
    await world.acme.expect(200, 'POST', '/sandbox/consent-answers', decline);
    const declined = await world.acme.get('/sandbox/consents/fan-out', consentForm);
    expect(declined.status).toBe('DECLINED');
    expect(declined.decidedAt).not.toBeNull();
    expect(codesOf(await world.acme.expect(409, 'POST', '/sandbox/consent-answers', decline))).toEqual([90041]);
    await world.acme.expect(409, 'POST', '/sandbox/consents/fan-out/resend');
  });

  it('is unknown to others and needs an organisation that exists', async () => {
    await world.nordic.expect(404, 'GET', '/sandbox/consents/fan-out');
    await world.acme.expect(404, 'POST', '/sandbox/consents/unknown/resend');
    await world.acme.expect(404, 'POST', '/sandbox/consents', {
      consentId: 'x',
      organizationId: 'unknown',
      reasons: [],
    });
    const unknown = await world.acme.expect(404, 'POST', '/sandbox/consent-answers', {
      token: 'unknown',
      decision: 'APPROVE',
    });
    expect(codesOf(unknown)).toEqual([90040]);
  });
});
