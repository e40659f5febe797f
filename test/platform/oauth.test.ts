// Access tokens in front of a platform that counts how often it is asked for them: the sandbox's own token endpoint, and a scripted one.

import { describe, expect, it, onTestFinished } from 'vitest';
import { createWebexPlatform } from '../../src/platform/webex/adapter.ts';
import { createOAuthTokens } from '../../src/platform/webex/oauth.ts';
import type { CredentialStore, PlatformCredentials } from '../../src/platform/webex/oauth.ts';
import { openWorld } from '../sandbox/support/world.ts';
import { failureOf } from './support/adapter.ts';
import { startScriptedServer } from './support/scripted-server.ts';
import type { Script } from './support/scripted-server.ts';

const day = 86_400_000;
const acme = { slug: 'acme' };

/** The adapter at this address, with credentials that can be looked at, and a clock that can be turned. */
function connect(origin: string, refreshToken: string) {
  const clock = { now: Date.now() };
  const stored: Record<string, PlatformCredentials | null> = {
    acme: { kind: 'OAUTH', clientId: 'client', clientSecret: 'hunter2-client', refreshToken },
  };
  const store: CredentialStore = {
    read: async ({ slug }) => stored[slug] ?? null,
    inTurn: (_partner, work) => work(),
    rotated: async ({ slug }, before, token) => void (stored[slug] = { ...before, refreshToken: token }),
  };
  const lines: string[] = [];
  const write = (fields: object, message: string) => void lines.push(JSON.stringify({ ...fields, message }));
  const log = { debug: write, warn: write };
  const baseUrl = `${origin}/v1`;
  const tokens = createOAuthTokens({ baseUrl, store, log, now: () => clock.now });
  const platform = createWebexPlatform({ baseUrl, sandboxOrigin: null, tokens, log });
  onTestFinished(() => platform.close());
  return { clock, stored, tokens, acme: platform.forPartner(acme), platform, logged: () => lines.join('\n') };
}

async function overSandbox() {
  const world = await openWorld();
  onTestFinished(() => world.close());
  const connected = connect(world.origin(), 'sandbox-acme');
  const renewals = () => connected.logged().split('access token renewed').length - 1;
  return { world, renewals, ...connected };
}

/** Issues token-1, token-2 … and answers every other request by the second script. */
async function overScript(other: Script, issue: (count: number) => ReturnType<Script> = granted) {
  let issued = 0;
  const server = await startScriptedServer((request) =>
    request.path === '/v1/access_token' ? issue((issued += 1)) : other(request),
  );
  onTestFinished(() => server.close());
  return { server, issued: () => issued, ...connect(server.origin, 'hunter2-refresh') };
}

const granted = (count: number) => ({ body: { access_token: `token-${count}`, expires_in: 1_209_599 } });
const nobody = { body: { items: [] } };
const refusal = { status: 401, body: { message: 'no', trackingId: 'T1' } };

describe('in front of the sandbox', () => {
  it('one token serves everybody who asks at the same time, and those who come later', async () => {
    const { acme: partner, renewals } = await overSandbox();
    await Promise.all(Array.from({ length: 20 }, () => partner.listCustomers()));
    await partner.listCustomers();
    expect(renewals()).toBe(1);
  });

  it('a token is renewed before it expires', async () => {
    const { acme: partner, clock, world, renewals } = await overSandbox();
    await partner.listCustomers();
    clock.now += 13 * day;
    await partner.listCustomers();
    expect(renewals()).toBe(1);
    clock.now += day - 1_800_000;
    await world.advance(14 * day - 1_800_000);
    await partner.listCustomers();
    expect(renewals()).toBe(2);
  });

  it('a token that expired early is renewed once, and every request is answered', async () => {
    const { acme: partner, clock, world, renewals } = await overSandbox();
    await partner.listCustomers();
    await world.advance(15 * day);
    clock.now += 120_000;
    await Promise.all(Array.from({ length: 10 }, () => partner.listCustomers()));
    expect(renewals()).toBe(2);
  });

  it('a token that was revoked for good is renewed once, and what is refused even then is told', async () => {
    const { acme: partner, clock, world, renewals } = await overSandbox();
    await partner.listCustomers();
    clock.now += 120_000;
    await world.faults([{ path: '/wholesale/customers', kind: 'unauthorized' }]);
    for (let count = 0; count < 5; count++) {
      expect(await failureOf(partner.listCustomers())).toMatchObject({
        kind: 'busy',
        fault: 'CREDENTIALS',
        status: 401,
        retryAfterMs: 30_000,
      });
    }
    expect(renewals()).toBe(2);
    await world.faults([]);
    await partner.listCustomers();
  });

  it('refused credentials are told without a secret, not tried again at once, and work again once they are mended', async () => {
    const { acme: partner, clock, stored, world, logged } = await overSandbox();
    stored['acme'] = { kind: 'OAUTH', clientId: 'c', clientSecret: 'hunter2-s', refreshToken: 'hunter2-r' };
    const failure = await failureOf(partner.listCustomers());
    expect(failure).toMatchObject({ kind: 'busy', fault: 'CREDENTIALS', status: 401, retryAfterMs: 30_000 });
    expect(failure.message).toMatch(/refuses the client ID, client secret or refresh token of the partner acme/);
    stored['acme'] = { kind: 'OAUTH', clientId: 'c', clientSecret: 'hunter2-s', refreshToken: 'sandbox-acme' };
    expect((await failureOf(partner.listCustomers())).message).toBe(failure.message);
    clock.now += 30_000;
    expect(await partner.listCustomers()).toEqual([]);
    expect([logged(), failure.message, JSON.stringify(failure), String(failure.stack)].join()).not.toContain('hunter2');
    await world.faults([]);
  });

  it('an outage of the token endpoint is none as long as the present token lasts', async () => {
    const { acme: partner, clock, world } = await overSandbox();
    await partner.listCustomers();
    await world.faults([{ path: '/access_token', kind: 'unavailable' }]);
    clock.now += 14 * day - 1_800_000;
    expect(await partner.listCustomers()).toEqual([]);
    clock.now += 1_800_000;
    expect(await failureOf(partner.listCustomers())).toMatchObject({ kind: 'busy', fault: null, status: 503 });
    await world.faults([]);
    expect(await partner.listCustomers()).toEqual([]);
  });

  it('a static token serves, is not renewed, and its successor is found', async () => {
    const { acme: partner, clock, stored, world } = await overSandbox();
    stored['acme'] = { kind: 'TOKEN', accessToken: 'sandbox-acme' };
    expect(await partner.listCustomers()).toEqual([]);
    clock.now += 40_000;
    stored['acme'] = { kind: 'TOKEN', accessToken: `sandbox-acme-${clock.now + day}` };
    await world.faults([{ path: '/wholesale/customers', kind: 'unauthorized', remaining: 1 }]);
    expect(await partner.listCustomers()).toEqual([]);
    await world.faults([{ path: '/wholesale/customers', kind: 'unauthorized' }]);
    clock.now += 120_000;
    expect(await failureOf(partner.listCustomers())).toMatchObject({ fault: 'CREDENTIALS' });
  });

  it('a partner without credentials is told so', async () => {
    const { platform } = await overSandbox();
    const failure = await failureOf(platform.forPartner({ slug: 'nordic' }).listCustomers());
    expect(failure).toMatchObject({ kind: 'busy', fault: 'CREDENTIALS', status: null });
    expect(failure.message).toContain('--slug nordic');
  });
});

describe('in front of a platform that does otherwise', () => {
  it('a write that was refused for its token is sent once more with the new one', async () => {
    const {
      acme: partner,
      clock,
      server,
    } = await overScript(({ headers }) =>
      headers.authorization === 'Bearer token-1'
        ? refusal
        : { status: 202, headers: { location: '/v1/wholesale/customers/c1' } },
    );
    await partner.listCustomers().catch(() => undefined);
    clock.now += 60_000;
    await partner.detachCustomer('c1');
    expect(server.requests.map(({ method, path }) => [method, path]).slice(-3)).toEqual([
      ['DELETE', '/v1/wholesale/customers/c1'],
      ['POST', '/v1/access_token'],
      ['DELETE', '/v1/wholesale/customers/c1'],
    ]);
  });

  it('a form is sent, and a rotated refresh token is kept and used from then on', async () => {
    const {
      acme: partner,
      clock,
      server,
      stored,
    } = await overScript(
      () => nobody,
      (count) => ({ body: { ...granted(count).body, refresh_token: `rotated-${count}` } }),
    );
    await partner.listCustomers();
    expect(stored['acme']).toMatchObject({ refreshToken: 'rotated-1' });
    clock.now += 14 * day;
    await partner.listCustomers();
    const forms = server.requests.filter(({ path }) => path === '/v1/access_token');
    expect(forms.map(({ headers }) => headers['content-type'])).toEqual(
      Array(2).fill('application/x-www-form-urlencoded;charset=UTF-8'),
    );
    expect(forms.map(({ body }) => Object.fromEntries(new URLSearchParams(String(body))))).toEqual([
      {
        grant_type: 'refresh_token',
        client_id: 'client',
        client_secret: 'hunter2-client',
        refresh_token: 'hunter2-refresh',
      },
      { grant_type: 'refresh_token', client_id: 'client', client_secret: 'hunter2-client', refresh_token: 'rotated-1' },
    ]);
  });

  it.each([
    ['a page', { headers: { 'content-type': 'text/html' }, body: '<html>' }, 'ADDRESS'],
    ['a page that is not there', { status: 404, headers: { 'content-type': 'text/html' }, body: '<html>' }, 'ADDRESS'],
    ['a redirect', { status: 302, headers: { location: '/login' } }, 'ADDRESS'],
    ['other JSON', { body: { hello: 'world' } }, 'ADDRESS'],
    ['ten megabytes', { body: { access_token: 'x'.repeat(10_000_000), expires_in: 1 } }, 'ADDRESS'],
    [
      'invalid_grant, with what was sent',
      { status: 400, body: { error: 'invalid_grant hunter2-refresh hunter2-client' } },
      'CREDENTIALS',
    ],
    ['too many requests', { status: 429, headers: { 'retry-after': '7' }, body: {} }, null],
    ['a cut connection', 'reset', null],
  ] as const)('%s for a token is told, and no secret with it', async (_what, answer, fault) => {
    const {
      acme: partner,
      logged,
      server,
    } = await overScript(
      () => nobody,
      () => answer,
    );
    const failure = await failureOf(partner.listCustomers());
    expect(failure).toMatchObject({ kind: 'busy', fault });
    expect([logged(), failure.message, JSON.stringify(failure)].join()).not.toContain('hunter2');
    expect(server.requests.map(({ path }) => path)).toEqual(['/v1/access_token']);
    if (fault === 'ADDRESS') expect(failure.message).toContain('check WEBEX_BASE_URL');
  });

  it('that hangs is broken off when the platform is closed', async () => {
    const {
      acme: partner,
      platform,
      server,
    } = await overScript(
      () => nobody,
      () => 'hang',
    );
    const underWay = failureOf(partner.listCustomers());
    await server.firstRequest;
    await platform.close();
    expect(await underWay).toMatchObject({ kind: 'busy' });
  });
});
