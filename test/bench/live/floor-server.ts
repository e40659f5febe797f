// The least a fan-out can cost: a server on bare ws that knows no GraphQL, and writes one frame, made beforehand, to
// everybody.

import { createServer } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { createCallee } from './calls.ts';
import { fireFrame, startFloor } from './contract.ts';
import { listenOnFreePort } from './free-port.ts';
import { machineMs } from './statistics.ts';

const connections = new Set<Duplex>();

const callee = createCallee();
callee.on(startFloor, async () => {
  const http = createServer();
  const server = new WebSocketServer({ server: http, perMessageDeflate: false });
  server.on('connection', (socket, { socket: connection }) => {
    connections.add(connection);
    socket.on('error', () => undefined);
    socket.on('close', () => connections.delete(connection));
    // The first message is connection_init.
    socket.once('message', () => socket.send('{"type":"connection_ack"}'));
  });
  return { url: await listenOnFreePort(http) };
});
callee.on(fireFrame, ({ number, messageLength }) => {
  const frame = textFrame(JSON.stringify(update(number, messageLength)));
  const atMs = machineMs();
  for (const connection of connections) connection.write(frame);
  return { atMs };
});

/** As large as the gateway's, with the same fields. */
function update(number: number, messageLength: number) {
  const event = {
    id: 'UHJvdmlzaW9uaW5nRXZlbnQ6MDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAw',
    type: 'STEP_PROGRESSED',
    at: '2026-01-01T00:00:00.000Z',
    message: `#${number} `.padEnd(messageLength, '.'),
    fromStatus: 'RUNNING',
    toStatus: 'RUNNING',
    customerVersion: number,
  };
  const customer = { companyName: 'Company 1 of partner 1', status: 'PROVISIONED' };
  return {
    id: '0',
    type: 'next',
    payload: { data: { update: { cursor: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', event, customer } } },
  };
}

/** A final text frame from a server, not masked. */
function textFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  if (payload.length > 65_535) throw new Error('the frame is too long for a length of two bytes');
  const head =
    payload.length < 126
      ? Buffer.from([0x81, payload.length])
      : Buffer.from([0x81, 126, payload.length >> 8, payload.length & 0xff]);
  return Buffer.concat([head, payload]);
}
