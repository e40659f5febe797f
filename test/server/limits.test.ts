// The limits on documents hold on both transports, and the documents people really send pass.

import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { limits } from '../../src/server/limits.ts';
import { createMessageBudget } from '../../src/server/message-budget.ts';
import { post } from './support/post.ts';
import { openSmallGateway } from './support/small-gateway.ts';
import type { SmallGateway } from './support/small-gateway.ts';
import { errorsOf, openAdmittedSocket } from './support/socket.ts';

let gateway: SmallGateway;
beforeAll(async () => {
  gateway = await openSmallGateway();
});
afterAll(() => gateway.close());

/** The codes both transports answer with; none when the document is executed. */
async function codes(query: string): Promise<readonly string[]> {
  const token = await gateway.token();
  const http = await post(gateway.url, query, { token });
  const socket = await openAdmittedSocket(gateway.socketUrl, token);
  const { type, payload } = await socket.ask('1', query);
  await socket.close();
  const onSocket = type === 'error' ? errorsOf(payload) : [];
  expect(onSocket.map(({ message }) => message)).toEqual(http.errors.map(({ message }) => message));
  return http.errors.map(({ extensions }) => extensions.code);
}

const nested = (depth: number): string => `{ ${'node { '.repeat(depth - 1)} name ${' }'.repeat(depth - 1)} }`;
const aliased = (count: number): string => `{ ${Array.from({ length: count }, (_, n) => `a${n}: whoAmI`).join(' ')} }`;
const refused = ['LIMIT_EXCEEDED'];

describe('a document', () => {
  it('may be nested up to the limit', async () => {
    expect(await codes(nested(limits.documentDepth))).toEqual([]);
    expect(await codes(nested(limits.documentDepth + 1))).toEqual(refused);
  });

  it('may not hide its depth in fragments', async () => {
    const half = Math.ceil(limits.documentDepth / 2);
    const inFragment = nested(half + 1);
    const query = `{ ${'node { '.repeat(half)} ...Rest ${' }'.repeat(half)} } fragment Rest on Node ${inFragment}`;
    expect(await codes(query)).toEqual(refused);
  });

  it('may have aliases up to the limit', async () => {
    expect(await codes(aliased(limits.documentAliases))).toEqual([]);
    expect(await codes(aliased(limits.documentAliases + 1))).toEqual(refused);
  });

  it('may not multiply its aliases by fragments', async () => {
    const doubling = Array.from(
      { length: 40 },
      (_, n) => `fragment F${n} on Query { ...F${n + 1} ... { ...F${n + 1} } }`,
    );
    const query = `{ ...F0 } ${doubling.join(' ')} fragment F40 on Query { a: whoAmI }`;
    expect(await codes(query)).toEqual(refused);
  });

  it('with fragments that contain themselves is refused as before', async () => {
    expect(await codes('{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }')).toEqual([
      'BAD_USER_INPUT',
    ]);
  });

  it('may have so many tokens', async () => {
    // GraphQL.js gives up comparing so many fields of one name; that it got so far is what counts here.
    expect(await codes(`{ ${'whoAmI '.repeat(limits.documentTokens - 2)} }`)).not.toEqual(refused);
    expect(await codes(`{ ${'whoAmI '.repeat(limits.documentTokens - 1)} }`)).toEqual(refused);
  });

  it('of a tool that wants to know the schema passes', async () => {
    expect(await codes(getIntrospectionQuery({ inputValueDeprecation: true, specifiedByUrl: true }))).toEqual([]);
  });

  it('that walks the schema in circles does not', async () => {
    const circles = `{ __schema { types { ${'fields { type { '.repeat(4)} name ${' } }'.repeat(4)} } } }`;
    expect(await codes(circles)).toEqual(refused);
  });
});

it('is too long beyond the limit over HTTP, and over the socket already by its message', async () => {
  const { errors } = await post(gateway.url, `{ whoAmI } #${'x'.repeat(limits.documentLength)}`, {
    token: await gateway.token(),
  });
  expect(errors.map(({ extensions }) => extensions.code)).toEqual(refused);
});

describe('the budget of messages', () => {
  it('allows a burst, then the steady rate, and never saves up more than the burst', () => {
    const budget = createMessageBudget(10, 3);
    const take = (nowMs: number): boolean => budget.take(nowMs);
    expect([0, 0, 0, 0].map(take)).toEqual([true, true, true, false]);
    expect([100, 100, 150, 200].map(take)).toEqual([true, false, false, true]);
    expect(Array.from({ length: 5 }, () => take(1_000_000))).toEqual([true, true, true, false, false]);
  });
});
