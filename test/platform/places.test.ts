// Locations and phone numbers on the port: what goes over the wire, what comes back.

import { describe, expect, it } from 'vitest';
import { adapter, failureOf } from './support/adapter.ts';
import { locationRequest } from './support/requests.ts';

describe('locations and numbers', () => {
  it('a location is announced in its own language unless told otherwise', async () => {
    const { acme, server } = await adapter(() => ({ status: 201, body: { id: 'loc-9' } }));
    expect(await acme.createLocation('org 1', locationRequest)).toEqual({ platformId: 'loc-9' });
    await acme.createLocation('org 1', { ...locationRequest, announcementLanguage: 'fr_fr' });
    expect(server.requests[0]).toMatchObject({
      path: '/v1/locations',
      query: { orgId: 'org 1' },
      body: {
        preferredLanguage: 'en_us',
        announcementLanguage: 'en_us',
        timeZone: 'America/Los_Angeles',
        address: { state: 'CA' },
      },
    });
    expect(server.requests[1]).toMatchObject({ body: { announcementLanguage: 'fr_fr' } });
  });

  it('a location without a postal code is refused unsent, by name', async () => {
    const { acme, server } = await adapter(() => ({ status: 201, body: { id: 'x' } }));
    const address = { ...locationRequest.address, zipOrPostalCode: null };
    const failure = await failureOf(acme.createLocation('org', { ...locationRequest, address }));
    expect(failure.message).toBe(
      'Expected address.zipOrPostalCode for the location "Head Office", found none: Webex requires it for a further location.',
    );
    expect(server.requests).toEqual([]);
  });

  it('numbers are listed with place and owner; bare extensions are not numbers', async () => {
    const phoneNumbers = [
      {
        phoneNumber: '+12145550001',
        state: 'ACTIVE',
        mainNumber: true,
        location: { id: 'l1', name: 'HQ' },
        owner: { id: 'aa', type: 'AUTO_ATTENDANT' },
      },
      { phoneNumber: '+12145550002', mainNumber: false, location: { id: 'l1', name: 'HQ' } },
      { extension: '5001', mainNumber: false, location: { id: 'l1', name: 'HQ' }, owner: { id: 'p1', type: 'PEOPLE' } },
    ];
    const { acme } = await adapter(() => ({ body: { phoneNumbers } }));
    expect(await acme.listNumbers('org')).toEqual([
      { number: '+12145550001', locationPlatformId: 'l1', ownerPersonId: 'aa', isMain: true },
      { number: '+12145550002', locationPlatformId: 'l1', ownerPersonId: null, isMain: false },
    ]);
  });

  it('numbers are validated in the order asked; no verdict is no yes', async () => {
    const numbers = [
      { number: '+12145559000', state: 'Unavailable', detail: ['[Error 8361] DN is unavailable : +12145559000'] },
      { number: '+12145553567', state: 'Available' },
    ];
    const { acme, server } = await adapter(() => ({ body: { status: 'ERRORS', numbers } }));
    expect(await acme.validateNumbers('org', ['+12145553567', '+12145559000', '+12145550000'])).toMatchObject([
      { number: '+12145553567', isAvailable: true, issue: null },
      { number: '+12145559000', isAvailable: false, issue: { platformCode: '8361' } },
      {
        number: '+12145550000',
        isAvailable: false,
        issue: { platformCode: null, message: '+12145550000: no verdict' },
      },
    ]);
    expect(await acme.validateNumbers('org', [])).toEqual([]);
    await acme.addNumbers('org', 'l1', []);
    expect(server.requests).toHaveLength(1);
  });
});
