// How the built page is served.

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { graphiqlRoutes } from '../../src/server/graphiql/routes.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'graphiql-routes-'));
  await mkdir(join(folder, 'built', 'assets'), { recursive: true });
  await writeFile(join(folder, 'built', 'index.html'), '<title>page</title>');
  await writeFile(join(folder, 'built', 'assets', 'index-1a2b.js'), 'export {};');
});

afterAll(() => rm(folder, { recursive: true }));

describe('a page that is built', () => {
  test.each(['/', '/graphiql'])('%s leads to it', async (url) => {
    const answer = await serve('built').inject(url);
    expect(answer.statusCode).toBe(302);
    expect(new URL(answer.headers.location ?? '', `http://gateway${url}`).pathname).toBe('/graphiql/');
  });

  test('is asked for again at each visit, its assets never', async () => {
    const server = serve('built');
    const page = await server.inject('/graphiql/');
    expect(page.body).toContain('<title>page</title>');
    expect(page.headers['cache-control']).toBe('no-cache');
    const asset = await server.inject('/graphiql/assets/index-1a2b.js');
    expect(asset.statusCode).toBe(200);
    expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  });

  test('may load scripts from the gateway only, and is never framed or guessed at', async () => {
    const { headers } = await serve('built').inject('/graphiql/');
    expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self';");
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
  });

  test('gets its settings fresh', async () => {
    const answer = await serve('built').inject({ url: '/graphiql/config.json', headers: { host: 'localhost:4000' } });
    expect(answer.json()).toEqual({
      token: 't',
      platform: 'SANDBOX',
      graphqlUrl: '/graphql',
      webSocketUrl: '/graphql',
    });
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  test('hands no token to a page of somebody else whose name points to this machine', async () => {
    const answer = await serve('built').inject({
      url: '/graphiql/config.json',
      headers: { host: 'rebound.example:4000' },
    });
    expect(answer.json()).toMatchObject({ token: null });
  });
});

test('a page that is not built says how to build it', async () => {
  const answer = await serve('missing').inject('/graphiql/');
  expect(answer.statusCode).toBe(503);
  expect(answer.body).toContain('npm run build');
});

function serve(name: string) {
  const server = fastify();
  const config = { token: 't', platform: 'SANDBOX', graphqlUrl: '/graphql', webSocketUrl: '/graphql' } as const;
  void server.register(graphiqlRoutes({ root: join(folder, name), pageConfig: () => Promise.resolve(config) }));
  return server;
}
