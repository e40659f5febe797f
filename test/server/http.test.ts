// What is particular to HTTP: the shape of refusals, the browser's ways in, and what may be sent.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { limits } from '../../src/server/limits.ts';
import { post, postBody } from './support/post.ts';
import { openSmallGateway } from './support/small-gateway.ts';
import type { SmallGateway } from './support/small-gateway.ts';

let gateway: SmallGateway;
let authorization: Readonly<Record<string, string>>;
beforeAll(async () => {
  gateway = await openSmallGateway();
  authorization = { authorization: `Bearer ${await gateway.token()}` };
});
afterAll(() => gateway.close());

const json = { 'content-type': 'application/json' };

describe('a refusal', () => {
  it('is a GraphQL answer with the id the answer carries', async () => {
    const { headers, errors } = await post(gateway.url, '{ whoAmI }');
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(errors[0]?.extensions.requestId).toBe(headers.get('x-request-id'));
  });

  it('comes in the newer media type when that is asked for', async () => {
    const accept = 'application/graphql-response+json, application/json;q=0.9';
    const { headers } = await post(gateway.url, '{ whoAmI }', { headers: { accept } });
    expect(headers.get('content-type')).toContain('application/graphql-response+json');
  });

  it.each([
    ['no JSON', '{', json, 400],
    ['no query', '{}', json, 400],
    ['a list of queries', '[{"query":"{ whoAmI }"}]', json, 400],
    ['a form, as another site could send it', 'query={whoAmI}', { 'content-type': 'text/plain' }, 400],
  ])('is the answer to %s', async (_what, body, headers, status) => {
    const answer = await postBody(gateway.url, body, { ...authorization, ...headers });
    expect(answer.status).toBe(status);
    expect(answer.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(answer.errors[0]?.extensions.requestId).toBe(answer.headers.get('x-request-id'));
  });
});

describe('GET', () => {
  const get = (query: string, headers: Readonly<Record<string, string>>) =>
    fetch(`${gateway.url}/graphql?query=${encodeURIComponent(query)}`, { headers });

  it('asks a query, when it cannot come from another site', async () => {
    const answer = await get('{ whoAmI }', { ...authorization, 'apollo-require-preflight': 'true' });
    expect(await answer.json()).toEqual({ data: { whoAmI: 'acme FULL_ADMIN' } });
    expect((await get('{ whoAmI }', authorization)).status).toBe(400);
  });

  it('shows no page of its own', async () => {
    const answer = await get('{ whoAmI }', { ...authorization, accept: 'text/html' });
    expect(answer.headers.get('content-type')).not.toContain('html');
    expect((await fetch(gateway.url)).status).toBe(404);
  });
});

describe('a body', () => {
  it('may hold a CSV of four megabytes', async () => {
    const text = 'a@b.example,"Name"\n'.repeat(220_000).slice(0, 4 * 1024 * 1024);
    const { data } = await post(gateway.url, 'query ($text: String) { length(text: $text) }', {
      headers: authorization,
      variables: { text },
    });
    expect(data).toEqual({ length: text.length });
  });

  it('beyond the limit is refused', async () => {
    const { status, errors } = await postBody(gateway.url, JSON.stringify({ query: ' '.repeat(limits.bodyBytes) }), {
      ...authorization,
      ...json,
    });
    expect(status).toBe(413);
    expect(errors).toMatchObject([{ extensions: { code: 'LIMIT_EXCEEDED' } }]);
  });

  it('is not read before the caller is known', async () => {
    const { status } = await postBody(gateway.url, '{', json);
    expect(status).toBe(401);
  });
});

describe('introspection', () => {
  it('can be turned off', async () => {
    const closed = await openSmallGateway({ allowsIntrospection: false });
    const answer = await post(closed.url, '{ __schema { queryType { name } } }', { token: await closed.token() });
    expect(answer.data).toBeUndefined();
    expect(answer.errors[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
    await closed.close();
  });
});
