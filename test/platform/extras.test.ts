// What the two platforms differ in: the real Webex refuses in words, the sandbox answers.

import { describe, expect, it } from 'vitest';
import { adapter, failureOf } from './support/adapter.ts';
import { templateRegistration } from './support/requests.ts';

describe('on the real Webex', () => {
  it('the facts say what it does not do, and the rest refuses in words', async () => {
    const { platform, acme, server } = await adapter(() => ({}));
    expect(platform.facts).toEqual({
      kind: 'WEBEX',
      issuesProvisioningIds: false,
      assessesAttach: false,
      carriesConsentAnswers: false,
    });
    expect(await acme.findOrganizations('a@b.example')).toEqual([]);
    expect(await acme.listMails(null)).toEqual([]);
    for (const call of [
      acme.registerTemplate(templateRegistration),
      acme.requestAttachConsent({ consentId: 'k', organizationId: 'o', reasons: [] }),
      acme.getAttachConsent('k'),
      acme.withdrawAttachConsent('k'),
      acme.resendAttachConsent('k'),
      acme.answerConsent('t', 'APPROVE'),
    ]) {
      expect(await failureOf(call)).toMatchObject({ kind: 'rejected', status: null });
    }
    expect(server.requests).toEqual([]);
  });

  it('A6: who has to be made external administrator afterwards is told, where the attach is not done by itself', async () => {
    const { acme } = await adapter(() => ({}));
    const refused = acme.requestAttachConsent({ consentId: 'k', organizationId: 'o', reasons: [] });
    expect((await failureOf(refused)).message).toMatch(/in Webex itself, by the organisation's administrator/);
  });

  it('an organisation has a name and nothing else; a foreign one is absent', async () => {
    const { acme, server } = await adapter(() => ({ body: { id: 'org-1', displayName: 'Acme, Inc.', created: 'x' } }));
    expect(await acme.getOrganization('org-1')).toMatchObject({
      name: 'Acme, Inc.',
      isSuggested: false,
      userCount: null,
      licenseState: null,
    });
    for (const status of [403, 404]) {
      server.script = () => ({ status, body: { message: 'no' } });
      expect(await acme.getOrganization('org-1')).toBeNull();
    }
    server.script = () => ({ status: 401, body: { message: 'no' } });
    expect(await failureOf(acme.getOrganization('org-1'))).toMatchObject({ kind: 'busy', status: 401 });
  });
});

describe('on the sandbox', () => {
  const organization = {
    organizationId: 'org-1',
    name: 'Smallco',
    isSuggested: false,
    userCount: 12,
    hasVerifiedDomain: false,
    hasClaimedDomain: false,
    isTrial: false,
    isManagedByWholesalePartner: false,
    isPartnerOwnOrganization: false,
    isWholesaleCustomer: false,
    hasBasicBranding: false,
    licenseState: 'ACTIVE',
  };
  const pending = { consentId: 'k1', status: 'PENDING', sentTo: ['admin@hundred.example'], decidedAt: null };

  it('templates get a provisioning ID', async () => {
    const { platform, acme, server } = await adapter(() => ({ body: { provisioningId: 'prov-9' } }), {
      isSandbox: true,
    });
    expect(platform.facts).toEqual({
      kind: 'SANDBOX',
      issuesProvisioningIds: true,
      assessesAttach: true,
      carriesConsentAnswers: true,
    });
    expect(await acme.registerTemplate(templateRegistration)).toEqual({ provisioningId: 'prov-9' });
    expect(server.requests[0]?.path).toBe('/sandbox/templates');
    expect(server.requests[0]?.body).toEqual({
      templateId: 't1',
      name: 'Standard',
      country: 'US',
      subscriptionNumber: 'Sub1',
      authenticationMethod: 'WEBEX',
      identityProvider: null,
      pstnProviderId: null,
      restrictAdminInviteEmails: false,
      brandName: null,
      disableCallOnWebex: false,
    });
  });

  it('organisations are found, the suggested one first, and read', async () => {
    const items = [organization, { ...organization, organizationId: 'org-2', isSuggested: true }];
    const { acme, server } = await adapter(
      ({ path }) => ({ body: path.endsWith('/org-1') ? organization : { items } }),
      { isSandbox: true },
    );
    expect((await acme.findOrganizations('a+b@several.example')).map(({ organizationId }) => organizationId)).toEqual([
      'org-2',
      'org-1',
    ]);
    expect(server.requests[0]).toMatchObject({
      path: '/sandbox/organizations',
      query: { adminEmail: 'a+b@several.example' },
    });
    expect(await acme.getOrganization('org-1')).toEqual(organization);
    server.script = () => ({ status: 404, body: { message: 'unknown' } });
    expect(await acme.getOrganization('org-1')).toBeNull();
  });

  it('consent is asked, read and asked again', async () => {
    const { acme, server } = await adapter(
      ({ path }) => (path.endsWith('/resend') ? { status: 204 } : { body: pending }),
      { isSandbox: true },
    );
    const request = { consentId: 'k1', organizationId: 'org-1', reasons: ['VERIFIED_DOMAIN'] };
    expect(await acme.requestAttachConsent(request)).toEqual(pending);
    server.script = () => ({ body: { ...pending, status: 'APPROVED', decidedAt: '2026-01-02T03:04:05.678Z' } });
    expect(await acme.getAttachConsent('k1')).toMatchObject({
      status: 'APPROVED',
      decidedAt: new Date('2026-01-02T03:04:05.678Z'),
    });
    server.script = () => ({ status: 204 });
    await acme.resendAttachConsent('k1');
    server.script = () => ({ body: { ...pending, status: 'WITHDRAWN' } });
    expect(await acme.withdrawAttachConsent('k1')).toMatchObject({ status: 'WITHDRAWN' });
    server.script = () => ({ status: 404, body: {} });
    expect(await acme.getAttachConsent('k2')).toBeNull();
    expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /sandbox/consents',
      'GET /sandbox/consents/k1',
      'POST /sandbox/consents/k1/resend',
      'POST /sandbox/consents/k1/withdraw',
      'GET /sandbox/consents/k2',
    ]);
    expect(server.requests[0]?.body).toEqual(request);
  });

  it('answers to consent mails end in one of four ways, or fail', async () => {
    const { acme, server } = await adapter(() => ({ body: { kind: 'ATTACH', consentId: 'k1' } }), { isSandbox: true });
    expect(await acme.answerConsent('tok', 'APPROVE')).toEqual({ kind: 'ATTACH', consentId: 'k1' });
    expect(server.requests[0]).toMatchObject({
      path: '/sandbox/consent-answers',
      body: { token: 'tok', decision: 'APPROVE' },
    });
    server.script = () => ({ body: { kind: 'USER', subscriberId: 's1' } });
    expect(await acme.answerConsent('tok', 'DECLINE')).toEqual({ kind: 'USER', userPlatformId: 's1' });
    server.script = () => ({ status: 404, body: {} });
    expect(await acme.answerConsent('tok', 'APPROVE')).toEqual({ kind: 'INVALID_TOKEN' });
    server.script = () => ({ status: 409, body: {} });
    expect(await acme.answerConsent('tok', 'APPROVE')).toEqual({ kind: 'CLOSED' });
    server.script = () => ({ status: 500 });
    expect(await failureOf(acme.answerConsent('tok', 'APPROVE'))).toMatchObject({ kind: 'unknown' });
  });

  it('the mailbox is read newest first, for all or for one', async () => {
    const mail = { to: 'a@b.example', subject: 's', body: 'b', consentToken: null };
    const items = [
      { ...mail, sentAt: '2026-01-01T00:00:00Z' },
      { ...mail, consentToken: 'tok', sentAt: '2026-01-02T00:00:00.5+01:00' },
    ];
    const { acme, server } = await adapter(() => ({ body: { items } }), { isSandbox: true });
    expect((await acme.listMails(null)).map(({ consentToken }) => consentToken)).toEqual(['tok', null]);
    await acme.listMails('a@b.example');
    expect(server.requests.map(({ query }) => query)).toEqual([{}, { to: 'a@b.example' }]);
  });
});
