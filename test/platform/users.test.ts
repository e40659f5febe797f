// Users on the port: what goes over the wire, what comes back.

import { describe, expect, it } from 'vitest';
import { adapter, failureOf } from './support/adapter.ts';
import { createUserRequest } from './support/requests.ts';

const subscriber = {
  id: 's1',
  personId: 'p1',
  email: 'ann@acme.example',
  customerId: 'c1',
  externalCustomerId: 'e1',
  packages: ['webex_calling'],
  status: 'provisioned',
  created: '2026-01-01T00:00:00Z',
  lastStatusChange: '2026-01-02T00:00:00Z',
};

describe('users', () => {
  it('are created with a list of one package', async () => {
    const { acme, server } = await adapter(() => ({ body: subscriber }));
    expect(await acme.createUser(createUserRequest)).toEqual({
      platformId: 's1',
      personId: 'p1',
      customerPlatformId: 'c1',
      email: 'ann@acme.example',
      package: 'WEBEX_CALLING',
      status: 'PROVISIONED',
      errors: [],
      lastStatusChangeAt: new Date('2026-01-02T00:00:00Z'),
    });
    expect(server.requests[0]?.body).toEqual({
      customerId: 'c1',
      email: 'ann@acme.example',
      packages: ['webex_calling'],
      provisioningParameters: {
        firstName: 'Ann',
        lastName: 'Lee',
        primaryPhoneNumber: '+12145550001',
        extension: '5001',
        locationId: 'loc-1',
      },
    });
  });

  it('who must agree to move are told apart', async () => {
    const { acme } = await adapter(() => ({
      status: 202,
      body: { ...subscriber, personId: undefined, status: 'pending_user_migration' },
    }));
    expect(await acme.createUser(createUserRequest)).toMatchObject({ status: 'AWAITING_USER_CONSENT', personId: null });
  });

  it('change their package, with calling data only where there is some', async () => {
    const { acme, server } = await adapter(() => ({ body: subscriber }));
    await acme.updateUser('s1', { package: 'WEBEX_MEETINGS', calling: null });
    await acme.updateUser('s1', {
      package: 'WEBEX_VOICE',
      calling: { locationPlatformId: null, phoneNumber: null, extension: '77' },
    });
    expect(server.requests.map(({ body }) => body)).toEqual([
      { packages: ['webex_meetings'] },
      { packages: ['webex_voice'], provisioningParameters: { extension: '77' } },
    ]);
  });

  it('of a package for places are refused unsent', async () => {
    const { acme, server } = await adapter(() => ({ body: subscriber }));
    const failure = await failureOf(acme.createUser({ ...createUserRequest, package: 'COMMON_AREA_CALLING' }));
    expect(failure).toMatchObject({ kind: 'rejected' });
    expect(failure.message).toContain('COMMON_AREA_CALLING');
    expect(server.requests).toEqual([]);
  });

  it('are listed, by address without regard to case, or by change since', async () => {
    const { acme, server } = await adapter(() => ({
      body: { items: [subscriber, { ...subscriber, id: 's2', email: 'Bob@acme.example' }] },
    }));
    expect(await acme.listUsers('c1')).toHaveLength(2);
    expect(await acme.listUsers('c1', { email: 'bob@ACME.example' })).toMatchObject([{ platformId: 's2' }]);
    await acme.listUsers('c1', { changedSince: new Date(1_700_000_000_000) });
    expect(server.requests.map(({ query }) => query)).toEqual([
      { customerId: 'c1', max: '100' },
      { customerId: 'c1', max: '100', email: 'bob@ACME.example' },
      { customerId: 'c1', max: '100', lastStatusChange: '1700000000000', sortBy: 'lastStatusChange', sortOrder: 'ASC' },
    ]);
  });

  it('are removed and reminded', async () => {
    const { acme, server } = await adapter(() => ({ status: 204 }));
    await acme.removeUser('s/1');
    await acme.resendUserConsent('s/1');
    expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'DELETE /v1/wholesale/subscribers/s%2F1',
      'POST /v1/subscribers/s%2F1/emails/consentMove',
    ]);
  });
});
