// A peer that does not read is closed in a way that lets it come back, and holds nobody up meanwhile.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { logOfPartner } from '../events/support/partner-log.ts';
import type { PartnerLog } from '../events/support/partner-log.ts';
import { waitFor } from '../support/wait-for.ts';
import { openSmallGateway } from './support/small-gateway.ts';
import type { SmallGateway } from './support/small-gateway.ts';
import { openAdmittedSocket } from './support/socket.ts';
import type { SocketMessage, TestSocket } from './support/socket.ts';

let gateway: SmallGateway;
let log: PartnerLog;
beforeAll(async () => {
  gateway = await openSmallGateway({ pace: { stallMs: 300 } });
  log = logOfPartner(gateway.database, gateway.partnerId);
});
afterAll(() => gateway.close());

const query = 'subscription ($after: String) { follow(after: $after) { cursor message padding(length: 200000) } }';

async function follow(after: string | null): Promise<TestSocket> {
  const socket = await openAdmittedSocket(gateway.socketUrl, await gateway.token());
  socket.send({ id: '1', type: 'subscribe', payload: { query, variables: { after } } });
  return socket;
}

const part = (name: string, { payload }: SocketMessage): string | null =>
  new RegExp(`"${name}":"([^"]+)"`).exec(JSON.stringify(payload))?.[1] ?? null;

it('a reader that stalls is closed with 4413, the others do not notice, and it comes back to everything it missed', async () => {
  const healthy = await follow(null);
  const stalled = await follow(null);
  await healthy.receive();
  let cursor = part('cursor', await stalled.receive());
  const expected: string[] = [];
  const heard: (string | null)[] = [];

  stalled.raw.pause();
  // More than the systems between the two take in for a reader that does not read.
  while (!gateway.logged.some((line) => line.includes('TOO_SLOW'))) {
    const message = `event ${expected.length}`;
    expected.push(message);
    await log.append([message]);
    heard.push(part('message', await healthy.receive()));
  }
  expect(heard).toEqual(expected);

  const received: (string | null)[] = [];
  const read = (async () => {
    for (;;) {
      const message = await stalled.receive();
      cursor = part('cursor', message);
      received.push(part('message', message));
    }
  })().catch(() => undefined);
  stalled.raw.resume();
  expect(await stalled.closed).toMatchObject({ code: 4413 });
  await read;
  expect(received).toEqual(expected.slice(0, received.length));

  const back = await follow(cursor);
  while (received.length < expected.length) received.push(part('message', await back.receive()));
  expect(received).toEqual(expected);
  await back.close();
  await healthy.close();
});

it('a peer that answers no ping is let go', async () => {
  const impatient = await openSmallGateway({ pace: { beatMs: 100 } });
  const socket = await openAdmittedSocket(impatient.socketUrl, await impatient.token());
  socket.raw.pause();
  await waitFor(async () => impatient.logged.some((line) => line.includes('TOO_SLOW')));
  socket.raw.resume();
  expect((await socket.closed).code).not.toBe(1000);
  await impatient.close();
});
