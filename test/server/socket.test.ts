// What happens on an open socket: one operation's trouble is its own, a bad peer is stopped, a good one can always come back.

import { once } from 'node:events';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { limits } from '../../src/server/limits.ts';
import { openSmallGateway } from './support/small-gateway.ts';
import type { SmallGateway } from './support/small-gateway.ts';
import { errorsOf, openAdmittedSocket, openSocket } from './support/socket.ts';
import type { TestSocket } from './support/socket.ts';

let gateway: SmallGateway;
beforeAll(async () => {
  gateway = await openSmallGateway();
});
afterAll(() => gateway.close());

const open = async (): Promise<TestSocket> => openAdmittedSocket(gateway.socketUrl, await gateway.token());

async function expectAlive(socket: TestSocket): Promise<void> {
  expect(await socket.ask('alive', '{ whoAmI }')).toMatchObject({
    type: 'next',
    payload: { data: { whoAmI: 'acme FULL_ADMIN' } },
  });
  expect(await socket.receive()).toEqual({ type: 'complete', id: 'alive' });
}

describe('an operation', () => {
  it('is executed, whether query or subscription', async () => {
    const socket = await open();
    await expectAlive(socket);
    socket.send({ id: 'count', type: 'subscribe', payload: { query: 'subscription { count }' } });
    for (const count of [1, 2, 3]) {
      expect(await socket.receive()).toMatchObject({ id: 'count', type: 'next', payload: { data: { count } } });
    }
    await socket.close();
  });

  it.each([
    ['a syntax error', '{ whoAmI'],
    ['an unknown field', '{ whoAmY }'],
    ['nothing to execute', 'fragment A on Query { whoAmI }'],
    ['two operations and no name', 'query A { whoAmI } query B { whoAmI }'],
  ])('with %s is answered with an error of its own, and the socket stays open', async (_what, query) => {
    const socket = await open();
    const { type, payload } = await socket.ask('bad', query);
    expect(type).toBe('error');
    expect(errorsOf(payload)).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    await expectAlive(socket);
    await socket.close();
  });

  it('with a bad variable is answered with an error of its own, and the socket stays open', async () => {
    const socket = await open();
    const { payload } = await socket.ask('bad', 'query ($value: Int!) { echo(value: $value) }', { value: 'one' });
    expect(errorsOf(payload)).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(await socket.receive()).toEqual({ type: 'complete', id: 'bad' });
    await expectAlive(socket);
    await socket.close();
  });

  it('is executed with a context of its own for each event', async () => {
    const socket = await open();
    gateway.contexts.clear();
    socket.send({ id: 'count', type: 'subscribe', payload: { query: 'subscription { count }' } });
    for (let count = 0; count < 3; count++) await socket.receive();
    await socket.close();
    expect(gateway.contexts.size).toBe(3);
  });

  it('lets go of its source at once when it is completed, and when the socket is cut', async () => {
    const socket = await open();
    const query = 'subscription ($name: String) { silence(name: $name) }';
    socket.send({ id: '1', type: 'subscribe', payload: { query, variables: { name: 'completed' } } });
    await gateway.gate('silence has begun').promise;
    socket.send({ id: '1', type: 'complete' });
    await gateway.gate('silence has ended').promise;
    expect(gateway.endedSources).toEqual(['completed']);

    const cut = await open();
    cut.send({ id: '1', type: 'subscribe', payload: { query, variables: { name: 'cut' } } });
    cut.send({ id: '2', type: 'subscribe', payload: { query: 'subscription { count }' } });
    await cut.receive();
    cut.raw.terminate();
    await expect.poll(() => gateway.endedSources).toEqual(['completed', 'cut']);
    await socket.close();
  });

  it(`is refused when ${limits.operationsPerSocket} are running, and taken again when one has ended`, async () => {
    const socket = await open();
    for (let id = 1; id <= limits.operationsPerSocket; id++) {
      socket.send({ id: String(id), type: 'subscribe', payload: { query: 'subscription { silence }' } });
    }
    const refused = await socket.ask('one too many', '{ whoAmI }');
    expect(refused.type).toBe('error');
    expect(errorsOf(refused.payload)).toMatchObject([{ extensions: { code: 'LIMIT_EXCEEDED' } }]);
    socket.send({ id: '1', type: 'complete' });
    await expectAlive(socket);
    await socket.close();
  });
});

describe('a peer', () => {
  it('is answered when it pings, before and after it is admitted', async () => {
    const socket = await openSocket(gateway.socketUrl);
    socket.send({ type: 'ping', payload: { at: 1 } });
    expect(await socket.receive()).toEqual({ type: 'pong', payload: { at: 1 } });
    await socket.close();
    const admitted = await open();
    admitted.send({ type: 'ping' });
    expect(await admitted.receive()).toEqual({ type: 'pong' });
    await admitted.close();
  });

  it('that says nothing is let go after a while, in a way that lets it come back', async () => {
    const socket = await openSocket(gateway.socketUrl);
    expect(await socket.closed).toMatchObject({ code: 4408 });
  });

  it.each([
    ['another path', '/somewhere', ['graphql-transport-ws'], 404],
    ['the path and more', '/graphql/more', ['graphql-transport-ws'], 404],
  ])('is turned away on %s', async (_what, route, protocols, status) => {
    const socket = new WebSocket(gateway.socketUrl.replace('/graphql', route), protocols);
    expect(String(await once(socket, 'error'))).toContain(String(status));
  });

  it('that speaks no protocol of ours is told so', async () => {
    const socket = await openSocket(gateway.socketUrl, []);
    expect(await socket.closed).toMatchObject({ code: 4406 });
  });

  it('that sends what is no message is cut off', async () => {
    const socket = await open();
    socket.raw.send('{');
    expect(await socket.closed).toMatchObject({ code: 4400 });
  });

  it('that plays the server is cut off', async () => {
    const socket = await open();
    socket.send({ id: '1', type: 'next', payload: { data: {} } });
    expect(await socket.closed).toMatchObject({ code: 4400 });
  });

  it('that uses the id of a running operation is cut off', async () => {
    const socket = await open();
    for (let turn = 0; turn < 2; turn++) {
      socket.send({ id: '1', type: 'subscribe', payload: { query: 'subscription { silence }' } });
    }
    expect(await socket.closed).toMatchObject({ code: 4409 });
  });

  it('that sends too long a message is cut off', async () => {
    const socket = await open();
    socket.send({ type: 'ping', payload: { padding: 'x'.repeat(limits.messageBytes) } });
    expect(await socket.closed).toMatchObject({ code: 1009 });
  });

  it('that sends too many messages is cut off', async () => {
    const socket = await open();
    // More than it may send at once and than can be earned back while they are handled.
    for (let turn = 0; turn < limits.messageBurst * 5; turn++) socket.send({ type: 'ping' });
    expect(await socket.closed).toMatchObject({ code: 1008 });
  });

  it('that keeps sending after it was refused has nothing executed', async () => {
    const before = gateway.executed.length;
    const socket = await openSocket(gateway.socketUrl);
    socket.send({ type: 'connection_init', payload: {} });
    socket.send({ type: 'connection_init', payload: { authorization: `Bearer ${await gateway.token()}` } });
    socket.send({ id: '1', type: 'subscribe', payload: { query: '{ whoAmI }' } });
    await socket.closed;
    expect(gateway.executed).toHaveLength(before);
  });

  it('that uses a client of the shelf is served, and comes back with a fresh token when its own expires', async () => {
    const tokens = [await gateway.token(2), await gateway.token()];
    const connected: unknown[] = [];
    const client = createClient({
      url: gateway.socketUrl,
      webSocketImpl: WebSocket,
      connectionParams: () => ({ authorization: `Bearer ${tokens.shift()}` }),
      retryWait: async () => undefined,
      on: { connected: (socket) => connected.push(socket) },
    });
    const updates = client.iterate<{ silence: number }>({ query: 'subscription { silence }' });
    const next = updates.next();
    await expect.poll(() => connected.length, { timeout: 10_000 }).toBe(2);
    await updates.return?.();
    expect(await next).toMatchObject({ done: true });
    await client.dispose();
  });
});
