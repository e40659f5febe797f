// Locations, their connection to the telephone network, phone numbers.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { codesOf, list, locationAddress, openWorld } from './support/world.ts';
import type { World } from './support/world.ts';

let world: World;
let orgId: string;
let customerId: string;

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  customerId = await world.createCustomer();
  orgId = (await world.customer(customerId)).orgId ?? '';
});

const creation = {
  name: 'Branch',
  timeZone: 'America/Chicago',
  preferredLanguage: 'en_us',
  announcementLanguage: 'fr_fr',
  address: locationAddress,
};
const created = z.object({ id: z.string() });
const locationForm = created.extend({ name: z.string(), orgId: z.string() });
const numberForm = z.object({
  phoneNumbers: z.array(z.object({ phoneNumber: z.string() })),
});

async function branch(name = 'Branch'): Promise<string> {
  const answer = await world.acme.expect(201, 'POST', `/locations?orgId=${orgId}`, { ...creation, name });
  return created.parse(answer.body).id;
}
const numbersOf = (locationId: string) => `/telephony/config/locations/${locationId}/numbers?orgId=${orgId}`;

describe('locations', () => {
  it('are created, read, listed and changed', async () => {
    const id = await branch();
    const location = `/locations/${id}`;
    expect((await world.acme.expect(200, 'GET', location)).body).toMatchObject({ id, orgId, ...creation });
    await world.acme.expect(204, 'PUT', location, { name: 'Annex', address: { city: 'Chicago' } });
    const changed = { ...creation, name: 'Annex', address: { ...locationAddress, city: 'Chicago' } };
    expect((await world.acme.expect(200, 'GET', location)).body).toMatchObject(changed);
    const names = async (query: string) =>
      (await world.acme.get(`/locations?orgId=${orgId}${query}`, list(locationForm))).items.map(({ name }) => name);
    expect(await names('')).toEqual(['Head Office', 'Annex']);
    expect(await names('&name=nn')).toEqual(['Annex']);
    expect(await names(`&id=${id}`)).toEqual(['Annex']);
    const paged = await world.acme.expect(200, 'GET', `/locations?orgId=${orgId}&max=1`);
    expect(paged.headers.get('link')).toContain('rel="next"');
  });

  it('need every field, with state and postal code, and an organisation', async () => {
    const stateless = { ...locationAddress, state: undefined };
    const path = `/locations?orgId=${orgId}`;
    expect(codesOf(await world.acme.expect(400, 'POST', path, { ...creation, address: stateless }))).toEqual([1001]);
    await world.acme.expect(400, 'POST', '/locations', creation);
    await world.acme.expect(404, 'GET', '/locations/unknown');
    await world.acme.expect(404, 'PUT', '/locations/unknown', {});
  });

  it('are created as often as they are asked for, which the count of effects brings to light', async () => {
    await branch('Twice');
    await branch('Twice');
    const { locationsCreated } = await world.effects();
    const counts = locationsCreated
      .filter((entry) => entry.organizationId === orgId)
      .map(({ name, count }) => [name, count]);
    expect(counts).toEqual([
      ['Head Office', 1],
      ['Twice', 2],
    ]);
  });

  it('are connected to the telephone network by one of the options', async () => {
    const path = `/telephony/pstn/locations/${await branch()}`;
    const { items } = await world.acme.get(
      `${path}/connectionOptions`,
      list(created.extend({ displayName: z.string() })),
    );
    await world.acme.expect(404, 'GET', `${path}/connection`);
    await world.acme.expect(204, 'PUT', `${path}/connection`, { id: items[1]?.id });
    expect((await world.acme.expect(200, 'GET', `${path}/connection`)).body).toMatchObject({
      ...items[1],
      pstnConnectionType: 'NON_INTEGRATED_CCP',
    });
    await world.acme.expect(204, 'PUT', `${path}/connection`, { premiseRouteType: 'TRUNK', premiseRouteId: 'x' });
    expect((await world.acme.expect(200, 'GET', `${path}/connection`)).body).toMatchObject({
      pstnConnectionType: 'LOCAL_GATEWAY',
    });
    await world.acme.expect(400, 'PUT', `${path}/connection`, { id: 'unknown' });
  });
});

describe('phone numbers', () => {
  const [first, second, third] = ['+13125550101', '+13125550102', '+13125550103'] as const;

  it('are added to a location, the first being its main number, and listed with filters and pages', async () => {
    const id = await branch();
    const added = await world.acme.expect(200, 'POST', numbersOf(id), { phoneNumbers: [first, second] });
    expect(added.body).toEqual({});
    await world.acme.expect(200, 'POST', numbersOf(id), { phoneNumbers: [third], state: 'INACTIVE' });
    const path = `/telephony/config/numbers?orgId=${orgId}`;
    const listed = async (query: string) =>
      (await world.acme.get(path + query, numberForm)).phoneNumbers.map(({ phoneNumber }) => phoneNumber);
    expect((await world.acme.expect(200, 'GET', path)).body).toMatchObject({
      phoneNumbers: [
        { phoneNumber: first, mainNumber: true, state: 'ACTIVE', location: { id, name: 'Branch' } },
        { phoneNumber: second, mainNumber: false, state: 'ACTIVE' },
        { phoneNumber: third, mainNumber: false, state: 'INACTIVE' },
      ],
    });
    expect(await listed('&state=INACTIVE')).toEqual([third]);
    expect(await listed(`&locationId=${id}&max=2`)).toEqual([first, second]);
    expect(await listed('&max=2&start=2')).toEqual([third]);
    expect((await world.acme.expect(200, 'GET', `${path}&max=2`)).headers.get('link')).toContain('start=2');
    const user = { customerId, email: 'a@numbers.example', package: 'webex_calling' };
    const provisioningParameters = { primaryPhoneNumber: second, locationId: id, firstName: 'Ada' };
    await world.acme.expect(200, 'POST', '/wholesale/subscribers', { ...user, provisioningParameters });
    expect(await listed('&available=false')).toEqual([second]);
    expect(await listed('&available=true')).toEqual([first, third]);
    await world.acme.expect(204, 'PUT', numbersOf(id), { phoneNumbers: [third] });
    expect(await listed('&state=INACTIVE')).toEqual([]);
    await world.acme.expect(404, 'PUT', numbersOf(id), { phoneNumbers: ['+13125559999'] });
  });

  it('are added all or none, and each once', async () => {
    const id = await branch();
    await world.acme.expect(200, 'POST', numbersOf(id), { phoneNumbers: [first] });
    expect(codesOf(await world.acme.expect(400, 'POST', numbersOf(id), { phoneNumbers: [second, first] }))).toEqual([
      8361,
    ]);
    expect(codesOf(await world.acme.expect(400, 'POST', numbersOf(id), { phoneNumbers: [second, second] }))).toEqual([
      90000,
    ]);
    expect(codesOf(await world.acme.expect(400, 'POST', numbersOf(id), { phoneNumbers: ['5550102'] }))).toEqual([
      90000,
    ]);
    const { numbersAdded } = await world.effects();
    const counts = numbersAdded
      .filter((entry) => entry.organizationId === orgId)
      .map(({ number, count }) => [number, count]);
    expect(counts).toEqual([[first, 1]]);
    await world.acme.expect(404, 'POST', numbersOf('unknown'), { phoneNumbers: [second] });
    await world.acme.expect(404, 'POST', `/telephony/config/locations/${id}/numbers?orgId=other`, {
      phoneNumbers: [second],
    });
  });

  it('are removed at most five at a time, but not while in use and not the main one', async () => {
    const id = await branch();
    await world.acme.expect(200, 'POST', numbersOf(id), { phoneNumbers: [first, second, third] });
    const user = { customerId, email: 'b@numbers.example', package: 'webex_calling' };
    const provisioningParameters = { primaryPhoneNumber: second, locationId: id };
    await world.acme.expect(200, 'POST', '/wholesale/subscribers', { ...user, provisioningParameters });
    expect(codesOf(await world.acme.expect(409, 'DELETE', numbersOf(id), { phoneNumbers: [first] }))).toEqual([90031]);
    expect(codesOf(await world.acme.expect(409, 'DELETE', numbersOf(id), { phoneNumbers: [second] }))).toEqual([90032]);
    await world.acme.expect(204, 'DELETE', numbersOf(id), { phoneNumbers: [third] });
    await world.acme.expect(404, 'DELETE', numbersOf(id), { phoneNumbers: [third] });
    const six = Array.from({ length: 6 }, (_, index) => `+1312555020${index}`);
    expect(codesOf(await world.acme.expect(400, 'DELETE', numbersOf(id), { phoneNumbers: six }))).toEqual([1002]);
  });

  it('are validated one by one', async () => {
    const id = await branch();
    await world.acme.expect(200, 'POST', numbersOf(id), { phoneNumbers: [first] });
    const path = `/telephony/config/actions/validateNumbers/invoke?orgId=${orgId}`;
    const phoneNumbers = [first, second, second, '123', '+18005550103'];
    const checked = await world.acme.expect(200, 'POST', path, { phoneNumbers });
    const form = z.object({
      status: z.string(),
      numbers: z.array(z.object({ state: z.string(), tollFreeNumber: z.boolean() })),
    });
    const { status, numbers } = form.parse(checked.body);
    expect(status).toBe('ERRORS');
    expect(numbers.map(({ state }) => state)).toEqual([
      'Duplicate',
      'Available',
      'Duplicate In List',
      'Invalid',
      'Available',
    ]);
    expect(numbers.at(-1)?.tollFreeNumber).toBe(true);
    const fine = await world.acme.expect(200, 'POST', path, { phoneNumbers: [second] });
    expect(fine.body).toEqual({
      status: 'OK',
      numbers: [{ number: second, state: 'Available', tollFreeNumber: false }],
    });
  });
});
