// Whichever WebSocket it is given, the client gets through the same.

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket as WsWebSocket } from 'ws';
import type { LiveClient, LiveClientOptions } from '../../src/client/live-client.ts';
import * as documents from '../generated/graphql.ts';
import { startGateway } from '../support/gateway.ts';
import type { Gateway } from '../support/gateway.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';
import type { TcpProxy } from '../support/tcp-proxy.ts';
import { addPartner } from './support/customers.ts';
import type { TestCustomer, TestPartner } from './support/customers.ts';
import { openLive, untilState } from './support/live.ts';

let gateway: Gateway;
let partner: TestPartner;
let customer: TestCustomer;
let proxy: TcpProxy;
let live: LiveClient;

beforeAll(async () => {
  gateway = await startGateway();
  partner = await addPartner(gateway);
});
afterAll(() => gateway.close());
beforeEach(async () => {
  customer = await partner.addCustomer();
});
afterEach(async () => {
  live.close();
  await proxy.close();
});

const implementations: { readonly name: string; readonly options: Pick<LiveClientOptions, 'webSocketImpl'> }[] = [
  { name: "Node's own", options: {} },
  { name: 'the one of the package ws', options: { webSocketImpl: WsWebSocket } },
];

describe.each(implementations)('with $name', ({ options }) => {
  const follow = () =>
    live.follow({ document: documents.CustomerUpdatedDocument, variables: { customerId: customer.id } });

  it('a connection that is cut or falls silent is resumed', async () => {
    proxy = await startTcpProxy(() => gateway.url);
    live = openLive(proxy.url, { token: partner.token, pingAfterMs: 50, pongTimeoutMs: 500, ...options });
    const source = follow();
    await source.next();
    proxy.cut();
    await customer.happen();
    expect(await source.next()).toMatchObject({ value: { kind: 'EVENT', isFirstAfterResume: true } });
    const { resumes } = live.state;
    proxy.silence();
    await untilState(live, (state) => state.resumes > resumes);
    await customer.happen();
    expect(await source.next()).toMatchObject({ value: { kind: 'EVENT', isFirstAfterResume: true } });
  });

  it('a connection that does not come about is given up and tried again', async () => {
    let isFirst = true;
    proxy = await startTcpProxy(() => gateway.url, {
      limit() {
        const bytes = isFirst ? 1 : Infinity;
        isFirst = false;
        return { bytes, then: 'SILENCE' };
      },
    });
    live = openLive(proxy.url, { token: partner.token, connectTimeoutMs: 1_000, ...options });
    expect(await follow().next()).toMatchObject({ value: { kind: 'STATE' } });
  });

  it('a connection can be closed while it comes about', async () => {
    proxy = await startTcpProxy(() => gateway.url, { limit: () => ({ bytes: 1, then: 'SILENCE' }) });
    live = openLive(proxy.url, { token: partner.token, ...options });
    const next = follow().next();
    await expect.poll(() => proxy.open).toBe(1);
    live.close();
    expect(await next).toEqual({ done: true, value: undefined });
    await expect.poll(() => proxy.open).toBe(0);
  });
});
