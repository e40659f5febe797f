// Customers' versions prove that nothing is missing: what comes twice is dropped, what is missing is asked for, and what is not to be had is told.

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { LiveClient } from '../../src/client/live-client.ts';
import * as documents from '../generated/graphql.ts';
import { startGateway } from '../support/gateway.ts';
import type { Gateway } from '../support/gateway.ts';
import { present } from '../support/story.ts';
import type { MessageFate } from '../support/server-messages.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';
import type { TcpProxy } from '../support/tcp-proxy.ts';
import { addPartner } from './support/customers.ts';
import type { TestCustomer, TestPartner } from './support/customers.ts';
import { openLive, readUntil } from './support/live.ts';

let gateway: Gateway;
let partner: TestPartner;
let customer: TestCustomer;
let proxy: TcpProxy;
let live: LiveClient;
/** Of the message about this version of the customer. */
let fates: Map<number, MessageFate>;

beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.close());
beforeEach(async () => {
  partner = await addPartner(gateway);
  customer = await partner.addCustomer();
  fates = new Map();
  proxy = await startTcpProxy(() => gateway.url, {
    fate(message) {
      const version = Number(/"customerVersion":(\d+)/.exec(message)?.[1]);
      const fate = fates.get(version) ?? 'PASS';
      fates.delete(version);
      return fate;
    },
  });
  live = openLive(proxy.url, { token: partner.token });
});
afterEach(async () => {
  live.close();
  await proxy.close();
});

/** The cursor of the newest event. */
async function cursorOfNewest(): Promise<string> {
  const api = await gateway.client(partner.slug);
  const { events } = await api.run(documents.EventPageDocument, { first: 1 });
  return present(events.pageInfo.endCursor);
}

/** The versions in the order of their deliveries, up to the last; in place of a reset its reason. */
const follows = [
  {
    by: 'customerUpdated',
    async read(after: string, last: number) {
      const source = live.follow({
        document: documents.CustomerUpdatedDocument,
        variables: { customerId: customer.id, after },
      });
      const read = await readUntil(source, ({ data }) => data?.customerUpdated.event?.customerVersion === last);
      return read.map((delivery) =>
        delivery.kind === 'RESET' ? delivery.reason : delivery.data.customerUpdated.event?.customerVersion,
      );
    },
  },
  {
    by: 'events',
    async read(after: string, last: number) {
      const source = live.follow({ document: documents.EventsDocument, variables: { after } });
      const read = await readUntil(source, ({ data }) => data?.events.event.customerVersion === last);
      return read.map((delivery) =>
        delivery.kind === 'RESET' ? delivery.reason : delivery.data.events.event.customerVersion,
      );
    },
  },
];

describe.each(follows)('$by', ({ read }) => {
  it('asks again for what a lossy network did not bring', async () => {
    await customer.happen();
    const start = await cursorOfNewest();
    fates.set(4, 'DROP').set(7, 'DROP').set(8, 'DROP');
    await customer.happen(8);
    expect(await read(start, 9)).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
    expect(live.state).toMatchObject({ missed: 0, resets: 0 });
    expect(live.state.gaps).toBeGreaterThan(0);
  });

  it('drops what comes twice', async () => {
    await customer.happen();
    const start = await cursorOfNewest();
    fates.set(2, 'REPEAT').set(5, 'REPEAT');
    await customer.happen(5);
    expect(await read(start, 6)).toEqual([2, 3, 4, 5, 6]);
    expect(live.state).toMatchObject({ duplicatesDropped: 2, gaps: 0 });
  });

  it('tells of what the log itself has lost, and goes on', async () => {
    await customer.happen();
    const start = await cursorOfNewest();
    await customer.happen(5);
    await partner.loseEvent(3);
    await partner.loseEvent(4);
    expect(await read(start, 6)).toEqual([2, 'GAP', 5, 6]);
    expect(live.state).toMatchObject({ gaps: 1, missed: 2, resets: 1 });
  });
});

describe('a stream that tells of a part only', () => {
  it('takes what it leaves out for no gap', async () => {
    await customer.happen();
    const start = await cursorOfNewest();
    await customer.happen();
    await partner.loseEvent(2);
    await customer.happen();
    const source = live.follow({
      document: documents.EventsDocument,
      variables: { after: start, filter: { types: ['STEP_PROGRESSED'] } },
    });
    expect(await source.next()).toMatchObject({ value: { data: { events: { event: { customerVersion: 3 } } } } });
    await customer.happen();
    expect(await source.next()).toMatchObject({ value: { data: { events: { event: { customerVersion: 4 } } } } });
    expect(live.state).toMatchObject({ gaps: 0, missed: 0 });
  });
});
