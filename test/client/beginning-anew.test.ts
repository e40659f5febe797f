// A cursor that the gateway does not take any more: the stream begins anew at the present state, and says so.

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { LiveClient } from '../../src/client/live-client.ts';
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
});
afterAll(() => gateway.close());
beforeEach(async () => {
  partner = await addPartner(gateway);
  customer = await partner.addCustomer();
  proxy = await startTcpProxy(() => gateway.url);
  live = openLive(proxy.url, { token: partner.token });
});
afterEach(async () => {
  live.close();
  await proxy.close();
});

/** The connection is gone for longer than the log is kept. */
async function awayForTooLong(): Promise<void> {
  proxy.refuse(true);
  proxy.cut();
  await untilState(live, ({ status }) => status === 'RESUMING');
  await customer.happen(3);
  await partner.expireLog();
  proxy.refuse(false);
}

describe('after being away for longer than the log is kept', () => {
  it('customerUpdated tells of the reset, then the present state, then what happens next', async () => {
    const source = live.follow({
      document: documents.CustomerUpdatedDocument,
      variables: { customerId: customer.id },
    });
    expect(await source.next()).toMatchObject({ value: { kind: 'STATE' } });
    await customer.happen();
    expect(await source.next()).toMatchObject({ value: { kind: 'EVENT' } });
    await awayForTooLong();
    expect(await source.next()).toEqual({
      done: false,
      value: { kind: 'RESET', reason: 'CURSOR_EXPIRED', data: null },
    });
    expect(await source.next()).toMatchObject({
      value: { kind: 'STATE', data: { customerUpdated: { customer: { version: 4 } } } },
    });
    await customer.happen();
    expect(await source.next()).toMatchObject({
      value: { kind: 'EVENT', data: { customerUpdated: { event: { customerVersion: 5 } } } },
    });
    expect(live.state).toMatchObject({ resets: 1, gaps: 0, missed: 0, problem: null });
  });

  it('events tells of the reset at once, and of everything that happens from then on', async () => {
    const source = live.follow({ document: documents.EventsDocument, variables: {} });
    await untilState(live, ({ status }) => status === 'LIVE');
    await customer.happen();
    expect(await source.next()).toMatchObject({ value: { kind: 'EVENT' } });
    await awayForTooLong();
    // Nothing happens: whoever waited for the next event would go on with what is out of date.
    expect(await source.next()).toMatchObject({ value: { kind: 'RESET', reason: 'CURSOR_EXPIRED' } });
    // Between the reset and the subscription there is no moment in which something could be missed.
    proxy.cut();
    await customer.happen();
    expect(await source.next()).toMatchObject({
      value: { kind: 'EVENT', data: { events: { event: { customerVersion: 5 } } } },
    });
  });
});

describe('a cursor from an earlier session', () => {
  it('that is too old leads to the present state', async () => {
    const first = live.follow({
      document: documents.CustomerUpdatedDocument,
      variables: { customerId: customer.id },
    });
    const { value } = await first.next();
    await first.return?.();
    const after = value?.kind === 'STATE' ? value.cursor : null;
    await customer.happen(2);
    await partner.expireLog();
    const second = live.follow({
      document: documents.CustomerUpdatedDocument,
      variables: { customerId: customer.id, after },
    });
    expect(await second.next()).toMatchObject({ value: { kind: 'RESET', reason: 'CURSOR_EXPIRED' } });
    expect(await second.next()).toMatchObject({ value: { kind: 'STATE' } });
  });

  it('that is none of this log leads to the present state', async () => {
    const source = live.follow({
      document: documents.CustomerUpdatedDocument,
      variables: { customerId: customer.id, after: 'from elsewhere' },
    });
    expect(await source.next()).toMatchObject({ value: { kind: 'RESET', reason: 'CURSOR_INVALID' } });
    expect(await source.next()).toMatchObject({ value: { kind: 'STATE' } });
  });
});
