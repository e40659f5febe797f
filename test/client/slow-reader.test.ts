// A reader that takes its time: deliveries wait for it at the gateway instead of filling the memory, and it gets each of them.

import { expect, it } from 'vitest';
import type { Delivery } from '../../src/client/live-client.ts';
import { readStream } from '../../src/client/reader.ts';
import type { StreamListener } from '../../src/client/stream.ts';
import * as documents from '../generated/graphql.ts';
import { startGateway } from '../support/gateway.ts';
import { present } from '../support/story.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';
import { addPartner } from './support/customers.ts';
import { openLive, readUntil } from './support/live.ts';

const events = 2_000;

it('reads everything once and in order, and the stream was paused meanwhile', async () => {
  const gateway = await startGateway();
  const partner = await addPartner(gateway);
  const customer = await partner.addCustomer();
  await customer.happen();
  const api = await gateway.client(partner.slug);
  const after = present((await api.run(documents.EventPageDocument, { first: 1 })).events.pageInfo.endCursor);
  for (let count = 0; count < events; count += 250) await customer.happen(250);
  let arrived = 0;
  const proxy = await startTcpProxy(() => gateway.url, {
    fate(message) {
      if (message.includes('"next"')) arrived++;
      return 'PASS';
    },
  });
  const live = openLive(proxy.url, { token: partner.token });
  const source = live.follow({ document: documents.EventsDocument, variables: { after } });
  await expect.poll(() => arrived, { timeout: 20_000 }).toBeGreaterThanOrEqual(1_000);
  const arrivedUnread = arrived;
  const read = await readUntil(source, ({ data }) => data?.events.event.customerVersion === events + 1);
  expect(read.map(({ data }) => data?.events.event.customerVersion)).toEqual(
    Array.from({ length: events }, (_, index) => index + 2),
  );
  expect(live.state).toMatchObject({ gaps: 0, missed: 0, resumes: 0, duplicatesDropped: 0 });
  expect(arrivedUnread).toBeLessThan(events);
  live.close();
  await proxy.close();
  await gateway.close();
}, 120_000);

it('pauses when a thousand deliveries wait, and resumes when half of them are read', async () => {
  const calls: string[] = [];
  let listener: StreamListener<number> | null = null;
  const source = readStream<number>((given) => {
    listener = given;
    return { pause: () => calls.push('pause'), resume: () => calls.push('resume'), end: () => given.complete() };
  });
  const delivery = (data: number): Delivery<number> => ({
    kind: 'EVENT',
    data,
    errors: [],
    cursor: String(data),
    isFirstAfterResume: false,
  });
  const deliver = (count: number): void => {
    for (let index = 0; index < count; index++) present<StreamListener<number>>(listener).delivery(delivery(index));
  };
  deliver(999);
  expect(calls).toEqual([]);
  deliver(5);
  expect(calls).toEqual(['pause']);
  for (let count = 0; count < 503; count++) await source.next();
  expect(calls).toEqual(['pause']);
  await source.next();
  expect(calls).toEqual(['pause', 'resume']);
});
