// Roles on the port: the platform has no call for them alone, so the person must survive the change.

import { describe, expect, it } from 'vitest';
import { adapter, failureOf } from './support/adapter.ts';
import type { Script } from './support/scripted-server.ts';

describe('roles', () => {
  const roles = {
    items: [
      { id: 'r-full', name: 'Full Administrator' },
      { id: 'r-read', name: 'Read-only Administrator' },
      { id: 'r-moon', name: 'Moon Administrator' },
    ],
  };
  const person = {
    id: 'p1',
    displayName: 'Ann Lee',
    emails: ['ann@acme.example'],
    phoneNumbers: [
      { type: 'work', value: '+12145550001', primary: true },
      { type: 'work_extension', value: '8005001' },
    ],
    extension: '5001',
    locationId: 'l1',
    orgId: 'org-of-ann',
    roles: ['r-full', 'r-moon'],
    licenses: ['lic-1'],
    siteUrls: ['a.webex.com#attendee'],
    loginEnabled: 'true',
    created: '2026-01-01T00:00:00Z',
    status: 'active',
  };
  const script: Script = ({ path }) => ({ body: path.endsWith('/roles') ? roles : person });

  it('replace those that have a word here, and the rest of the person stays', async () => {
    const { acme, server } = await adapter(script);
    await acme.assignRoles('org-1', 'p1', ['READ_ONLY_ADMIN', 'READ_ONLY_ADMIN']);
    expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /v1/roles',
      'GET /v1/people/p1',
      'PUT /v1/people/p1',
    ]);
    expect(server.requests[2]?.body).toEqual({
      displayName: 'Ann Lee',
      emails: ['ann@acme.example'],
      phoneNumbers: [{ type: 'work', value: '+12145550001' }],
      extension: '5001',
      locationId: 'l1',
      orgId: 'org-of-ann',
      roles: ['r-moon', 'r-read'],
      licenses: ['lic-1'],
      siteUrls: ['a.webex.com#attendee'],
      loginEnabled: true,
    });
    expect(server.requests[2]?.query).toEqual({ callingData: 'true' });
  });

  it('of a person without calling are written without calling data', async () => {
    const bare = { id: 'p2', displayName: 'Bob', phoneNumbers: [{ type: 'work', value: '+1' }] };
    const { acme, server } = await adapter(({ path }) => ({ body: path.endsWith('/roles') ? roles : bare }));
    await acme.assignRoles('org-1', 'p2', ['FULL_ADMIN']);
    expect(server.requests[2]).toMatchObject({
      query: {},
      body: { displayName: 'Bob', orgId: 'org-1', roles: ['r-full'] },
    });
    expect(server.requests[2]?.body).not.toHaveProperty('phoneNumbers');
  });

  it('that are held already are not written', async () => {
    const { acme, server } = await adapter(script);
    await acme.assignRoles('org-1', 'p1', ['FULL_ADMIN']);
    expect(server.requests.filter(({ method }) => method === 'PUT')).toEqual([]);
  });

  it('are looked up once in ten minutes', async () => {
    let nowMs = 0;
    const { acme, platform, server } = await adapter(script, { now: () => nowMs });
    const lookups = () => server.requests.filter(({ path }) => path.endsWith('/roles')).length;
    await acme.assignRoles('org-1', 'p1', ['FULL_ADMIN']);
    await platform.forPartner({ slug: 'nordic' }).assignRoles('org-1', 'p1', ['FULL_ADMIN']);
    expect(lookups()).toBe(1);
    nowMs = 10 * 60_000;
    await acme.assignRoles('org-1', 'p1', ['FULL_ADMIN']);
    expect(lookups()).toBe(2);
  });

  it('that the platform does not offer, and persons it does not know, are refused in words', async () => {
    const { acme, server } = await adapter(script);
    expect((await failureOf(acme.assignRoles('o', 'p1', ['DEVICE_ADMIN']))).message).toBe(
      'Expected Webex to offer the role Device Administrator, found only: Full Administrator, Read-only Administrator.',
    );
    server.script = () => ({ status: 404, body: {} });
    expect(await failureOf(acme.assignRoles('o', 'p9', ['FULL_ADMIN']))).toMatchObject({ kind: 'rejected' });
    expect(server.requests.filter(({ method }) => method === 'PUT')).toEqual([]);
  });
});
