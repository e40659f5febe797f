// Attaching to the organisations of the sandbox: by itself, after a person agreed, or not at all.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { provisionCustomer } from '../../src/domain/customer/provision-customer.ts';
import { resendAttachConsent } from '../../src/domain/customer/resend-consent.ts';
import { respondToAttachConsent } from '../../src/domain/customer/respond-to-consent.ts';
import { cancelOperation } from '../../src/domain/operation/cancel-operation.ts';
import { openWorkbench } from '../support/workbench.ts';
import { waitFor } from '../support/wait-for.ts';
import type { Workbench } from '../support/workbench.ts';
import { accepted, customersOf, told } from './support/customers.ts';
import type { Customers } from './support/customers.ts';

let bench: Workbench;
let customers: Customers;
beforeAll(async () => {
  bench = await openWorkbench();
  customers = await customersOf(bench);
});
afterAll(async () => {
  await bench.close();
});

async function organizationOf(adminEmail: string): Promise<string> {
  const [organization] = await bench.context.directory.findOrganizations('acme', adminEmail);
  return organization?.organizationId ?? '';
}

async function attach(adminEmail: string) {
  return customers.provision({
    organizationId: await organizationOf(adminEmail),
    customerInformation: { companyName: 'As typed', adminEmail },
  });
}

async function untilAsked(operationId: string, adminEmail: string): Promise<string> {
  await bench.waitForNextAction(operationId, 'OBTAIN_ADMIN_CONSENT');
  const [mail] = await bench.sandbox.mails(adminEmail);
  return mail?.consentToken ?? '';
}

async function isNextLookFarOff(operationId: string): Promise<boolean> {
  const jobs = await bench.database.$queryRaw<unknown[]>`
    SELECT 1 FROM pgboss.job WHERE "data"->>'operationId' = ${operationId} AND "start_after" > now() + interval '100 seconds'`;
  return jobs.length > 0;
}

async function consentAtPlatform(customerId: string) {
  const { id } = await bench.database.attachConsent.findFirstOrThrow({ where: { customerId } });
  return bench.platform.forPartner({ slug: 'acme' }).getAttachConsent(id);
}

const respond = (token: string, decision: 'APPROVE' | 'DECLINE') =>
  respondToAttachConsent(bench.context, customers.viewer, { token, decision });

describe('attaching', () => {
  it('A2, A3, A8, A10, A11: goes by itself where nobody has to be asked, and leaves the organisation as it was', async () => {
    const { customerId, operationId } = await attach('admin@smallco.example');
    const operation = await bench.ended(operationId);
    expect(operation.status).toBe('SUCCEEDED');
    expect(operation.steps.map(({ kind, status }) => [kind, status])).toEqual([
      ['ATTACH_SUBSCRIPTION', 'SUCCEEDED'],
      ['PROVISION_PACKAGES', 'SUCCEEDED'],
    ]);
    expect(await customers.load(customerId)).toMatchObject({
      status: 'PROVISIONED',
      origin: 'ATTACHED',
      companyName: 'Smallco',
      organizationId: await organizationOf('admin@smallco.example'),
      partnerAccess: 'PROVISIONING_ADMIN',
      restrictedByPartnerMode: false,
      keepsOwnAuthentication: true,
      isPartnerOwnOrganization: false,
      brandingSource: 'PARTNER_ADVANCED',
      attachConsents: [],
      packages: [{ status: 'PROVISIONED' }],
      locations: [{ status: 'PROVISIONED' }],
    });
    expect(await bench.sandbox.mails('admin@smallco.example')).toEqual([]);
  });

  it.each([
    ['admin@nolicence.example', { partnerAccess: 'FULL_ADMIN' }],
    ['admin@lapsed.example', { partnerAccess: 'FULL_ADMIN' }],
    ['admin@managed.example', { status: 'PROVISIONED' }],
    ['admin@own.example', { isPartnerOwnOrganization: true }],
    ['admin@branded.example', { brandingSource: 'PARTNER_ADVANCED' }],
  ])('%s is attached by itself', async (adminEmail, effects) => {
    const { customerId, operationId } = await attach(adminEmail);
    expect((await bench.ended(operationId)).status).toBe('SUCCEEDED');
    expect(await customers.load(customerId)).toMatchObject({ status: 'PROVISIONED', ...effects });
  });

  it('A1, A3, A4: waits for the consent that is needed and goes on as soon as it is given', async () => {
    const adminEmail = 'admin@hundred.example';
    const { customerId, operationId } = await attach(adminEmail);
    const token = await untilAsked(operationId, adminEmail);
    const asked = await customers.load(customerId);
    expect(asked).toMatchObject({
      status: 'AWAITING_CONSENT',
      attachConsents: [{ status: 'PENDING', reasons: ['HUNDRED_OR_MORE_USERS'] }],
    });
    const consentId = asked.attachConsents[0]?.id;

    expect(accepted(await resendAttachConsent(bench.context, customers.viewer, { customerId }))).toEqual({ consentId });
    expect(await bench.sandbox.mails(adminEmail)).toHaveLength(2);

    const foreign = await bench.viewer('nordic');
    const stolen = await respondToAttachConsent(bench.context, foreign, { token, decision: 'APPROVE' });
    expect(told(stolen)).toEqual(['CONSENT_TOKEN_INVALID token']);

    // After hours of waiting the platform is looked at rarely: without a nudge the answer would lie there for minutes.
    bench.turnClock(2 * 3_600_000);
    await waitFor(() => isNextLookFarOff(operationId));
    expect(accepted(await respond(token, 'APPROVE'))).toEqual({ consentId });
    expect((await bench.ended(operationId)).status).toBe('SUCCEEDED');
    expect(await customers.load(customerId)).toMatchObject({
      status: 'PROVISIONED',
      companyName: 'Hundred',
      partnerAccess: 'FULL_ADMIN',
      attachConsents: [{ status: 'APPROVED' }],
    });
    expect(told(await respond(token, 'DECLINE'))).toEqual(['CONSENT_CLOSED token']);
    expect(told(await resendAttachConsent(bench.context, customers.viewer, { customerId }))).toEqual([
      'CONSENT_CLOSED customerId',
    ]);
  });

  it('ends in an error where the administrator declines', async () => {
    const adminEmail = 'admin@verified.example';
    const { customerId, operationId } = await attach(adminEmail);
    accepted(await respond(await untilAsked(operationId, adminEmail), 'DECLINE'));
    const operation = await bench.ended(operationId);
    expect(operation.steps.map(({ status }) => status)).toEqual(['FAILED', 'SKIPPED', 'SKIPPED']);
    expect(await customers.load(customerId)).toMatchObject({
      status: 'ERROR',
      errors: [{ code: 'CONSENT_DECLINED' }],
      attachConsents: [{ status: 'DECLINED' }],
      packages: [{ status: 'ERROR' }],
    });
  });

  it('ends in an error where nobody answers in time, and takes no answer any more', async () => {
    const adminEmail = 'admin@claimed.example';
    const { customerId, operationId } = await attach(adminEmail);
    const token = await untilAsked(operationId, adminEmail);
    bench.turnClock(31 * 24 * 3_600_000);
    expect((await bench.ended(operationId)).status).toBe('FAILED');
    expect(await customers.load(customerId)).toMatchObject({
      status: 'ERROR',
      errors: [{ code: 'CONSENT_EXPIRED' }],
      attachConsents: [{ status: 'EXPIRED', reasons: ['VERIFIED_DOMAIN', 'CLAIMED_DOMAIN'] }],
    });
    expect(told(await respond(token, 'APPROVE'))).toEqual(['CONSENT_CLOSED token']);
  });

  it('has the platform record no approval that comes after the request has expired here', async () => {
    const adminEmail = 'admin@claimed.example';
    const { customerId, operationId } = await attach(adminEmail);
    const token = await untilAsked(operationId, adminEmail);
    bench.turnClock(31 * 24 * 3_600_000);
    expect((await bench.ended(operationId)).status).toBe('FAILED');
    await expect(bench.sandbox.answer(token, 'APPROVE')).rejects.toThrow('409');
    expect(await consentAtPlatform(customerId)).toMatchObject({ status: 'WITHDRAWN' });
  });

  it('takes an approval that reached the platform before the expiry was noticed here', async () => {
    const adminEmail = 'admin@claimed.example';
    const { customerId, operationId } = await attach(adminEmail);
    const token = await untilAsked(operationId, adminEmail);
    await bench.sandbox.setFaults([{ method: 'GET', path: '/sandbox/consents', kind: 'unavailable' }]);
    bench.turnClock(31 * 24 * 3_600_000);
    await bench.waitForNextAction(operationId, 'RETRY_LATER');
    await bench.sandbox.answer(token, 'APPROVE');
    await bench.sandbox.setFaults([]);
    expect((await bench.ended(operationId)).status).toBe('SUCCEEDED');
    expect(await customers.load(customerId)).toMatchObject({
      status: 'PROVISIONED',
      attachConsents: [{ status: 'APPROVED' }],
    });
  });

  it('has the platform record no approval that comes after the attach was called off here', async () => {
    const adminEmail = 'admin@verified.example';
    const { customerId, operationId } = await attach(adminEmail);
    const token = await untilAsked(operationId, adminEmail);
    accepted(await cancelOperation(bench.context, customers.viewer, { operationId }));
    expect(told(await respond(token, 'APPROVE'))).toEqual(['CONSENT_CLOSED token']);
    expect(await consentAtPlatform(customerId)).toMatchObject({ status: 'WITHDRAWN' });
  });

  it.each([
    ['A13: admin@trial.example', 'TRIAL_ORGANIZATION organizationId'],
    ['admin@already.example', 'ORGANIZATION_ALREADY_WHOLESALE organizationId'],
  ])('%s cannot be attached', async (name, expected) => {
    const organizationId = await organizationOf(name.replace('A13: ', ''));
    const outcome = await provisionCustomer(bench.context, customers.viewer, customers.request({ organizationId }));
    expect(told(outcome)).toEqual([expected]);
  });
});

describe('answering a consent mail', () => {
  it('refuses a token that nobody was sent', async () => {
    expect(told(await respond('nonsense', 'APPROVE'))).toEqual(['CONSENT_TOKEN_INVALID token']);
    expect(told(await respond(' ', 'APPROVE'))).toEqual(['CONSENT_TOKEN_INVALID token']);
  });

  it("takes the answer to a user's move, which is no attach consent, and has the user's operation go on", async () => {
    const { customerId } = await customers.create('Movers');
    const email = 'mover@consumer.example';
    const operationId = await customers.setUp(customerId, 'Branch', [
      {
        firstName: 'Mo',
        lastName: 'Ver',
        email,
        package: 'WEBEX_CALLING',
        locationName: 'Branch',
        phoneNumber: '+12175559901',
        extension: '3001',
      },
    ]);
    await bench.waitForNextAction(operationId, 'OBTAIN_USER_CONSENT');
    const [mail] = await bench.sandbox.mails(email);
    expect(accepted(await respond(mail?.consentToken ?? '', 'APPROVE'))).toEqual({ consentId: null });
    expect((await bench.ended(operationId)).status).toBe('SUCCEEDED');
  });

  it('says that the platform cannot be used, with its tracking id, and changes nothing', async () => {
    await bench.sandbox.setFaults([{ path: '/sandbox/consent-answers', kind: 'unavailable', rate: 1 }]);
    const outcome = await respond('anything', 'APPROVE');
    await bench.sandbox.setFaults([]);
    expect(outcome.problems).toMatchObject([{ code: 'PLATFORM_UNAVAILABLE' }]);
    expect(typeof outcome.problems[0]?.trackingId).toBe('string');
  });

  it('resends nothing for a customer that is missing, foreign, or was never asked', async () => {
    const { customerId } = await customers.create('Never asked');
    const resend = (id: string) => resendAttachConsent(bench.context, customers.viewer, { customerId: id });
    expect(told(await resend(customerId))).toEqual(['CONSENT_CLOSED customerId']);
    expect(told(await resend(crypto.randomUUID()))).toEqual(['NOT_FOUND customerId']);
    const foreign = await bench.viewer('nordic');
    expect(told(await resendAttachConsent(bench.context, foreign, { customerId }))).toEqual(['NOT_FOUND customerId']);
  });
});
