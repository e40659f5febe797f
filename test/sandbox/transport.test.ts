// What all calls have in common: tokens, media type, errors, tracking ids, partners kept apart.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  codesOf,
  createClient,
  customerForm,
  errorForm,
  idIn,
  list,
  openWorld,
  subscriberForm,
  templateOf,
} from './support/world.ts';
import type { World } from './support/world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const anything = '/wholesale/customers';

async function raw(path: string, init: RequestInit) {
  const response = await fetch(world.origin() + path, init);
  return { status: response.status, headers: response.headers, body: errorForm.parse(await response.json()) };
}
const bearer = { authorization: 'Bearer sandbox-acme' };

describe('transport', () => {
  it('answers 401 without a token, with an unknown one and with an unknown partner', async () => {
    for (const token of [null, 'nonsense', 'sandbox-nobody', 'sandbox-']) {
      const answer = await createClient(world.origin(), token).call('GET', anything);
      expect(answer.status, String(token)).toBe(401);
    }
  });

  it('gives an access token for a refresh token, as JSON and as a form, and the token expires', async () => {
    const grant = { grant_type: 'refresh_token', client_id: 'c', client_secret: 's', refresh_token: 'sandbox-nordic' };
    const form = z.object({ access_token: z.string(), expires_in: z.number(), refresh_token: z.string() });
    const asForm = await fetch(`${world.origin()}/v1/access_token`, {
      method: 'POST',
      body: new URLSearchParams(grant),
    });
    const issued = form.parse(await asForm.json());
    const asJson = form.parse((await world.operator.expect(200, 'POST', '/access_token', grant)).body);
    expect(issued.refresh_token).toBe('sandbox-nordic');
    for (const { access_token: token } of [issued, asJson]) {
      await createClient(world.origin(), token).expect(200, 'GET', anything);
    }
    await world.advance(issued.expires_in * 1000);
    await createClient(world.origin(), issued.access_token).expect(401, 'GET', anything);
    await world.operator.expect(401, 'POST', '/access_token', { ...grant, refresh_token: 'sandbox-nobody' });
    await world.operator.expect(400, 'POST', '/access_token', { ...grant, client_secret: undefined });
  });

  it('takes JSON only and says so', async () => {
    const text = await raw('/v1/wholesale/customers', { method: 'POST', headers: bearer, body: 'hello' });
    expect(text).toMatchObject({ status: 415, body: { errors: [{ errorCode: 90006 }] } });
    const headers = { ...bearer, 'content-type': 'application/json' };
    const broken = await raw('/v1/wholesale/customers', { method: 'POST', headers, body: '{' });
    expect(broken).toMatchObject({ status: 400, body: { errors: [{ errorCode: 90001 }] } });
  });

  it('tells an unknown path from a wrong method', async () => {
    expect(codesOf(await world.acme.expect(404, 'GET', '/nothing/here'))).toEqual([90004]);
    const wrong = await world.acme.expect(405, 'PATCH', '/wholesale/customers/abc');
    expect(wrong.headers.get('allow')).toContain('PUT');
  });

  it('puts the tracking id into every answer, and into the body of an error', async () => {
    const fine = await world.acme.expect(200, 'GET', anything);
    expect(fine.headers.get('trackingid')).toMatch(/^SANDBOX_/);
    const refused = await world.acme.expect(404, 'GET', `${anything}/unknown`);
    expect(errorForm.parse(refused.body).trackingId).toBe(refused.headers.get('trackingid'));
  });

  it('names every missing field with 1001 and every size that does not fit with 1002', async () => {
    const empty = await world.acme.expect(400, 'POST', anything, {});
    expect(codesOf(empty)).toEqual([1001, 1001, 1001, 1001]);
    const creation = await world.creation();
    const long = { ...creation, address: { addressLine1: 'x'.repeat(51), city: 'Springfield', country: 'USA' } };
    expect(codesOf(await world.acme.expect(400, 'POST', anything, long))).toEqual([1002, 1002]);
  });

  it('shows a partner nothing of another one', async () => {
    const externalId = 'isolated';
    const id = await world.createCustomer({ externalId });
    const { orgId } = await world.customer(id);
    const created = await world.acme.expect(200, 'POST', '/wholesale/subscribers', {
      customerId: id,
      email: 'isolated@corner.example',
      package: 'webex_meetings',
      provisioningParameters: {},
    });
    const subscriber = subscriberForm.parse(created.body);
    const { nordic } = world;
    expect((await nordic.get(`${anything}?externalId=${externalId}`, list(customerForm))).items).toEqual([]);
    expect((await nordic.get('/wholesale/subscribers', list(subscriberForm))).items).toEqual([]);
    for (const path of [
      `${anything}/${id}`,
      `/wholesale/subscribers/${subscriber.id}`,
      `/organizations/${orgId}`,
      `/people/${subscriber.personId}`,
      `/locations?orgId=${orgId}`,
      `/telephony/config/numbers?orgId=${orgId}`,
      `/sandbox/organizations/${orgId}`,
    ]) {
      await nordic.expect(404, 'GET', path);
    }
    await nordic.expect(404, 'DELETE', `${anything}/${id}`);
    await nordic.expect(404, 'DELETE', `/wholesale/subscribers/${subscriber.id}`);
    const foreign = await nordic.expect(400, 'POST', anything, await world.creation({ externalId }));
    expect(codesOf(foreign)).toEqual([90013]);
    const registered = await nordic.expect(200, 'POST', '/sandbox/templates', templateOf('standard'));
    const { provisioningId } = z.object({ provisioningId: z.string() }).parse(registered.body);
    await nordic.expect(202, 'POST', anything, { ...(await world.creation({ externalId })), provisioningId });
    expect(
      (await world.acme.get(`${anything}?externalId=${externalId}`, list(customerForm))).items.map((item) => item.id),
    ).toEqual([id]);
  });

  it('registers a template once and updates it under the same provisioning ID', async () => {
    const form = z.object({ provisioningId: z.string().min(1) });
    const first = form.parse((await world.acme.expect(200, 'POST', '/sandbox/templates', templateOf('t'))).body);
    const again = await world.acme.expect(200, 'POST', '/sandbox/templates', templateOf('t', { name: 'Renamed' }));
    const other = await world.acme.expect(200, 'POST', '/sandbox/templates', templateOf('u'));
    expect(form.parse(again.body)).toEqual(first);
    expect(form.parse(other.body)).not.toEqual(first);
  });

  it('refuses to act for a suspended or unknown sub-partner, except for a removal', async () => {
    const form = list(z.object({ orgId: z.string(), provisioningState: z.string() }));
    const { items } = await world.acme.get('/wholesale/subPartners', form);
    expect(items.map((item) => item.provisioningState)).toEqual(['active', 'suspended']);
    expect((await world.acme.get('/wholesale/subPartners?provisioningState=suspended', form)).items).toHaveLength(1);
    const [active, suspended] = items.map((item) => `onBehalfOfSubPartnerOrgId=${item.orgId}`);
    const creation = await world.creation();
    expect(codesOf(await world.acme.expect(403, 'POST', `${anything}?${suspended}`, creation))).toEqual([90019]);
    const accepted = await world.acme.expect(202, 'POST', `${anything}?${active}`, creation);
    const id = idIn(accepted.headers.get('location') ?? '');
    await world.acme.expect(403, 'PUT', `${anything}/${id}?${suspended}`, creation);
    await world.acme.expect(202, 'DELETE', `${anything}/${id}?${suspended}`);
    await world.acme.expect(404, 'POST', `${anything}?onBehalfOfSubPartnerOrgId=nobody`, creation);
  });

  it('is healthy', async () => {
    await world.operator.expect(200, 'GET', '/sandbox/healthz');
  });
});
