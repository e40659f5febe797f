// Who asks the same is answered with the same work: an update is executed once, however many follow.

import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { logOfPartner } from '../events/support/partner-log.ts';
import type { PartnerLog } from '../events/support/partner-log.ts';
import { openSmallGateway } from './support/small-gateway.ts';
import type { SmallGateway } from './support/small-gateway.ts';
import { errorsOf, openAdmittedSocket } from './support/socket.ts';
import type { SocketMessage, TestSocket } from './support/socket.ts';

let gateway: SmallGateway;
let log: PartnerLog;
const sockets: TestSocket[] = [];
beforeAll(async () => {
  gateway = await openSmallGateway();
  log = logOfPartner(gateway.database, gateway.partnerId);
});
afterAll(async () => {
  await Promise.all(sockets.map((socket) => socket.close()));
  await gateway.close();
});
beforeEach(() => void gateway.told.splice(0));

const query = 'subscription ($after: String) { follow(after: $after) { cursor message toWhom } }';

async function follow(id: string, variables: object = {}, token?: string): Promise<TestSocket> {
  const socket = await openAdmittedSocket(gateway.socketUrl, token ?? (await gateway.token()));
  sockets.push(socket);
  socket.send({ id, type: 'subscribe', payload: { query, variables } });
  return socket;
}

function tellings(message: string): number {
  return gateway.told.filter((told) => told === message).length;
}

function messageOf({ payload }: SocketMessage): unknown {
  return payload;
}

it('an update is executed once for all who ask the same, whatever they call their operation', async () => {
  const all = await Promise.all(Array.from({ length: 20 }, (_, index) => follow(`operation "${index}"`)));
  const first = await Promise.all(all.map((socket) => socket.receive()));
  expect(new Set(first.map(({ id }) => id)).size).toBe(20);
  await log.append(['told to all']);
  const updates = await Promise.all(all.map((socket) => socket.receive()));
  for (const update of updates) {
    expect(update).toMatchObject({ type: 'next', payload: { data: { follow: { message: 'told to all' } } } });
  }
  expect(tellings('told to all')).toBe(1);
});

it('who comes back with a cursor shares with those who stayed', async () => {
  const stayed = await follow('1');
  const away = await follow('1');
  await away.receive();
  await stayed.receive();
  await log.append(['seen by both']);
  await stayed.receive();
  const { payload } = await away.receive();
  await away.close();
  const cursor = /"cursor":"([^"]+)"/.exec(JSON.stringify(payload))?.[1];
  const back = await follow('2', { after: cursor });
  await log.append(['after the return']);
  const [one, other] = [await stayed.receive(), await back.receive()];
  expect(messageOf(other)).toEqual(messageOf(one));
  expect(other).toMatchObject({ payload: { data: { follow: { message: 'after the return' } } } });
  expect(tellings('after the return')).toBe(1);
});

it('other rights, another document and other variables are another question', async () => {
  const token = await gateway.token(600, 'READ_ONLY_ADMIN');
  const all = [
    await follow('1'),
    await follow('1', {}, token),
    await follow('1', { unused: 1 }),
    await openAdmittedSocket(gateway.socketUrl, await gateway.token()),
  ];
  all[3]?.send({ id: '1', type: 'subscribe', payload: { query: 'subscription { follow { message } }' } });
  for (const socket of all) await socket.receive();
  await log.append(['told to each']);
  for (const socket of all) await socket.receive();
  expect(tellings('told to each')).toBe(4);
  await all[3]?.close();
});

it('what all are shown does not depend on who of them came first', async () => {
  const socket = await follow('1');
  const { payload } = await socket.receive();
  expect(JSON.stringify(payload)).not.toContain('acme-full-admin');
});

it('a cursor that does not hold is told to the one who sent it', async () => {
  const socket = await follow('1', { after: 'nonsense' });
  const { payload } = await socket.receive();
  expect(errorsOf(payload)).toMatchObject([{ extensions: { code: 'CURSOR_INVALID' } }]);
});
