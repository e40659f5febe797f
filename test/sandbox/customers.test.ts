// The life of a customer, without waiting: stages take no time here. The stages themselves: survival.test.ts.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { address, codesOf, customerForm, headquarters, idIn, list, mailForm, openWorld } from './support/world.ts';
import type { World } from './support/world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const path = '/wholesale/customers';

describe('customers', () => {
  it('C8: are accepted with their URL in the header and in the body, and are provisioned with organisation, first administrator, location and mail', async () => {
    const creation = await world.creation({ name: 'Bluebird' });
    const accepted = await world.acme.expect(202, 'POST', path, creation);
    const { url } = z.object({ url: z.string() }).parse(accepted.body);
    expect(accepted.headers.get('location')).toBe(url);
    expect(url.startsWith(`${world.origin()}/v1${path}/`)).toBe(true);

    const customer = await world.customer(idIn(url));
    expect(customer).toMatchObject({ externalId: creation['externalId'], status: 'provisioned' });
    expect(customer.resourceDetails.packages).toEqual([
      { name: 'webex_calling', status: 'provisioned' },
      { name: 'webex_meetings', status: 'provisioned' },
    ]);
    const organization = await world.acme.expect(200, 'GET', `/organizations/${customer.orgId}`);
    expect(organization.body).toMatchObject({ id: customer.orgId, displayName: 'Bluebird' });
    const locations = await world.acme.expect(200, 'GET', `/locations?orgId=${customer.orgId}`);
    expect(locations.body).toMatchObject({
      items: [{ name: 'Head Office', timeZone: 'America/Chicago', address: { address1: '1 Mill Lane', state: 'IL' } }],
    });
    const people = await world.acme.expect(200, 'GET', `/people?orgId=${customer.orgId}`);
    const { items: roles } = await world.acme.get('/roles', list(z.object({ id: z.string(), name: z.string() })));
    const fullAdmin = roles.find(({ name }) => name === 'Full Administrator')?.id;
    expect(people.body).toMatchObject({ items: [{ emails: ['owner@corner.example'], roles: [fullAdmin] }] });
    const { items: mails } = await world.acme.get('/sandbox/mails?to=owner@corner.example', list(mailForm));
    expect(mails[0]).toMatchObject({ subject: 'Welcome to Acme Voice', consentToken: null });
    expect(mails[0]?.body).toContain('Bluebird');
  });

  it('need an external id that is free, whatever else is asked', async () => {
    await world.createCustomer({ externalId: 'twice' });
    const refused = await world.acme.expect(409, 'POST', path, await world.creation({ externalId: 'twice' }));
    expect(codesOf(refused)).toEqual([90014]);
    const { customersCreated } = await world.effects();
    expect(customersCreated.find(({ externalId }) => externalId === 'twice')?.count).toBe(1);
  });

  it.each([
    ['an unknown package', { packages: ['webex_fax'] }, 90000],
    ['a package named twice', { packages: ['webex_meetings', 'webex_meetings'] }, 90000],
    ['no package', { packages: [] }, 1002],
    ['an add-on without its base', { packages: ['webex_meetings', 'attendant_console'] }, 90010],
    ['calling without a location', { provisioningParameters: {} }, 90011],
    ['neither organisation nor customer information', { customerInfo: undefined }, 90012],
    ['a percent sign in the name', { customerInfo: { name: '10% Off', primaryEmail: 'a@b.example' } }, 90000],
    ['an unknown provisioning ID', { provisioningId: 'unknown' }, 90013],
  ])('are refused with %s, by creation and precheck alike', async (_, part, code) => {
    const body = { ...(await world.creation()), ...part };
    expect(codesOf(await world.acme.expect(400, 'POST', path, body))).toEqual([code]);
    if (code !== 90012) expect(codesOf(await world.acme.expect(400, 'POST', `${path}/validate`, body))).toEqual([code]);
  });

  it('can be prechecked with little or with everything, which creates nothing', async () => {
    const passed = { message: 'success', info: [{ infoCode: 100 }] };
    const light = { address, customerInfo: { primaryEmail: 'a@b.example' } };
    expect((await world.acme.expect(200, 'POST', `${path}/validate`, light)).body).toMatchObject(passed);
    const whole = await world.creation({ externalId: 'prechecked' });
    expect((await world.acme.expect(200, 'POST', `${path}/validate`, whole)).body).toMatchObject(passed);
    expect((await world.acme.get(`${path}?externalId=prechecked`, list(customerForm))).items).toEqual([]);
  });

  it('are listed page by page through the Link header, filtered by status and organisation', async () => {
    for (const externalId of ['page-1', 'page-2', 'page-3']) await world.createCustomer({ externalId });
    const seen: string[] = [];
    let next: string | null = `${path}?max=2`;
    while (next !== null) {
      const answer = await world.acme.expect(200, 'GET', next);
      const page = list(customerForm).parse(answer.body).items;
      expect(page.length).toBeLessThanOrEqual(2);
      seen.push(...page.map(({ externalId }) => externalId));
      const link = /^<(.+)>; rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1];
      next = link?.slice(`${world.origin()}/v1`.length) ?? null;
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining(['page-1', 'page-2', 'page-3']));
    const { items } = await world.acme.get(
      `${path}?externalId=page-2&status=error&status=provisioned`,
      list(customerForm),
    );
    expect(items).toHaveLength(1);
    expect((await world.acme.get(`${path}?orgId=${items[0]?.orgId}`, list(customerForm))).items).toEqual(items);
    expect((await world.acme.get(`${path}?externalId=page-2&status=error,updating`, list(customerForm))).items).toEqual(
      [],
    );
    await world.acme.expect(400, 'GET', `${path}?max=many`);
  });

  it('tell licence ids only when asked', async () => {
    const id = await world.createCustomer();
    const plain = await world.customer(id);
    expect(plain.resourceDetails.packages[0]?.licenseIds).toBeUndefined();
    const full = await world.acme.get(`${path}/${id}?includePackageLicenseInfo=true`, customerForm);
    expect(full.resourceDetails.packages[0]?.licenseIds).toHaveLength(1);
  });

  it('U1: take a complete list of packages in an update: what is absent is removed', async () => {
    const id = await world.createCustomer({ packages: ['webex_calling', 'webex_meetings'] });
    const update = {
      packages: ['webex_suite', 'webex_calling'],
      externalId: 'renumbered',
      provisioningParameters: { calling: { location: headquarters } },
    };
    await world.acme.expect(202, 'PUT', `${path}/${id}`, update);
    const customer = await world.customer(id);
    expect(customer).toMatchObject({
      status: 'provisioned',
      externalId: 'renumbered',
      packages: ['webex_suite', 'webex_calling'],
    });
    expect(customer.resourceDetails.packages.map(({ name }) => name)).toEqual(['webex_suite', 'webex_calling']);
    expect(
      (await world.effects()).locationsCreated.filter((entry) => entry.organizationId === customer.orgId),
    ).toHaveLength(1);
  });

  it('keep a package that somebody has', async () => {
    const id = await world.createCustomer();
    const user = { customerId: id, email: 'a@kept.example', package: 'webex_meetings', provisioningParameters: {} };
    await world.acme.expect(200, 'POST', '/wholesale/subscribers', user);
    const refused = await world.acme.expect(409, 'PUT', `${path}/${id}`, { packages: ['webex_calling'] });
    expect(codesOf(refused)).toEqual([90018]);
  });

  it('leave the organisation behind when they are removed, and free the external id', async () => {
    const externalId = 'removed';
    const id = await world.createCustomer({ externalId });
    const { orgId } = await world.customer(id);
    const user = { customerId: id, email: 'a@removed.example', package: 'webex_meetings', provisioningParameters: {} };
    const subscriber = await world.acme.expect(200, 'POST', '/wholesale/subscribers', user);
    const removal = await world.acme.expect(202, 'DELETE', `${path}/${id}`);
    expect(removal.body).toBeNull();
    await world.acme.expect(404, 'GET', `${path}/${id}`);
    await world.acme.expect(
      404,
      'GET',
      `/wholesale/subscribers/${z.object({ id: z.string() }).parse(subscriber.body).id}`,
    );
    await world.acme.expect(200, 'GET', `/organizations/${orgId}`);
    const second = await world.createCustomer({ externalId, ...(orgId === undefined ? {} : { orgId }) });
    expect(await world.customer(second)).toMatchObject({ status: 'provisioned', orgId });
    expect((await world.effects()).customersCreated.find((entry) => entry.externalId === externalId)?.count).toBe(2);
  });

  it('let their organisation be renamed', async () => {
    const { orgId } = await world.customer(await world.createCustomer({ name: 'Old Name' }));
    const schemas = ['urn:cisco:codev:identity:organization:core:1.0'];
    const renaming = { schemas, displayName: 'New Name' };
    const renamed = await world.acme.expect(200, 'PATCH', `/identity/organizations/${orgId}`, renaming);
    expect(renamed.body).toMatchObject({ id: orgId, displayName: 'New Name', schemas });
    expect((await world.acme.expect(200, 'GET', `/organizations/${orgId}`)).body).toMatchObject({
      displayName: 'New Name',
    });
    await world.acme.expect(400, 'PATCH', `/identity/organizations/${orgId}`, { displayName: 'No schemas' });
  });
});
