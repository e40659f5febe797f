// Who is let in, and how refusals look: the same on both transports, and nothing runs for those who are refused.

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { once } from 'node:events';
import path from 'node:path';
import { SignJWT, exportJWK, generateKeyPair, importJWK } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { remoteTokenIssuer } from '../../src/server/auth/token-issuer.ts';
import { post } from './support/post.ts';
import { openSmallGateway } from './support/small-gateway.ts';
import type { SmallGateway } from './support/small-gateway.ts';
import { openSocket } from './support/socket.ts';

interface Attempt {
  readonly http: { readonly status: number; readonly code: string | undefined; readonly challenge: string | null };
  /** The close code, or 'admitted'. */
  readonly socket: number | 'admitted';
}

/** Tries the same authorization on both transports. */
async function attempt(gateway: SmallGateway, authorization: string | undefined): Promise<Attempt> {
  const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
  const answer = await post(gateway.url, '{ whoAmI }', { headers });
  const socket = await openSocket(gateway.socketUrl);
  socket.send({ type: 'connection_init', payload: authorization === undefined ? {} : { authorization } });
  const outcome = await Promise.race([
    socket.closed.then(({ code }) => code),
    socket.receive().then(
      ({ type }) => (type === 'connection_ack' ? ('admitted' as const) : 0),
      async () => (await socket.closed).code,
    ),
  ]);
  await socket.close();
  return {
    http: {
      status: answer.status,
      code: answer.errors[0]?.extensions.code,
      challenge: answer.headers.get('www-authenticate'),
    },
    socket: outcome,
  };
}

const refusedWith = (socket: number) => ({ http: { status: 401, code: 'UNAUTHENTICATED' }, socket });

describe("the local issuer's tokens", () => {
  let gateway: SmallGateway;
  beforeAll(async () => {
    gateway = await openSmallGateway();
  });
  afterAll(() => gateway.close());

  const issuer = 'urn:webex-wholesale-gateway:local-issuer';
  const audience = 'urn:webex-wholesale-gateway';
  const soon = (): number => Math.floor(Date.now() / 1_000) + 60;

  async function localKey() {
    const file = await readFile(path.join(gateway.dataDir, 'local-issuer.json'), 'utf8');
    return importJWK(z.record(z.string(), z.string()).parse(JSON.parse(file)), 'ES256');
  }

  /** A good token but for the given claims. */
  async function signed(claims: object): Promise<string> {
    const good = { iss: issuer, aud: audience, sub: 'test', exp: soon(), partner: 'acme', roles: ['FULL_ADMIN'] };
    return new SignJWT({ ...good, ...claims }).setProtectedHeader({ alg: 'ES256' }).sign(await localKey());
  }

  it('make a viewer', async () => {
    const { data } = await post(gateway.url, '{ whoAmI }', { token: await gateway.token() });
    expect(data).toEqual({ whoAmI: 'acme FULL_ADMIN' });
    expect(await attempt(gateway, `bearer ${await gateway.token()}`)).toMatchObject({ socket: 'admitted' });
  });

  it('are asked for', async () => {
    const result = await attempt(gateway, undefined);
    expect(result).toMatchObject(refusedWith(4401));
    expect(result.http.challenge).toBe('Bearer realm="gateway"');
  });

  it.each([
    ['no bearer token', async () => 'Basic YWNtZTphY21l'],
    ['no token', async () => 'Bearer'],
    ['nonsense', async () => 'Bearer nonsense'],
    ['too long a token', async () => `Bearer ${await signed({ padding: 'x'.repeat(9_000) })}`],
    ['a token of another audience', async () => `Bearer ${await signed({ aud: 'somebody else' })}`],
    ['a token of another issuer', async () => `Bearer ${await signed({ iss: 'somebody else' })}`],
    ['a token that is not good yet', async () => `Bearer ${await signed({ nbf: soon() })}`],
    ['a token that never expires', async () => `Bearer ${await signed({ exp: undefined })}`],
    ['a token of nobody', async () => `Bearer ${await signed({ sub: undefined })}`],
    ['a token without a partner', async () => `Bearer ${await signed({ partner: undefined })}`],
    ['a token of an unknown partner', async () => `Bearer ${await signed({ partner: 'stranger' })}`],
    ['a token of a suspended partner', async () => `Bearer ${await signed({ partner: 'gone' })}`],
    ['a token without a role', async () => `Bearer ${await signed({ roles: ['JANITOR'] })}`],
    ['a token that was changed', async () => `Bearer ${changed(await signed({}))}`],
    ['a token that nobody signed', async () => `Bearer ${unsigned({ alg: 'none' })}`],
    ['a token signed with the public key as a secret', async () => `Bearer ${unsigned({ alg: 'HS256' })}c2ln`],
  ])('are not: %s', async (_what, authorization) => {
    const before = gateway.executed.length;
    const result = await attempt(gateway, await authorization());
    expect(result).toMatchObject(refusedWith(4401));
    expect(result.http.challenge).toContain('error="invalid_token"');
    expect(gateway.executed).toHaveLength(before);
  });

  it('are refused when they have expired, in a way that makes clients come back with a fresh one', async () => {
    expect(await attempt(gateway, `Bearer ${await signed({ exp: soon() - 61 })}`)).toMatchObject(refusedWith(4403));
  });

  it('are waited for: who sends an operation before the acknowledgement is refused', async () => {
    const before = gateway.executed.length;
    const socket = await openSocket(gateway.socketUrl);
    socket.send({ type: 'connection_init', payload: { authorization: `Bearer ${await gateway.token()}` } });
    socket.send({ id: '1', type: 'subscribe', payload: { query: '{ whoAmI }' } });
    expect(await socket.closed).toMatchObject({ code: 4401 });
    expect(gateway.executed).toHaveLength(before);
  });

  it('end their sockets when they expire', async () => {
    const socket = await openSocket(gateway.socketUrl);
    socket.send({ type: 'connection_init', payload: { authorization: `Bearer ${await gateway.token(2)}` } });
    expect(await socket.receive()).toMatchObject({ type: 'connection_ack' });
    expect(await socket.closed).toMatchObject({ code: 4403 });
  });

  it('may name roles in one text, and roles of other systems beside ours', async () => {
    const token = await signed({ roles: 'JANITOR READ_ONLY_ADMIN,PROVISIONING_ADMIN' });
    const { data } = await post(gateway.url, '{ whoAmI }', { token });
    expect(data).toEqual({ whoAmI: 'acme PROVISIONING_ADMIN,READ_ONLY_ADMIN' });
  });

  it('are refused without a word of theirs in the answer or in the log', async () => {
    const token = changed(await signed({}));
    const { text } = await post(gateway.url, '{ whoAmI }', { token });
    expect(text).not.toContain(token.slice(0, 20));
    expect(gateway.logged.join('')).not.toContain(token.slice(0, 20));
  });

  function changed(token: string): string {
    const [header, payload = '', signature] = token.split('.');
    const claims = Buffer.from(payload, 'base64url').toString().replace('acme', 'gone');
    return [header, Buffer.from(claims).toString('base64url'), signature].join('.');
  }

  function unsigned(header: object): string {
    const claims = { iss: issuer, aud: audience, sub: 'test', exp: soon(), partner: 'acme', roles: ['FULL_ADMIN'] };
    return [header, claims, '']
      .map((part) => (part === '' ? '' : Buffer.from(JSON.stringify(part)).toString('base64url')))
      .join('.');
  }
});

describe("an operator's own issuer", () => {
  const algorithm = 'RS256';
  let gateway: SmallGateway;
  let keys: Awaited<ReturnType<typeof generateKeyPair>>;
  let keyServer: Server;
  let isKeyServerUp = true;

  beforeAll(async () => {
    keys = await generateKeyPair(algorithm, { extractable: true });
    const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'first', alg: algorithm };
    keyServer = createServer((_request, response) => {
      response.writeHead(isKeyServerUp ? 200 : 500, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ keys: [jwk] }));
    }).listen(0, '127.0.0.1');
    await once(keyServer, 'listening');
    gateway = await openSmallGateway({ issuer: issuerOfOperator() });
  });
  afterAll(async () => {
    await gateway.close();
    keyServer.close();
  });

  function issuerOfOperator() {
    const address = keyServer.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    return remoteTokenIssuer({
      issuer: 'https://login.example',
      audience: 'gateway',
      jwksUrl: `http://127.0.0.1:${port}/keys`,
      partnerClaim: 'https://login.example/partner',
      rolesClaim: 'groups',
    });
  }

  async function signed(expiresInSeconds: number): Promise<string> {
    return new SignJWT({ 'https://login.example/partner': 'acme', groups: ['READ_ONLY_ADMIN'] })
      .setProtectedHeader({ alg: algorithm, kid: 'first' })
      .setIssuer('https://login.example')
      .setAudience('gateway')
      .setSubject('somebody')
      .setExpirationTime(Math.floor(Date.now() / 1_000) + expiresInSeconds)
      .sign(keys.privateKey);
  }

  it('names partner and roles as it is configured', async () => {
    const { data } = await post(gateway.url, '{ whoAmI }', { token: await signed(60) });
    expect(data).toEqual({ whoAmI: 'acme READ_ONLY_ADMIN' });
  });

  it('may have a clock that is half a minute off, and no more', async () => {
    expect(await attempt(gateway, `Bearer ${await signed(-15)}`)).toMatchObject({ socket: 'admitted' });
    expect(await attempt(gateway, `Bearer ${await signed(-45)}`)).toMatchObject(refusedWith(4403));
  });

  it('does not make local tokens good', async () => {
    expect(await attempt(gateway, `Bearer ${await gateway.token()}`)).toMatchObject(refusedWith(4401));
  });

  it('is no reason to refuse a token for good while its keys cannot be had', async () => {
    isKeyServerUp = false;
    const other = await openSmallGateway({ issuer: issuerOfOperator() });
    const result = await attempt(other, `Bearer ${await signed(60)}`);
    expect(result).toMatchObject({ http: { status: 503, code: 'UNAVAILABLE' }, socket: 1013 });
    isKeyServerUp = true;
    expect(await attempt(other, `Bearer ${await signed(60)}`)).toMatchObject({ socket: 'admitted' });
    await other.close();
  });
});

describe('an authentication that hangs', () => {
  it('is given up on both transports', async () => {
    const gateway = await openSmallGateway({
      issuer: {
        issuer: 'i',
        audience: 'a',
        algorithms: ['ES256'],
        key: () => new Promise(() => undefined),
        clockToleranceSeconds: 0,
        partnerClaim: 'partner',
        rolesClaim: 'roles',
      },
    });
    const result = await attempt(gateway, `Bearer ${await gateway.token()}`);
    expect(result.http).toMatchObject({ status: 503, code: 'UNAVAILABLE' });
    // Whichever of the two deadlines comes first: clients come back after either.
    expect([4408, 1013]).toContain(result.socket);
    await gateway.close();
  });
});
