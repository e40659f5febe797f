// How the built pages are served.

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { boardRoutes } from '../../src/server/board/routes.ts';
import { graphiqlRoutes } from '../../src/server/graphiql/routes.ts';
import { frontPage } from '../../src/server/pages/page-routes.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'page-routes-'));
  await mkdir(join(folder, 'built', 'assets'), { recursive: true });
  await writeFile(join(folder, 'built', 'index.html'), '<title>page</title>');
  await writeFile(join(folder, 'built', 'assets', 'index-1a2b.js'), 'export {};');
});

afterAll(() => rm(folder, { recursive: true }));

const pages = { graphiql: graphiqlRoutes, board: boardRoutes };
const names = ['graphiql', 'board'] as const;
type Name = (typeof names)[number];

describe.each(names)('the page %s, built', (name) => {
  test('is where its address without the slash leads', async () => {
    const answer = await serve(name).inject(`/${name}`);
    expect(answer.statusCode).toBe(302);
    expect(new URL(answer.headers.location ?? '', `http://gateway/${name}`).pathname).toBe(`/${name}/`);
  });

  test('is asked for again at each visit, its assets never', async () => {
    const server = serve(name);
    const page = await server.inject(`/${name}/`);
    expect(page.body).toContain('<title>page</title>');
    expect(page.headers['cache-control']).toBe('no-cache');
    const asset = await server.inject(`/${name}/assets/index-1a2b.js`);
    expect(asset.statusCode).toBe(200);
    expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  });

  test('may load scripts from the gateway only, and is never framed or guessed at', async () => {
    const { headers } = await serve(name).inject(`/${name}/`);
    expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'; connect-src 'self';");
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
  });

  test('gets its settings fresh', async () => {
    const answer = await serve(name).inject({ url: `/${name}/config.json`, headers: { host: 'localhost:4000' } });
    expect(answer.json()).toEqual({
      token: 't',
      platform: 'SANDBOX',
      graphqlUrl: '/graphql',
      webSocketUrl: '/graphql',
    });
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  test('hands no token to a page of somebody else whose name points to this machine', async () => {
    const answer = await serve(name).inject({
      url: `/${name}/config.json`,
      headers: { host: 'rebound.example:4000' },
    });
    expect(answer.json()).toMatchObject({ token: null });
  });

  test('says how to build it where it is not built', async () => {
    const answer = await serve(name, 'missing').inject(`/${name}/`);
    expect(answer.statusCode).toBe(503);
    expect(answer.body).toContain('npm run build');
  });
});

test('the board takes no style but from its own files', async () => {
  const { headers } = await serve('board').inject('/board/');
  expect(headers['content-security-policy']).toContain("style-src 'self';");
  expect(headers['content-security-policy']).not.toContain('unsafe');
});

test('the bare address leads to the page in front', async () => {
  const server = fastify();
  void server.register(frontPage('board'));
  const answer = await server.inject('/');
  expect(answer.statusCode).toBe(302);
  expect(new URL(answer.headers.location ?? '', 'http://gateway/').pathname).toBe('/board/');
});

function serve(name: Name, build = 'built') {
  const server = fastify();
  const config = { token: 't', platform: 'SANDBOX', graphqlUrl: '/graphql', webSocketUrl: '/graphql' } as const;
  void server.register(pages[name]({ root: join(folder, build), pageConfig: () => Promise.resolve(config) }));
  return server;
}
