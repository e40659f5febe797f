// How the server ends: nobody's work is cut off who can end in time, and nobody can hold it up.

import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { post } from './support/post.ts';
import { openSmallGateway } from './support/small-gateway.ts';
import type { SmallGateway, SmallGatewayOptions } from './support/small-gateway.ts';
import { openAdmittedSocket } from './support/socket.ts';

let gateway: SmallGateway | null = null;
async function open(options: SmallGatewayOptions = {}): Promise<SmallGateway> {
  gateway = await openSmallGateway(options);
  return gateway;
}
afterEach(async () => {
  await gateway?.close();
  gateway = null;
});

describe('a server that closes', () => {
  it('lets a running request end, and takes no new one', async () => {
    const { url, token, gate, server } = await open();
    const running = post(url, '{ slow }', { token: await token() });
    await gate('slow has begun').promise;
    const closed = server.close();
    await expect(post(url, '{ whoAmI }')).rejects.toThrow();
    gate('slow').resolve(undefined);
    expect((await running).data).toEqual({ slow: 'done' });
    await closed;
  });

  it('lets a running operation on a socket end, and tells the socket to come back', async () => {
    const { socketUrl, token, gate, server } = await open();
    const socket = await openAdmittedSocket(socketUrl, await token());
    const answer = socket.ask('1', '{ slow }');
    await gate('slow has begun').promise;
    const closed = server.close();
    const refused = await socket.ask('2', '{ whoAmI }');
    expect(refused).toMatchObject({ type: 'error', payload: [{ extensions: { code: 'UNAVAILABLE' } }] });
    gate('slow').resolve(undefined);
    expect(await answer).toMatchObject({ type: 'next', payload: { data: { slow: 'done' } } });
    expect(await socket.closed).toMatchObject({ code: 1012 });
    await closed;
  });

  it('ends the sources of all subscriptions', async () => {
    const { socketUrl, token, gate, server, endedSources } = await open();
    const socket = await openAdmittedSocket(socketUrl, await token());
    socket.send({ id: '1', type: 'subscribe', payload: { query: 'subscription { silence(name: "mine") }' } });
    await gate('silence has begun').promise;
    await server.close();
    expect(endedSources).toEqual(['mine']);
    expect(await socket.closed).toMatchObject({ code: 1012 });
  });

  it('is not held up by a peer that does not answer', async () => {
    const { url, server } = await open();
    const { hostname, port } = new URL(url);
    const dead = connect(Number(port), hostname);
    dead.write(
      [
        'GET /graphql HTTP/1.1',
        `Host: ${hostname}`,
        'Connection: Upgrade',
        'Upgrade: websocket',
        'Sec-WebSocket-Version: 13',
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
        'Sec-WebSocket-Protocol: graphql-transport-ws',
        '\r\n',
      ].join('\r\n'),
    );
    expect(String(await once(dead, 'data'))).toContain('101 Switching Protocols');
    dead.on('error', () => undefined);
    await server.close();
    dead.destroy();
  });

  it('cuts off what does not end in time', async () => {
    const { url, token, gate, server } = await open({ shutdownTimeoutMs: 50 });
    const running = post(url, '{ slow }', { token: await token() });
    const failed = expect(running).rejects.toThrow();
    await gate('slow has begun').promise;
    await server.close();
    await failed;
  });

  it('has nothing to do when it is closed again', async () => {
    const { server } = await open();
    await server.close();
    await server.close();
  });
});

describe('health', () => {
  const get = async (url: string) => {
    const response = await fetch(url);
    return { status: response.status, body: await response.json() };
  };

  const allWell = { database: 'ok', migrations: 'ok', feed: 'ok', server: 'ok' };

  it('says that the process runs, and that it can be used', async () => {
    const { url } = await open();
    expect(await get(`${url}/healthz`)).toEqual({ status: 200, body: { status: 'ok' } });
    expect(await get(`${url}/readyz`)).toEqual({
      status: 200,
      body: { status: 'ready', checks: { ...allWell, platform: 'ok' } },
    });
  });

  it('is degraded while the platform is away, and wants requests all the same', async () => {
    let isAway = true;
    const { url } = await open({ isAway: () => isAway });
    expect(await get(`${url}/readyz`)).toEqual({
      status: 200,
      body: { status: 'degraded', checks: { ...allWell, platform: 'degraded' } },
    });
    isAway = false;
    expect((await get(`${url}/readyz`)).body).toMatchObject({ status: 'ready' });
  });

  it('says what is missing, and goes on saying that the process runs', async () => {
    const { url, database, feed } = await open();
    await feed.close();
    await database.close();
    expect(await get(`${url}/readyz`)).toEqual({
      status: 503,
      body: {
        status: 'not ready',
        checks: { database: 'failed', migrations: 'failed', feed: 'failed', server: 'ok', platform: 'ok' },
      },
    });
    expect((await get(`${url}/healthz`)).status).toBe(200);
  });
});
