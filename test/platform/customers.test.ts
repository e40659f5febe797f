// Customers on the port: what goes over the wire, what comes back.

import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { adapter, failureOf } from './support/adapter.ts';
import { attachRequest, createCustomerRequest } from './support/requests.ts';

describe('customers', () => {
  it('are created with everything the platform takes, nulls left out', async () => {
    const { acme, server } = await adapter(() => ({
      status: 202,
      headers: { location: 'https://x/v1/wholesale/customers/c%3D1' },
    }));
    expect(await acme.createCustomer(createCustomerRequest)).toEqual({ platformId: 'c=1' });
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]?.body).toEqual({
      provisioningId: 'prov-1',
      externalId: 'ext-1',
      packages: ['webex_calling', 'webex_meetings', 'cisco_calling_plan'],
      address: {
        addressLine1: '771 Alder Drive',
        city: 'Milpitas',
        stateOrProvince: 'CA',
        zipOrPostalCode: '95035',
        country: 'US',
      },
      customerInfo: { name: "John's Pizza", primaryEmail: 'john@pizza.example', language: 'en_US' },
      provisioningParameters: {
        calling: {
          location: {
            name: 'Head Office',
            address: {
              addressLine1: '771 Alder Drive',
              city: 'Milpitas',
              stateOrProvince: 'CA',
              zipOrPostalCode: '95035',
              country: 'US',
            },
            timezone: 'America/Los_Angeles',
            language: 'en_us',
            emergencyLocationIdentifier: '95547321',
          },
        },
        meetings: { timezone: 'America/Chicago' },
        packages: { limits: { webex_calling: 50 } },
      },
    });
  });

  it('are attached by the id of their organisation, without what is unknown of them', async () => {
    const { acme, server } = await adapter(() => ({ status: 202, body: { url: '/v1/wholesale/customers/c2' } }));
    expect(await acme.createCustomer(attachRequest)).toEqual({ platformId: 'c2' });
    expect(server.requests[0]?.body).toEqual({
      provisioningId: 'prov-1',
      orgId: 'org-1',
      externalId: 'ext-1',
      packages: ['webex_meetings'],
      address: {
        addressLine1: '771 Alder Drive',
        city: 'Milpitas',
        stateOrProvince: 'CA',
        zipOrPostalCode: '95035',
        country: 'US',
      },
    });
  });

  it('that were accepted without a name are looked for again by the caller', async () => {
    const { acme } = await adapter(() => ({ status: 202 }));
    expect(await failureOf(acme.createCustomer(createCustomerRequest))).toMatchObject({ kind: 'unknown', status: 202 });
  });

  it('U1, U2: are changed as a whole, parameters always with it, without what cannot change', async () => {
    const { acme, server } = await adapter(() => ({ status: 202, body: { url: 'x' } }));
    await acme.updateCustomer('c1', createCustomerRequest);
    await acme.updateCustomer('c1', { ...attachRequest, packages: [] });
    expect(server.requests[0]).toMatchObject({ method: 'PUT', path: '/v1/wholesale/customers/c1' });
    const fields = z.looseObject({}).transform((body) => Object.keys(body).toSorted());
    const sent = server.requests.map(({ body }) => fields.parse(body));
    const changeable = ['address', 'externalId', 'packages', 'provisioningParameters'];
    expect(sent).toEqual([changeable, changeable]);
    const calling = { location: { name: 'Head Office' } };
    const packages = { limits: { webex_calling: 50 } };
    expect(server.requests[0]?.body).toMatchObject({ provisioningParameters: { calling, packages } });
    expect(server.requests[1]?.body).toMatchObject({ packages: [], provisioningParameters: {} });
  });

  it('are found by their exact external ID only, the departing one last', async () => {
    const items = [
      { id: 'other', externalId: 'ext-10', status: 'provisioned' },
      { id: 'old', externalId: 'ext-1', status: 'deleting' },
      { id: 'new', externalId: 'ext-1', status: 'provisioning' },
    ];
    const { acme, server } = await adapter(() => ({ body: { items } }));
    expect(await acme.findCustomerByExternalId('ext-1')).toMatchObject({ platformId: 'new' });
    expect(await acme.findCustomerByExternalId('EXT-1')).toBeNull();
    items.pop();
    expect(await acme.findCustomerByExternalId('ext-1')).toMatchObject({ platformId: 'old', status: 'DELETING' });
    expect(server.requests[0]).toMatchObject({ path: '/v1/wholesale/customers', query: { externalId: 'ext-1' } });
  });

  it('are prechecked; info may be an object or a list, and fault may hide under 200', async () => {
    const { acme, server } = await adapter(() => ({
      body: { message: 'success', info: { infoCode: 100, description: 'ok' } },
    }));
    await acme.precheckCustomer(createCustomerRequest);
    server.script = () => ({ body: { message: 'success', info: [{ infoCode: 100, description: 'ok' }] } });
    await acme.precheckCustomer(attachRequest);
    server.script = () => ({ body: { message: 'failed', errors: [{ errorCode: 10022, description: 'in use' }] } });
    expect(await failureOf(acme.precheckCustomer(createCustomerRequest))).toMatchObject({
      kind: 'rejected',
      platformCode: '10022',
    });
    server.script = () => ({
      status: 400,
      body: { message: 'no', errors: [{ errorCode: 1001, fieldName: 'address.city' }] },
    });
    const failure = await failureOf(acme.precheckCustomer(createCustomerRequest));
    expect(failure).toMatchObject({ kind: 'rejected', platformCode: '1001' });
    expect(failure.message).toContain('address.city');
  });
});
