// How streams end, and how many share a connection.

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LiveError } from '../../src/client/live-client.ts';
import type { Delivery, LiveClient } from '../../src/client/live-client.ts';
import * as documents from '../generated/graphql.ts';
import { startGateway } from '../support/gateway.ts';
import type { Gateway } from '../support/gateway.ts';
import { createCustomer, createTemplate, untilEnded } from '../support/story.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';
import type { TcpProxy } from '../support/tcp-proxy.ts';
import { addPartner } from './support/customers.ts';
import type { TestPartner } from './support/customers.ts';
import { openLive, readUntil, untilState } from './support/live.ts';

let gateway: Gateway;
let partner: TestPartner;
let customerId: string;
let proxy: TcpProxy;
let live: LiveClient;

beforeAll(async () => {
  gateway = await startGateway();
  partner = await addPartner(gateway);
  customerId = (await partner.addCustomer()).id;
});
afterAll(() => gateway.close());
beforeEach(async () => {
  proxy = await startTcpProxy(() => gateway.url);
  live = openLive(proxy.url, { token: partner.token });
});
afterEach(async () => {
  live.close();
  await proxy.close();
});

const over = { done: true, value: undefined };
const follow = (options: { readonly signal?: AbortSignal } = {}) =>
  live.follow({ document: documents.CustomerUpdatedDocument, variables: { customerId }, ...options });

describe('a stream', () => {
  it('is complete when the gateway has no more to tell', async () => {
    const acme = openLive(gateway.url, { token: () => gateway.token() });
    const api = await gateway.client();
    const { operation } = await createCustomer(api, { templateId: (await createTemplate(api)).id });
    await untilEnded(api, operation.id);
    const read = await readUntil(
      acme.follow({ document: documents.OperationUpdatedDocument, variables: { operationId: operation.id } }),
    );
    expect(read).toMatchObject([{ kind: 'STATE', data: { operationUpdated: { operation: { status: 'SUCCEEDED' } } } }]);
    await untilState(acme, ({ status, streams }) => status === 'IDLE' && streams === 0);
    acme.close();
  });

  it('that is left ends at once, while the next delivery is waited for, and so does the connection', async () => {
    const source = follow();
    await source.next();
    const waiting = [source.next(), source.next()];
    expect(await source.return?.()).toEqual(over);
    expect(await Promise.all(waiting)).toEqual([over, over]);
    expect(await source.next()).toEqual(over);
    await untilState(live, ({ status }) => status === 'IDLE');
    await expect.poll(() => proxy.open).toBe(0);
  });

  it('ends with its signal', async () => {
    const controller = new AbortController();
    const source = follow({ signal: controller.signal });
    await source.next();
    const next = source.next();
    controller.abort();
    expect(await next).toEqual(over);
    expect(await follow({ signal: controller.signal }).next()).toEqual(over);
  });

  it('ends with its client, which then follows nothing more', async () => {
    const source = follow();
    await source.next();
    const next = source.next();
    live.close();
    expect(await next).toEqual(over);
    expect(live.state).toMatchObject({ status: 'CLOSED', streams: 0 });
    expect(follow).toThrow(/closed/);
    await expect.poll(() => proxy.open).toBe(0);
  });

  it('that the gateway refuses ends with what it said, and no other does', async () => {
    const good = follow();
    await good.next();
    const bad = live.follow({ document: documents.CustomerUpdatedDocument, variables: { customerId: 'nobody' } });
    const error = await bad.next().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(LiveError);
    expect(error).toMatchObject({
      code: 'BAD_USER_INPUT',
      message: 'There is no such customer.',
      closeCode: null,
      errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
    });
    expect(live.state).toMatchObject({ status: 'LIVE', streams: 1 });
    await good.return?.();
  });

  it('can be listened to instead of read', async () => {
    const seen: string[] = [];
    let ended = 0;
    const delivered = new Promise<Delivery<unknown>>((resolve) => {
      const stop = live.listen(
        { document: documents.CustomerUpdatedDocument, variables: { customerId } },
        {
          delivery(delivery) {
            seen.push(delivery.kind);
            stop();
            resolve(delivery);
          },
          complete: () => ended++,
        },
      );
    });
    expect(await delivered).toMatchObject({ kind: 'STATE' });
    expect(seen).toEqual(['STATE']);
    expect(ended).toBe(1);
  });
});

describe('many streams', () => {
  it('share one connection, and all are resumed on the next', async () => {
    const customers = await Promise.all(Array.from({ length: 30 }, () => partner.addCustomer()));
    const sources = customers.map(({ id }) =>
      live.follow({ document: documents.CustomerUpdatedDocument, variables: { customerId: id } }),
    );
    for (const source of sources) expect(await source.next()).toMatchObject({ value: { kind: 'STATE' } });
    expect(proxy.accepted).toBe(1);
    expect(live.state.streams).toBe(30);
    proxy.cut();
    for (const customer of customers) await customer.happen(2);
    for (const source of sources) {
      const read = await readUntil(source, ({ data }) => data?.customerUpdated.event?.customerVersion === 2);
      expect(read.map(({ data }) => data?.customerUpdated.event?.customerVersion)).toEqual([1, 2]);
    }
    expect(proxy.accepted).toBe(2);
    expect(live.state.resumes).toBe(1);
  });

  it('leave the connection to each other', async () => {
    const first = follow();
    const second = follow();
    await Promise.all([first.next(), second.next()]);
    await first.return?.();
    const third = follow();
    expect(await third.next()).toMatchObject({ value: { kind: 'STATE' } });
    expect(proxy.accepted).toBe(1);
  });
});
