// The table "Behaviour one can provoke by data", row by row.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { codesOf, customerForm, headquarters, list, mailForm, openWorld, subscriberForm } from './support/world.ts';
import type { World } from './support/world.ts';

/** Long enough for the machine's own time not to matter. */
const stageMs = 60_000;
const stage = stageMs * 1.5;

let world: World;
beforeAll(async () => {
  world = await openWorld({ stageMs });
});
afterAll(() => world.close());

async function provisionedCustomer(limits?: Record<string, number>): Promise<string> {
  const id = await world.createCustomer(limits === undefined ? {} : { limits });
  await world.advance(stage * 10);
  return id;
}

const subscriber = (customerId: string, email: string) => ({
  customerId,
  email,
  package: 'webex_meetings',
  provisioningParameters: { firstName: 'Ada', lastName: 'Byron' },
});

describe('data that provokes', () => {
  it('a user with a free account waits for consent and is provisioned when the mail is answered', async () => {
    const customerId = await provisionedCustomer();
    const email = 'ada@consumer.example';
    const created = await world.acme.expect(202, 'POST', '/wholesale/subscribers', subscriber(customerId, email));
    const pending = subscriberForm.parse(created.body);
    expect(pending).toMatchObject({ status: 'pending_user_migration', email });
    expect(pending.personId).toBeUndefined();
    const { items } = await world.acme.get(`/sandbox/mails?to=${email}`, list(mailForm));
    await world.advance(1_000);
    const answer = { token: items[0]?.consentToken, decision: 'APPROVE' };
    const answered = await world.acme.expect(200, 'POST', '/sandbox/consent-answers', answer);
    expect(answered.body).toEqual({ kind: 'USER', subscriberId: pending.id });
    const moved = await world.acme.get(`/wholesale/subscribers/${pending.id}`, subscriberForm);
    expect(moved.status).toBe('provisioned');
    expect(moved.personId).toBeDefined();
    expect(moved.lastStatusChange > pending.lastStatusChange).toBe(true);
    await world.acme.expect(409, 'POST', '/sandbox/consent-answers', answer);
  });

  it('an e-mail that is taken elsewhere is refused with 10022', async () => {
    const customerId = await provisionedCustomer();
    for (const email of ['taken@existing.example', 'taken.too@existing.example']) {
      const body = subscriber(customerId, email);
      expect(codesOf(await world.acme.expect(409, 'POST', '/wholesale/subscribers', body))).toEqual([10022]);
      expect(codesOf(await world.acme.expect(409, 'POST', '/wholesale/subscribers/validate', body))).toEqual([10022]);
    }
    await world.acme.expect(200, 'POST', '/wholesale/subscribers', subscriber(customerId, 'free@existing.example'));
  });

  it('a phone number that ends in 0000 is unavailable wherever it is used', async () => {
    const customerId = await provisionedCustomer();
    const { orgId } = await world.customer(customerId);
    const { items } = await world.acme.get(`/locations?orgId=${orgId}`, list(z.object({ id: z.string() })));
    const number = '+13125550000';
    const checked = await world.acme.expect(
      200,
      'POST',
      `/telephony/config/actions/validateNumbers/invoke?orgId=${orgId}`,
      { phoneNumbers: [number, '+13125550001'] },
    );
    expect(checked.body).toEqual({
      status: 'ERRORS',
      numbers: [
        { number, state: 'Unavailable', tollFreeNumber: false, detail: [`[Error 8361] DN is unavailable : ${number}`] },
        { number: '+13125550001', state: 'Available', tollFreeNumber: false },
      ],
    });
    const path = `/telephony/config/locations/${items[0]?.id}/numbers?orgId=${orgId}`;
    const added = await world.acme.expect(400, 'POST', path, { phoneNumbers: ['+13125550001', number] });
    expect(codesOf(added)).toEqual([8361]);
    expect((await world.acme.expect(200, 'GET', `/telephony/config/numbers?orgId=${orgId}`)).body).toEqual({
      phoneNumbers: [],
    });
    const user = {
      ...subscriber(customerId, 'b@corner.example'),
      package: 'webex_calling',
      provisioningParameters: { primaryPhoneNumber: number },
    };
    expect(codesOf(await world.acme.expect(400, 'POST', '/wholesale/subscribers', user))).toEqual([8361]);
  });

  it('Compliance Hold is reviewed for a while, then goes on', async () => {
    const id = await world.createCustomer({ name: 'Compliance Hold Ltd' });
    expect(await world.customer(id)).toMatchObject({ status: 'provisioning' });
    await world.advance(stage);
    const reviewed = await world.customer(id);
    expect(reviewed.status).toBe('pending_rpl_review');
    expect(reviewed.orgId).toBeUndefined();
    expect(
      (await world.acme.get('/wholesale/customers?status=pending_rpl_review', list(customerForm))).items,
    ).toHaveLength(1);
    await world.advance(stageMs * 8);
    expect((await world.customer(id)).status).toBe('provisioning');
    await world.advance(stage * 4);
    const cleared = await world.customer(id);
    expect(cleared.status).toBe('provisioned');
    expect(cleared.orgId).toBeDefined();
  });

  it('Denied Party is reviewed, then ends in an error, also when it is tried again', async () => {
    const id = await world.createCustomer({ name: 'Denied Party Inc' });
    await world.advance(stage);
    expect((await world.customer(id)).status).toBe('pending_rpl_review');
    await world.advance(stageMs * 9);
    const denied = await world.customer(id);
    expect(denied).toMatchObject({ status: 'error', errors: [{ errorCode: 90100 }] });
    expect(denied.orgId).toBeUndefined();
    await world.acme.expect(202, 'PUT', `/wholesale/customers/${id}`, { packages: ['webex_meetings'] });
    expect(await world.customer(id)).toMatchObject({ status: 'updating' });
    await world.advance(stage * 12);
    expect(await world.customer(id)).toMatchObject({ status: 'error', errors: [{ errorCode: 90100 }] });
  });

  it('Calling Maintenance fails the calling package with 2560, and a later update succeeds', async () => {
    const id = await world.createCustomer({ name: 'Calling Maintenance Ltd' });
    await world.advance(stage * 10);
    const failed = await world.customer(id);
    expect(failed.status).toBe('provisioned_with_errors');
    expect(failed.orgId).toBeDefined();
    expect(failed.resourceDetails.packages).toMatchObject([
      { name: 'webex_calling', status: 'error', warnings: [{ errorCode: 2560 }] },
      { name: 'webex_meetings', status: 'provisioned' },
    ]);
    const calling = {
      customerId: id,
      email: 'a@m.example',
      package: 'webex_calling',
      provisioningParameters: { extension: '2001' },
    };
    expect(codesOf(await world.acme.expect(400, 'POST', '/wholesale/subscribers', calling))).toEqual([90021]);
    await world.acme.expect(202, 'PUT', `/wholesale/customers/${id}`, {
      packages: ['webex_calling', 'webex_meetings'],
      provisioningParameters: { calling: { location: headquarters } },
    });
    expect((await world.customer(id)).resourceDetails.packages.map(({ status }) => status)).toEqual([
      'provisioning',
      'provisioned',
    ]);
    await world.advance(stage * 10);
    expect(await world.customer(id)).toMatchObject({ status: 'provisioned' });
    await world.acme.expect(200, 'POST', '/wholesale/subscribers', calling);
    expect(
      (await world.effects()).locationsCreated.filter(({ organizationId }) => organizationId === failed.orgId),
    ).toHaveLength(1);
  });

  describe('Flaky', () => {
    const patience = 10;

    /** Calls until there is an answer that is not the platform's trouble. */
    async function insist(method: string, path: string, body?: unknown) {
      const outcomes: (number | 'lost')[] = [];
      for (let attempt = 0; attempt < patience; attempt += 1) {
        const answer = await world.acme.call(method, path, body).catch(() => null);
        outcomes.push(answer?.status ?? 'lost');
        if (answer !== null && answer.status !== 503) return { answer, outcomes };
      }
      throw new Error(`${method} ${path}: ${outcomes.join(', ')}`);
    }

    it('fails first, then loses the answer of what it did, and creates nothing twice by itself', async () => {
      const externalId = 'flaky-1';
      const creation = await world.creation({ name: 'Flaky Bakery', externalId });
      const lookUp = `/wholesale/customers?externalId=${externalId}`;
      expect((await world.acme.call('GET', lookUp)).status).toBe(200);
      const created = await insist('POST', '/wholesale/customers', creation);
      expect(created.outcomes).toEqual([503, 'lost', 409]);
      const found = await insist('GET', lookUp);
      expect(found.outcomes).toEqual([503, 200]);
      const [customer] = list(customerForm).parse(found.answer.body).items;
      expect((await world.effects()).customersCreated.find((entry) => entry.externalId === externalId)?.count).toBe(1);

      await world.advance(stage * 10);
      const read = await insist('GET', `/wholesale/customers/${customer?.id}`);
      expect(read.outcomes).toEqual([503, 200]);
      const { orgId } = customerForm.parse(read.answer.body);
      const user = subscriber(customer?.id ?? '', 'first@flaky.example');
      expect((await insist('POST', '/wholesale/subscribers', user)).outcomes).toEqual([503, 'lost', 409]);
      expect(
        (await insist('POST', '/wholesale/subscribers', { ...user, email: 'second@flaky.example' })).outcomes,
      ).toEqual([200]);
      expect((await insist('GET', `/locations?orgId=${orgId}`)).outcomes).toEqual([503, 200]);
    });

    it('leaves other customers and prechecks alone, and is not forgotten by a restart', async () => {
      const creation = await world.creation({ name: 'Flaky Florist', externalId: 'flaky-2' });
      await world.acme.expect(200, 'POST', '/wholesale/customers/validate', creation);
      await world.acme.expect(503, 'POST', '/wholesale/customers', creation);
      await world.restart();
      await expect(world.acme.call('POST', '/wholesale/customers', creation)).rejects.toThrow();
      await world.acme.expect(202, 'POST', '/wholesale/customers', await world.creation({ name: 'Steady' }));
      await world.acme.expect(503, 'GET', '/wholesale/customers?externalId=flaky-2');
      await world.acme.expect(200, 'GET', '/wholesale/customers?externalId=flaky-2');
      await expect(world.acme.call('GET', '/wholesale/customers?externalId=flaky-2')).rejects.toThrow();
      await world.acme.expect(200, 'GET', '/wholesale/customers?externalId=flaky-2');
    });
  });
});
