// A bad network between a client and the gateway: cuts connections in the middle of a message, refuses new ones, falls silent, loses or
// repeats single messages.

import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';
import { serverMessages } from './server-messages.ts';
import type { MessageFate } from './server-messages.ts';

export interface TcpProxyOptions {
  /**
   * Asked for each connection: how many bytes of the gateway's get through, and what happens then. SILENCE: the connection stays open, and
   * nothing gets through any more in either direction. Unlimited unless given.
   */
  readonly limit?: () => { readonly bytes: number; readonly then: 'CUT' | 'SILENCE' };
  /** Asked for each message of the gateway's on a WebSocket. */
  readonly fate?: (message: string) => MessageFate;
}

export interface TcpProxy {
  /** In front of the gateway's own. */
  readonly url: string;
  /** How many connections were taken so far. */
  readonly accepted: number;
  /** How many are open now. */
  readonly open: number;
  /** Ends all connections without a goodbye. */
  cut(): void;
  /** From now on new connections are ended at once, or taken again. */
  refuse(isRefusing: boolean): void;
  /** From now on nothing gets through on the connections that are open, which stay so. */
  silence(): void;
  close(): Promise<void>;
}

/** @param target the gateway's url; asked for each connection, so that a gateway may come back elsewhere */
export async function startTcpProxy(target: () => string, { limit, fate }: TcpProxyOptions = {}): Promise<TcpProxy> {
  const pairs = new Set<{ readonly client: Socket; readonly gateway: Socket; isSilent: boolean }>();
  let accepted = 0;
  let isRefusing = false;

  const server = createServer((client) => {
    accepted++;
    client.on('error', () => client.destroy());
    if (isRefusing) {
      client.destroy();
      return;
    }
    const { hostname, port } = new URL(target());
    const gateway = connect(Number(port), hostname);
    const pair = { client, gateway, isSilent: false };
    pairs.add(pair);
    const end = (): void => {
      pairs.delete(pair);
      client.destroy();
      gateway.destroy();
    };
    const { bytes, then } = limit?.() ?? { bytes: Infinity, then: 'CUT' };
    let left = bytes;

    function pass(data: Buffer): void {
      if (pair.isSilent || client.destroyed) return;
      client.write(data.subarray(0, left));
      left -= data.length;
      if (left > 0) return;
      if (then === 'SILENCE') pair.isSilent = true;
      // What was written has to leave the house first.
      else client.end(end);
    }

    const messages = fate ? serverMessages(fate, pass) : null;
    gateway.on('data', (data) => (messages ? messages.take(data) : pass(data)));
    client.on('data', (data) => {
      if (!pair.isSilent) gateway.write(data);
    });
    gateway.on('error', end);
    for (const side of [client, gateway]) side.on('close', end);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');

  function cut(): void {
    for (const { client, gateway } of [...pairs]) {
      client.destroy();
      gateway.destroy();
    }
  }

  return {
    url: `http://127.0.0.1:${address.port}`,
    get accepted() {
      return accepted;
    },
    get open() {
      return pairs.size;
    },
    cut,
    refuse(value) {
      isRefusing = value;
    },
    silence() {
      for (const pair of pairs) pair.isSilent = true;
    },
    async close() {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
