// Our words and the REST words, both ways; paths and Link headers. No network.

import { describe, expect, it } from 'vitest';
import type { PackageCode } from '../../src/platform/port.ts';
import { nextLink } from '../../src/platform/webex/link-header.ts';
import {
  toCustomer,
  toLocationAddress,
  toRoleIds,
  toUser,
  toWholesaleAddress,
  toWireLimits,
  toWirePackage,
  toWireUserPackage,
} from '../../src/platform/webex/mapping.ts';
import { lastSegment, restPath } from '../../src/platform/webex/rest-path.ts';
import { customerBody, subscriberBody } from '../../src/platform/webex/wire.ts';

const limited: readonly PackageCode[] = [
  'COMMON_AREA_CALLING',
  'WEBEX_CALLING',
  'WEBEX_CALLING_STANDARD',
  'WEBEX_VOICE',
  'WEBEX_SUITE',
  'WEBEX_MEETINGS',
  'CX_ESSENTIALS',
  'ATTENDANT_CONSOLE',
];
const unlimited: readonly PackageCode[] = [
  'CISCO_CALLING_PLAN',
  'CX_PREMIUM_AGENT',
  'CX_STANDARD_AGENT',
  'CX_VOICE_PORTS',
  'CX_AI_ASSISTANT',
  'WEBEX_AI_AGENT',
];
const address = {
  addressLine1: '771 Alder Drive',
  addressLine2: null,
  city: 'Milpitas',
  stateOrProvince: 'CA',
  zipOrPostalCode: '95035',
  countryCode: 'US',
};

describe('packages', () => {
  it.each([...limited, ...unlimited])('%s survives the way to the platform and back', (code) => {
    const body = customerBody.parse({
      id: 'c',
      externalId: 'e',
      status: 'provisioned',
      packages: [toWirePackage(code)],
    });
    expect(toCustomer(body).packages).toMatchObject([{ package: code, status: 'PROVISIONED' }]);
  });

  it('carry limits only where the platform takes them', () => {
    expect(Object.keys(toWireLimits(limited.map((code) => ({ package: code, limit: 5 }))) ?? {})).toHaveLength(8);
    expect(toWireLimits(unlimited.map((code) => ({ package: code, limit: 5 })))).toBeUndefined();
    expect(toWireLimits([{ package: 'WEBEX_VOICE', limit: null }])).toBeUndefined();
    expect(toWireLimits([{ package: 'WEBEX_VOICE', limit: 0 }])).toEqual({ webex_voice: 0 });
  });

  it.each(['COMMON_AREA_CALLING', 'CISCO_CALLING_PLAN', 'WEBEX_AI_AGENT'] as const)(
    '%s is refused for a person',
    (code) => {
      expect(() => toWireUserPackage(code)).toThrow(expect.objectContaining({ kind: 'rejected' }));
    },
  );
});

describe('a customer', () => {
  const bare = { id: 'c', externalId: 'e', status: 'provisioned' };

  it.each([
    ['provisioning', 'PROVISIONING'],
    ['pending_rpl_review', 'PENDING_COMPLIANCE_REVIEW'],
    ['provisioned', 'PROVISIONED'],
    ['provisioned_with_errors', 'PROVISIONED_WITH_ERRORS'],
    ['updating', 'UPDATING'],
    ['deleting', 'DELETING'],
    ['error', 'ERROR'],
    ['hibernating', 'UNRECOGNIZED'],
    ['constructor', 'UNRECOGNIZED'],
  ])('in status %s is %s', (status, expected) => {
    expect(toCustomer(customerBody.parse({ ...bare, status })).status).toBe(expected);
  });

  it('may lack organisation, packages, details and errors', () => {
    expect(toCustomer(customerBody.parse({ ...bare, orgId: null, resourceDetails: null }))).toEqual({
      platformId: 'c',
      externalId: 'e',
      organizationId: null,
      status: 'PROVISIONED',
      packages: [],
      errors: [],
      billingAddress: null,
    });
  });

  it('shows errors and warnings of packages, codes as numbers or text, and skips packages it cannot name', () => {
    const customer = toCustomer(
      customerBody.parse({
        ...bare,
        status: 'provisioned_with_errors',
        packages: ['webex_calling', 'webex_telepathy', 'webex_meetings'],
        resourceDetails: {
          packages: [
            { name: 'webex_calling', status: 'error', warnings: [{ errorCode: 2560, description: 'maintenance' }] },
            {
              name: 'webex_voice',
              status: 'deleting',
              errors: [{ errorCode: '7', description: 'odd' }],
              licenseIds: [],
            },
          ],
        },
        errors: [{ errorCode: 10022, description: 'in use' }],
        somethingNew: { from: 2027 },
      }),
    );
    expect(customer.packages).toMatchObject([
      { package: 'WEBEX_CALLING', status: 'ERROR', errors: [], warnings: [{ platformCode: '2560' }] },
      { package: 'WEBEX_MEETINGS', status: 'UNRECOGNIZED' },
      { package: 'WEBEX_VOICE', status: 'DELETING', errors: [{ platformCode: '7', message: 'odd' }] },
    ]);
    expect(customer.errors).toMatchObject([{ platformCode: '10022' }]);
  });
});

describe('a user', () => {
  const bare = {
    id: 's',
    email: 'a@b.example',
    customerId: 'c',
    status: 'provisioned',
    created: '2021-08-06T02:03:00.062Z',
  };

  it('is read with packages, with the older package, with neither', () => {
    const packageOf = (body: object) => toUser(subscriberBody.parse({ ...bare, ...body })).package;
    expect(packageOf({ packages: ['webex_suite'], package: 'webex_calling' })).toBe('WEBEX_SUITE');
    expect(packageOf({ package: 'webex_calling' })).toBe('WEBEX_CALLING');
    expect(packageOf({ packages: ['webex_telepathy'] })).toBeNull();
    expect(packageOf({})).toBeNull();
  });

  it('has a last change, at the latest its creation', () => {
    const changed = toUser(subscriberBody.parse({ ...bare, lastStatusChange: '2021-08-06T02:05:41.791232Z' }));
    expect(changed.lastStatusChangeAt.toISOString()).toBe('2021-08-06T02:05:41.791Z');
    expect(toUser(subscriberBody.parse(bare)).lastStatusChangeAt.toISOString()).toBe('2021-08-06T02:03:00.062Z');
    expect(subscriberBody.safeParse({ ...bare, created: 'yesterday' }).success).toBe(false);
  });

  it.each([
    ['provisioned', 'PROVISIONED'],
    ['pending_user_migration', 'AWAITING_USER_CONSENT'],
    ['dreaming', 'UNRECOGNIZED'],
  ])('in status %s is %s', (status, expected) => {
    expect(toUser(subscriberBody.parse({ ...bare, status })).status).toBe(expected);
  });
});

describe('addresses', () => {
  it('have two forms', () => {
    expect(toWholesaleAddress(address)).toMatchObject({
      addressLine1: '771 Alder Drive',
      zipOrPostalCode: '95035',
      country: 'US',
    });
    expect(toLocationAddress({ name: 'HQ', address })).toMatchObject({
      address1: '771 Alder Drive',
      state: 'CA',
      postalCode: '95035',
    });
  });

  it.each(['stateOrProvince', 'zipOrPostalCode'] as const)('of a further location need %s', (field) => {
    for (const value of [null, ' ']) {
      const convert = () => toLocationAddress({ name: 'Depot', address: { ...address, [field]: value } });
      expect(convert).toThrow(expect.objectContaining({ kind: 'rejected' }));
      expect(convert).toThrow(`address.${field} for the location "Depot"`);
    }
  });
});

it('role names are compared without case, hyphens and the long form of admin', () => {
  const ids = toRoleIds([
    { id: 'r1', name: 'Read Only Administrator' },
    { id: 'r2', name: 'full admin' },
    { id: 'r3', name: 'Moon Administrator' },
  ]);
  expect([...ids]).toEqual([
    ['FULL_ADMIN', 'r2'],
    ['READ_ONLY_ADMIN', 'r1'],
  ]);
});

describe('paths', () => {
  it('encode ids as one segment', () => {
    expect(restPath`/wholesale/customers/${'a/b?c=d ü=='}`).toBe('/wholesale/customers/a%2Fb%3Fc%3Dd%20%C3%BC%3D%3D');
  });

  it.each(['', '.', '..'])('refuse the id "%s", which would address something else', (id) => {
    expect(() => restPath`/wholesale/customers/${id}`).toThrow(expect.objectContaining({ kind: 'rejected' }));
  });

  it.each([
    ['https://webexapis.com/v1/wholesale/customers/abc%3D', 'abc='],
    ['/v1/wholesale/customers/abc/', 'abc'],
    ['https://host/', null],
    ['https://host/%E0%A4%A', null],
    ['http://[', null],
    [null, null],
  ])('the id of %s is %s', (url, id) => {
    expect(lastSegment(url, 'https://webexapis.com/v1')).toBe(id);
  });
});

describe('the Link header', () => {
  it.each([
    ['<https://a/b?c=1,2&d=3>; rel="next"', 'https://a/b?c=1,2&d=3'],
    ['<https://a/1>; rel="prev", <https://a/2>; title="x, y"; rel="next"', 'https://a/2'],
    ['<https://a/1>;rel=next', 'https://a/1'],
    ['<https://a/1>; rel="last next"', 'https://a/1'],
    ['<https://a/1>; REL="Next"', 'https://a/1'],
    ['<https://a/1>; rel="nextish"', null],
    ['<https://a/1>; title="rel=next"', null],
    ['', null],
    [null, null],
  ])('%s continues at %s', (header, next) => {
    expect(nextLink(header)).toBe(next);
  });
});
