// Whose credentials serve whom, and what becomes of a refresh token that the platform replaces: on a real database.

import { beforeEach, expect, it, onTestFinished } from 'vitest';
import type { WebexCredentials } from '../../src/config.ts';
import { storeCredentials } from '../../src/domain/access/partner-credentials.ts';
import { createLog } from '../../src/log.ts';
import { createCredentialStore } from '../../src/roles/credentials.ts';
import { createOAuthTokens } from '../../src/platform/webex/oauth.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { failureOf } from './support/adapter.ts';
import { startScriptedServer } from './support/scripted-server.ts';

const key = Buffer.alloc(32, 7);
const own = { kind: 'OAUTH', clientId: 'own', clientSecret: 's', refreshToken: 'own-1' } as const;
const configured: WebexCredentials = { kind: 'OAUTH', clientId: 'env', clientSecret: 's', refreshToken: 'env-1' };
const first = { slug: 'first' };
const second = { slug: 'second' };

let test: TestDatabase;
beforeEach(async () => {
  test = await createTestDatabase();
  for (const { slug } of [first, second])
    await test.database.partner.create({ data: { slug, name: slug, dataRegion: 'US' } });
  return () => test.drop();
});

const storeWith = (credentials: WebexCredentials | null, withKey: Buffer | null = key) =>
  createCredentialStore({
    url: test.url,
    database: test.database,
    credentials,
    key: withKey,
    log: createLog('silent'),
  });

it('the settings are those of the first partner, and of no other', async () => {
  const store = storeWith(configured);
  expect(await store.read(first)).toEqual(configured);
  expect(await store.read(second)).toBeNull();
});

it('what a partner brought comes before the settings, and without its key nobody stands in', async () => {
  await storeCredentials(test.database, key, 'first', { credentials: own, insteadOf: null });
  expect(await storeWith(configured).read(first)).toEqual(own);
  const failure = await failureOf(storeWith(configured, null).read(first));
  expect(failure).toMatchObject({ kind: 'busy', fault: 'CREDENTIALS' });
  expect(failure.message).toContain('CREDENTIALS_KEY is not set');
  expect((await failureOf(storeWith(null, Buffer.alloc(32, 8)).read(first))).message).toContain('not the key');
});

it('a replaced refresh token is stored again, and serves until the settings are changed', async () => {
  await storeWith(configured).rotated(first, configured, 'env-2');
  expect(await storeWith(configured).read(first)).toEqual({ ...configured, refreshToken: 'env-2' });
  const renewed = { ...configured, refreshToken: 'env-by-hand' };
  expect(await storeWith(renewed).read(first)).toEqual(renewed);
  await storeCredentials(test.database, key, 'second', { credentials: own, insteadOf: null });
  await storeWith(configured).rotated(second, own, 'own-2');
  expect(await storeWith(null).read(second)).toEqual({ ...own, refreshToken: 'own-2' });
});

it('without a key a replaced refresh token lives as long as the process', async () => {
  const store = storeWith(configured, null);
  await store.rotated(first, configured, 'env-2');
  expect(await store.read(first)).toEqual({ ...configured, refreshToken: 'env-2' });
  expect(await test.database.partnerCredentials.count()).toBe(0);
});

it('processes that renew at the same time do so in turn, each with the refresh token of the one before', async () => {
  await storeCredentials(test.database, key, 'second', { credentials: own, insteadOf: null });
  let valid = 'own-1';
  const server = await startScriptedServer(({ body }) => {
    const sent = new URLSearchParams(String(body)).get('refresh_token');
    if (sent !== valid) return { status: 400, body: { error: 'invalid_grant' } };
    valid = `own-${server.requests.length + 1}`;
    return { body: { access_token: `token-${server.requests.length}`, expires_in: 3_600, refresh_token: valid } };
  });
  onTestFinished(() => server.close());
  const log = createLog('silent');
  const sources = Array.from({ length: 5 }, () =>
    createOAuthTokens({ baseUrl: `${server.origin}/v1`, store: storeWith(null), log }),
  );
  const tokens = await Promise.all(sources.map((source) => source.token(second)));
  expect([...tokens].sort()).toEqual(['token-1', 'token-2', 'token-3', 'token-4', 'token-5']);
  expect(await storeWith(null).read(second)).toEqual({ ...own, refreshToken: 'own-6' });
});
