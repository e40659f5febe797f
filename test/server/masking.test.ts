// What clients learn of an error: the same over HTTP and over the socket, and never what only we should know.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { post } from './support/post.ts';
import { openSmallGateway } from './support/small-gateway.ts';
import type { SmallGateway } from './support/small-gateway.ts';
import { secret } from './support/small-schema.ts';
import { errorsOf, openAdmittedSocket } from './support/socket.ts';

let gateway: SmallGateway;
beforeAll(async () => {
  gateway = await openSmallGateway();
});
afterAll(() => gateway.close());

interface Heard {
  readonly errors: readonly {
    readonly message: string;
    readonly extensions: { readonly code: string; readonly requestId: string };
  }[];
  readonly text: string;
}

async function overHttp(query: string, variables?: object): Promise<Heard> {
  return post(gateway.url, query, { token: await gateway.token(), variables });
}

async function overSocket(query: string, variables?: object): Promise<Heard> {
  const socket = await openAdmittedSocket(gateway.socketUrl, await gateway.token());
  const { payload } = await socket.ask('1', query, variables);
  await socket.close();
  return { errors: errorsOf(payload), text: JSON.stringify(payload) };
}

const transports = [
  ['HTTP', overHttp],
  ['the socket', overSocket],
] as const;

describe.each(transports)('over %s', (_name, ask) => {
  it.each([
    ['a resolver that throws', '{ throws }'],
    ['a resolver that throws text', '{ throwsText }'],
    ['a value of the wrong type', '{ misfits }'],
    ['a missing value', '{ missing }'],
  ])('%s is one sentence with a request id, and the rest is in the log', async (_what, query) => {
    const { errors, text } = await ask(query);
    const [error] = errors;
    const requestId = error?.extensions.requestId ?? '';
    expect(requestId).toMatch(/^[\da-f-]{36}$/);
    expect(errors).toEqual([
      {
        message: `Something went wrong on our side. Quote request ${requestId} to your operator.`,
        locations: [{ line: 1, column: 3 }],
        path: [query.replace(/\W/g, '')],
        extensions: { code: 'INTERNAL', requestId },
      },
    ]);
    expect(text).not.toContain('hunter2');
    const line = gateway.logged.find((entry) => entry.includes(requestId)) ?? '';
    expect(line).toContain('"stack"');
    if (query !== '{ missing }') expect(line).toContain(secret);
  });

  it('an error of ours is told as it is', async () => {
    expect((await ask('{ forbids }')).errors).toMatchObject([
      { message: 'Ask an administrator.', extensions: { code: 'FORBIDDEN' } },
    ]);
    expect((await ask('{ badCursor }')).errors).toMatchObject([
      { message: 'Too old.', extensions: { code: 'CURSOR_EXPIRED' } },
    ]);
  });

  it.each([
    ['a syntax error', '{ echo', {}, 'Syntax Error'],
    ['an unknown field', '{ echoo }', {}, 'Cannot query field "echoo" on type "Query".'],
    ['an unknown argument', '{ echo(valu: 1) }', {}, 'Unknown argument "valu" on field "Query.echo".'],
    ['an unknown enum value', '{ pick(colour: GREEM) }', {}, 'does not exist in "Colour" enum.'],
    [
      'an unknown enum value in a variable',
      'query ($c: Colour) { pick(colour: $c) }',
      { c: 'GREEM' },
      '"Colour" enum.',
    ],
    ['a scalar that is picky about a variable', 'query ($p: Picky) { picky(value: $p) }', { p: 1 }, 'something picky.'],
    ['null where nothing may be null', 'query ($v: Int = 1) { echo(value: $v) }', { v: null }, 'must not be null.'],
  ])('%s is explained, without suggestions', async (_what, query, variables, expected) => {
    const { errors, text } = await ask(query, variables);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(errors[0]?.message).toContain(expected);
    expect(errors[0]?.extensions.requestId).toMatch(/^[\da-f-]{36}$/);
    expect(text).not.toContain('Did you mean');
    expect(text).not.toContain('stacktrace');
  });

  it('no more than ten errors are counted up', async () => {
    const { errors } = await ask(`{ ${Array.from({ length: 100 }, (_, index) => `unknown${index}`).join(' ')} }`);
    expect(errors.length).toBeLessThanOrEqual(11);
  });
});

describe('a subscription', () => {
  it.each(['breaks', 'cannotStart'])('that fails is masked: %s', async (field) => {
    const { errors, text } = await overSocket(`subscription { ${field} }`);
    expect(errors).toMatchObject([{ extensions: { code: 'INTERNAL' } }]);
    expect(text).not.toContain('hunter2');
    expect(gateway.logged.some((line) => line.includes(errors[0]?.extensions.requestId ?? 'none'))).toBe(true);
  });

  it('with a bad cursor says so', async () => {
    const { errors } = await overSocket('subscription { badCursor }');
    expect(errors).toMatchObject([{ message: 'Not a cursor.', extensions: { code: 'CURSOR_INVALID' } }]);
  });

  it('is not executed over HTTP', async () => {
    const { errors } = await overHttp('subscription { count }');
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(errors[0]?.message).toContain('WebSocket');
  });
});
