// Every request the adapter can send, checked against Cisco's published OpenAPI files where they lie beside the repository,
// and the published sample answers read by the adapter. A field the specification does not name counts as a fault.

import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { PackageCode } from '../../src/platform/port.ts';
import {
  customerBody,
  numberBody,
  precheckBody,
  subscriberBody,
  validatedNumbersBody,
} from '../../src/platform/webex/wire.ts';
import { subPartnerBody } from '../../src/platform/webex/sub-partners.ts';
import { adapter } from './support/adapter.ts';
import { faultsOf, isPublished, published, samplesOf } from './support/openapi.ts';
import { attachRequest, createCustomerRequest, createUserRequest, locationRequest } from './support/requests.ts';
import type { Script } from './support/scripted-server.ts';

if (!isPublished) process.stderr.write('contract check skipped: ../shared/openapi is not there\n');

const packages: readonly PackageCode[] = [
  'COMMON_AREA_CALLING',
  'WEBEX_CALLING',
  'WEBEX_CALLING_STANDARD',
  'WEBEX_VOICE',
  'WEBEX_SUITE',
  'WEBEX_MEETINGS',
  'CX_ESSENTIALS',
  'ATTENDANT_CONSOLE',
  'CISCO_CALLING_PLAN',
  'CX_PREMIUM_AGENT',
  'CX_STANDARD_AGENT',
  'CX_VOICE_PORTS',
  'CX_AI_ASSISTANT',
  'WEBEX_AI_AGENT',
];
const place = { id: 'l1', name: 'HQ' };
const subscriber = {
  id: 's1',
  email: 'a@b.example',
  customerId: 'c1',
  status: 'provisioned',
  created: '2026-01-01T00:00:00Z',
};
const fullPerson = {
  ...{
    displayName: 'Ann',
    emails: ['a@b.example'],
    phoneNumbers: [{ type: 'work', value: '+1' }],
    extension: '1',
    locationId: 'l1',
  },
  ...{
    firstName: 'A',
    lastName: 'L',
    avatar: 'https://a',
    orgId: 'o',
    roles: ['r9'],
    licenses: ['l'],
    department: 'd',
    manager: 'm',
  },
  ...{
    managerId: 'm',
    title: 't',
    addresses: [{ type: 'work' }],
    siteUrls: ['s'],
    loginEnabled: 'true',
    created: 'c',
    status: 'active',
  },
};

const script: Script = ({ method, path }) => {
  if (path.endsWith('/validate')) return { body: { message: 'success' } };
  if (path.endsWith('/invoke')) return { body: { status: 'OK', numbers: [] } };
  if (path.endsWith('/subPartners')) return { body: { subPartners: [] } };
  if (path.endsWith('/roles')) return { body: { items: [{ id: 'r1', name: 'Full Administrator' }] } };
  if (path.includes('/people/')) return { body: fullPerson };
  if (path.includes('/organizations/')) return { body: { id: 'o', displayName: 'Acme' } };
  if (path.endsWith('/telephony/config/numbers')) return { body: { phoneNumbers: [] } };
  if (path.endsWith('/locations'))
    return method === 'GET' ? { body: { items: [place] } } : { status: 201, body: place };
  if (path.includes('/wholesale/subscribers')) {
    return { body: method === 'GET' && path.endsWith('/subscribers') ? { items: [subscriber] } : subscriber };
  }
  if (path.endsWith('/wholesale/customers') && method === 'GET') return { body: { items: [] } };
  if (method === 'GET') return { body: { id: 'c1', externalId: 'e', status: 'provisioned' } };
  return { status: 202, headers: { location: '/v1/wholesale/customers/c1' } };
};

describe.skipIf(!isPublished)('the published specification', () => {
  it('knows every request the adapter sends, with every field in it', async () => {
    const { acme, platform, server } = await adapter(script);
    const everything = {
      ...createCustomerRequest,
      packages: packages.map((code) => ({ package: code, limit: 7 })),
      billingAddress: { ...createCustomerRequest.billingAddress, addressLine2: 'Cisco Site 5' },
      organizationId: 'org-1',
    };
    for (const request of [createCustomerRequest, attachRequest, everything]) {
      await acme.createCustomer(request);
      await acme.updateCustomer('c1', request);
      await acme.precheckCustomer(request);
    }
    await acme.findCustomerByExternalId('e');
    await acme.getCustomer('c1');
    await acme.listCustomerPage(null);
    await acme.listCustomers({ onlyUnsettled: true });
    await acme.detachCustomer('c1');

    await acme.listLocations('o');
    await acme.createLocation('o', {
      ...locationRequest,
      address: everything.billingAddress,
      announcementLanguage: 'fr_fr',
    });
    await acme.listNumbers('o');
    await acme.validateNumbers('o', ['+12145550001']);
    await acme.addNumbers('o', 'l1', ['+12145550001']);

    const userPackages = packages.filter((code) => !/COMMON|PLAN|PORTS|AI_/.test(code));
    expect(userPackages).toHaveLength(9);
    for (const code of userPackages) {
      await acme.createUser({ ...createUserRequest, package: code });
      await acme.updateUser('s1', { package: code, calling: createUserRequest.calling });
      await acme.precheckUser({ ...createUserRequest, package: code });
    }
    await acme.createUser({ ...createUserRequest, package: 'WEBEX_MEETINGS', calling: null });
    await acme.updateUser('s1', { package: 'WEBEX_MEETINGS', calling: null });
    await acme.listUsers('c1', { email: 'a@b.example', changedSince: new Date(0) });
    await acme.listAllUsers();
    await acme.listChangedUsers(new Date(0));
    await acme.getUser('s1');
    await acme.removeUser('s1');
    await acme.resendUserConsent('s1');
    await acme.assignRoles('o', 'p1', ['FULL_ADMIN']);
    await acme.getOrganization('o');

    await acme.listSubPartners();
    const delegated = platform.forPartner({ slug: 'acme', onBehalfOf: 'sub-partner-org' });
    await delegated.createCustomer(createCustomerRequest);
    await delegated.updateCustomer('c1', createCustomerRequest);
    await delegated.precheckCustomer(createCustomerRequest);
    await delegated.getCustomer('c1');
    await delegated.findCustomerByExternalId('e');
    await delegated.detachCustomer('c1');
    await delegated.createUser(createUserRequest);
    await delegated.updateUser('s1', { package: 'WEBEX_CALLING', calling: createUserRequest.calling });
    await delegated.precheckUser(createUserRequest);
    await delegated.listUsers('c1');
    await delegated.getUser('s1');
    await delegated.removeUser('s1');
    await delegated.resendUserConsent('s1');
    await delegated.listLocations('o');
    const onBehalf = server.requests.filter(({ query }) => query['onBehalfOfSubPartnerOrgId'] === 'sub-partner-org');
    // All but the locations, which are asked for by their organisation.
    expect(onBehalf).toHaveLength(13);

    const operations = published();
    const asked = new Set(server.requests.map(({ method, path }) => `${method} ${path}`));
    expect(asked.size).toBe(23);
    expect(server.requests.flatMap((request) => faultsOf(request, operations))).toEqual([]);
  });

  it('would notice an invented field, a wrong value, an unknown query or path', () => {
    const operations = published();
    const good = {
      method: 'PUT',
      path: '/v1/wholesale/subscribers/s',
      query: {},
      headers: {},
      body: { packages: ['webex_voice'] },
    };
    expect(faultsOf(good, operations)).toEqual([]);
    expect(faultsOf({ ...good, body: { packages: ['webex_telepathy'] } }, operations)).toHaveLength(1);
    expect(faultsOf({ ...good, body: { packages: [], invented: 1 } }, operations)).toHaveLength(1);
    expect(faultsOf({ ...good, query: { invented: '1' } }, operations)).toHaveLength(1);
    expect(faultsOf({ ...good, path: '/v1/wholesale/invented' }, operations)).toHaveLength(1);
  });

  it.each([
    ['GET', '/wholesale/customers', '200', z.object({ items: z.array(customerBody) })],
    ['GET', '/wholesale/customers/{customerId}', '200', customerBody],
    ['POST', '/wholesale/customers/validate', '200', precheckBody],
    ['GET', '/wholesale/subscribers', '200', z.object({ items: z.array(subscriberBody) })],
    ['POST', '/wholesale/subscribers', '200', subscriberBody],
    ['POST', '/wholesale/subscribers', '202', subscriberBody],
    ['GET', '/wholesale/subscribers/{subscriberId}', '200', subscriberBody],
    ['PUT', '/wholesale/subscribers/{subscriberId}', '200', subscriberBody],
    ['POST', '/wholesale/subscribers/validate', '200', precheckBody],
    ['GET', '/wholesale/subPartners', '200', z.object({ subPartners: z.array(subPartnerBody) })],
    ['GET', '/telephony/config/numbers', '200', z.object({ phoneNumbers: z.array(numberBody) })],
    ['POST', '/telephony/config/actions/validateNumbers/invoke', '200', validatedNumbersBody],
  ] as const)('gives samples that are read: %s %s %s', (method, path, status, body) => {
    const match = published().find((candidate) => candidate.method === method && candidate.path === path);
    const samples = samplesOf(match, status);
    expect(samples.length).toBeGreaterThan(0);
    for (const sample of samples) expect(body.safeParse(sample).error).toBeUndefined();
  });
});
