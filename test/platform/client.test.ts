// What the HTTP client guarantees for every call: time, size, origin, secrets, and the kind of every bad ending.

import { describe, expect, it } from 'vitest';
import { PlatformFailure } from '../../src/platform/failure.ts';
import { createWebexPlatform } from '../../src/platform/webex/adapter.ts';
import { fixedTokens } from '../../src/platform/webex/tokens.ts';
import { adapter, failureOf, token } from './support/adapter.ts';

const customer = { id: 'c1', externalId: 'e1', status: 'provisioned' };

describe('a request', () => {
  it('carries the token, asks for JSON and sends JSON', async () => {
    const { acme, server } = await adapter(() => ({ status: 202 }));
    await acme.detachCustomer('a/b');
    await acme.addNumbers('org', 'loc', ['+12145550001']);
    expect(server.requests[0]).toMatchObject({ method: 'DELETE', path: '/v1/wholesale/customers/a%2Fb' });
    expect(server.requests[0]?.headers).toMatchObject({ authorization: `Bearer ${token}`, accept: 'application/json' });
    expect(server.requests[0]?.headers['content-type']).toBeUndefined();
    expect(server.requests[1]?.headers['content-type']).toBe('application/json');
  });

  it('asks for the token of its own partner, each time', async () => {
    const issued: string[] = [];
    const tokens = fixedTokens(async ({ slug }: { slug: string }) => {
      issued.push(slug);
      return `token-${slug}-${issued.length}`;
    });
    const { platform, server } = await adapter(() => ({ body: customer }), { tokens });
    await platform.forPartner({ slug: 'nordic' }).getCustomer('c1');
    await platform.forPartner({ slug: 'pacific' }).getCustomer('c1');
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer token-nordic-1',
      'Bearer token-pacific-2',
    ]);
  });

  it('is not sent without a usable token', async () => {
    const none = await adapter(() => ({}), { tokens: fixedTokens(() => Promise.reject(new Error('vault is sealed'))) });
    expect(await failureOf(none.acme.getCustomer('c1'))).toMatchObject({ kind: 'busy' });
    const unfit = await adapter(() => ({}), { tokens: fixedTokens(async () => 'top secret\n') });
    const failure = await failureOf(unfit.acme.getCustomer('c1'));
    expect(failure.kind).toBe('rejected');
    expect(failure.message).not.toContain('top secret');
    expect([...none.server.requests, ...unfit.server.requests]).toEqual([]);
  });

  it('is not repeated by the adapter, whatever it meets', async () => {
    for (const answer of [{ status: 503 }, { status: 500 }, { status: 429 }, 'reset', 'half'] as const) {
      const { acme, server } = await adapter(() => answer);
      await failureOf(acme.getCustomer('c1'));
      await failureOf(acme.detachCustomer('c1'));
      expect(server.requests).toHaveLength(2);
    }
  });
});

describe('a call that breaks', () => {
  it.each(['hang', 'reset', 'half'] as const)(
    'by "%s" is unknown after a write and busy after a read',
    async (ending) => {
      const { acme } = await adapter(() => ending, { timeoutMs: 250 });
      const request = {
        customerPlatformId: 'c',
        email: 'a@b.example',
        firstName: 'A',
        lastName: 'B',
        package: 'WEBEX_MEETINGS',
        calling: null,
      } as const;
      expect(await failureOf(acme.createUser(request))).toMatchObject({ kind: 'unknown' });
      expect(await failureOf(acme.getUser('u'))).toMatchObject({ kind: 'busy' });
      expect(await failureOf(acme.precheckUser(request))).toMatchObject({ kind: 'busy' });
    },
  );

  it('says how long it waited', async () => {
    const { acme } = await adapter(() => 'hang', { timeoutMs: 50 });
    expect((await failureOf(acme.detachCustomer('c'))).message).toContain('no answer within 50 ms');
  });

  it('before anything was sent is busy', async () => {
    const { acme, server } = await adapter(() => ({}));
    await server.close();
    expect(await failureOf(acme.detachCustomer('c'))).toMatchObject({ kind: 'busy', status: null });
  });

  it('because the name of the host is unknown is busy', async () => {
    const platform = createWebexPlatform({
      baseUrl: 'http://nowhere.invalid/v1',
      sandboxOrigin: null,
      tokens: fixedTokens(async () => token),
      log: { debug: () => undefined, warn: () => undefined },
    });
    expect(await failureOf(platform.forPartner({ slug: 'acme' }).detachCustomer('c'))).toMatchObject({ kind: 'busy' });
  });

  it('because the gateway shuts down is unknown, and later calls are not sent', async () => {
    const { acme, platform, server } = await adapter(() => 'hang');
    const underWay = failureOf(acme.detachCustomer('c'));
    await server.firstRequest;
    await platform.close();
    expect(await underWay).toMatchObject({ kind: 'unknown' });
    expect(await failureOf(acme.detachCustomer('c'))).toMatchObject({ kind: 'busy' });
    expect(server.requests).toHaveLength(1);
  });
});

describe('an answer', () => {
  it.each([
    ['an HTML page', { headers: { 'content-type': 'text/html' }, body: '<html>' }],
    ['broken JSON', { headers: { 'content-type': 'application/json' }, body: '{"id":' }],
    ['an empty body', {}],
    ['another shape', { body: { id: 7 } }],
    ['more than 4 MB', { body: { ...customer, padding: 'x'.repeat(4 * 1024 * 1024) } }],
  ])('with %s is busy after a read, unknown after a write', async (_name, answer) => {
    const { acme } = await adapter(() => answer);
    expect(await failureOf(acme.getCustomer('c'))).toMatchObject({ kind: 'busy', status: 200 });
    const location = {
      name: 'Depot',
      address: {
        addressLine1: 'a',
        addressLine2: null,
        city: 'c',
        stateOrProvince: 's',
        zipOrPostalCode: 'z',
        countryCode: 'US',
      },
      timeZone: 'America/Chicago',
      language: 'en_us',
      announcementLanguage: null,
      emergencyLocationIdentifier: null,
    };
    expect(await failureOf(acme.createLocation('o', location))).toMatchObject({ kind: 'unknown', status: 200 });
  });

  it('of just under 4 MB is read', async () => {
    const { acme } = await adapter(() => ({ body: { ...customer, padding: 'x'.repeat(4 * 1024 * 1024 - 1024) } }));
    expect(await acme.getCustomer('c1')).toMatchObject({ platformId: 'c1' });
  });

  it('that redirects is refused and not followed', async () => {
    const { acme, server } = await adapter(() => ({ status: 302, headers: { location: '/elsewhere' } }));
    const failure = await failureOf(acme.detachCustomer('c'));
    expect(failure).toMatchObject({ kind: 'busy', fault: 'ADDRESS', status: 302 });
    expect(failure.message).toContain('configured address');
    expect(server.requests).toHaveLength(1);
  });

  it('takes the tracking ID from the body, else from the header', async () => {
    const inBody = await adapter(() => ({
      status: 409,
      headers: { trackingid: 'H1' },
      body: { message: 'm', trackingId: 'B1' },
    }));
    expect(await failureOf(inBody.acme.detachCustomer('c'))).toMatchObject({ trackingId: 'B1' });
    const inHeader = await adapter(() => ({ status: 409, headers: { TrackingID: 'H1' }, body: 'not even JSON' }));
    expect(await failureOf(inHeader.acme.detachCustomer('c'))).toMatchObject({ trackingId: 'H1', kind: 'rejected' });
  });

  it('says how long to wait', async () => {
    let now = Date.UTC(2026, 0, 1);
    const seconds = () => ({ status: 429, headers: { 'retry-after': '2' }, body: {} });
    const { acme, server } = await adapter(seconds, { now: () => now });
    expect(await failureOf(acme.getCustomer('c'))).toMatchObject({ kind: 'busy', retryAfterMs: 2_000 });
    now += 2_000;
    server.script = () => ({ status: 423, headers: { 'retry-after': 'Thu, 01 Jan 2026 00:00:07 GMT' } });
    expect(await failureOf(acme.detachCustomer('c'))).toMatchObject({ kind: 'busy', retryAfterMs: 5_000 });
  });

  it('with errors of an odd shape still counts by its status', async () => {
    for (const body of [{ errors: 'many' }, { errors: [{ errorCode: { a: 1 } }], message: 5 }, [], null, 'text']) {
      const { acme } = await adapter(() => ({ status: 400, headers: { 'content-type': 'application/json' }, body }));
      expect(await failureOf(acme.detachCustomer('c'))).toMatchObject({ kind: 'rejected', status: 400 });
    }
  });

  it('of 404 means absence only in the words of the platform', async () => {
    const { acme, server } = await adapter(() => ({ status: 404, body: { message: 'unknown', trackingId: 'T' } }));
    expect(await acme.getCustomer('c')).toBeNull();
    expect(await acme.getUser('u')).toBeNull();
    expect(await failureOf(acme.detachCustomer('c'))).toMatchObject({ kind: 'rejected', status: 404 });
    server.script = () => ({ status: 404, headers: { 'content-type': 'text/html' }, body: '<h1>nginx</h1>' });
    expect(await failureOf(acme.getCustomer('c'))).toMatchObject({ kind: 'busy', fault: 'ADDRESS', status: 404 });
  });
});

describe('pages', () => {
  const page = (names: readonly string[], next?: string) => ({
    body: { items: names.map((name) => ({ id: name, name })) },
    headers: next === undefined ? {} : { link: `<${next}>; rel="next"` },
  });

  it('are followed as given, absolute or relative, to the last', async () => {
    const { acme, server } = await adapter(() => page([]));
    server.script = ({ query }) =>
      query.cursor === undefined
        ? page(['a', 'b'], `${server.origin}/v1/locations?cursor=x%3D1&opaque`)
        : query.cursor === 'x=1'
          ? page(['c'], '/v1/locations?cursor=2')
          : page(['d']);
    expect((await acme.listLocations('org')).map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd']);
    expect(server.requests.map(({ query }) => query)).toEqual([
      { orgId: 'org' },
      { cursor: 'x=1', opaque: '' },
      { cursor: '2' },
    ]);
  });

  it.each([
    'http://127.0.0.1:1/v1/locations',
    'https://attacker.example/',
    '//attacker.example/',
    'javascript:alert(1)',
  ])('at %s are not followed: the token stays here', async (next) => {
    const { acme, server } = await adapter(() => page(['a'], next));
    const failure = await failureOf(acme.listLocations('org'));
    expect(failure).toMatchObject({ kind: 'rejected' });
    expect(failure.message).not.toContain('attacker');
    expect(server.requests).toHaveLength(1);
  });

  it('that go round in a circle or never end are given up, not cut short silently', async () => {
    const circle = await adapter(() => page(['a'], '/v1/locations?orgId=org'));
    expect(await failureOf(circle.acme.listLocations('org'))).toMatchObject({ kind: 'rejected' });
    expect(circle.server.requests).toHaveLength(1);
    let count = 0;
    const endless = await adapter(() => page(['a'], `/v1/locations?page=${(count += 1)}`));
    expect(await failureOf(endless.acme.listLocations('org'))).toMatchObject({ kind: 'rejected' });
    expect(endless.server.requests).toHaveLength(200);
  });

  it('of which one fails give no half list', async () => {
    const { acme } = await adapter(({ query }) =>
      query.n === undefined ? page(['a'], '/v1/locations?n=2') : { status: 503 },
    );
    expect(await failureOf(acme.listLocations('org'))).toMatchObject({ kind: 'busy' });
  });
});

it('neither logs nor failures carry the token, the consent token or the raw body', async () => {
  const echo = {
    message: `Authorization: Bearer ${token} refused`,
    errors: [{ errorCode: 1, description: `x ${token} y` }],
    raw: 'RAW-PART',
  };
  const { acme, logged } = await adapter(() => ({ status: 401, body: echo }), { isSandbox: true });
  const failures = [
    await failureOf(acme.getCustomer('c')),
    await failureOf(acme.answerConsent('consent-secret', 'APPROVE')),
    await failureOf(acme.findOrganizations('admin@several.example')),
  ];
  const everything = [
    logged(),
    ...failures.map((failure) => JSON.stringify([failure.message, String(failure.cause), failure])),
  ].join();
  for (const secret of [token, 'consent-secret', 'RAW-PART', 'several.example'])
    expect(everything).not.toContain(secret);
  expect(everything).toContain('x [hidden] y');
  expect(logged()).toContain('"operation":"read the customer"');
  expect(failures.every((failure) => failure instanceof PlatformFailure)).toBe(true);
});
