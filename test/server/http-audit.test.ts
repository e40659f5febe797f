// The audits of the GraphQL-over-HTTP specification, as graphql-http publishes them: all of them, the recommendations included.
// Protection against cross-site requests stays on: the client says by a header of its own that it is no form.

import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSmallGateway } from './support/small-gateway.ts';
import type { SmallGateway } from './support/small-gateway.ts';

let gateway: SmallGateway;
let authorization: string;
beforeAll(async () => {
  gateway = await openSmallGateway();
  authorization = `Bearer ${await gateway.token()}`;
});
afterAll(() => gateway.close());

const audits = serverAudits({
  url: () => `${gateway.url}/graphql`,
  fetchFn: (url: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers);
    headers.set('authorization', authorization);
    headers.set('apollo-require-preflight', 'true');
    return fetch(url, { ...init, headers });
  },
});

it('there are as many as were ever passed', () => {
  expect(audits.length).toBeGreaterThanOrEqual(61);
});

it.each(audits.map((audit) => [`${audit.id} ${audit.name}`, audit] as const))('%s', async (_name, audit) => {
  const result = await audit.fn();
  expect(result.status === 'ok' ? 'ok' : result.reason).toBe('ok');
});

it('without that header a request that a form could send is refused', async () => {
  const response = await fetch(`${gateway.url}/graphql?query={__typename}`, { headers: { authorization } });
  expect(response.status).toBe(400);
});
