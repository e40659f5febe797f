// A closed loop over some connections, on bare sockets: the load must cost less than what is measured.

import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';

export interface Load {
  readonly done: number;
  /** Of each answer. */
  readonly latenciesMs: Float64Array;
  readonly bytes: number;
}

const headEnd = Buffer.from('\r\n\r\n');

/** @param requests whole HTTP/1.1 requests; each connection begins elsewhere in the list */
export async function load(
  port: number,
  requests: readonly Buffer[],
  connections: number,
  seconds: number,
): Promise<Load> {
  const until = performance.now() + seconds * 1_000;
  const found = await Promise.all(
    Array.from({ length: connections }, (_, n) => run(port, requests, (n * 37) % requests.length, until)),
  );
  const latencies = found.flatMap(({ latenciesMs }) => latenciesMs);
  return {
    done: latencies.length,
    latenciesMs: Float64Array.from(latencies),
    bytes: found.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

async function run(port: number, requests: readonly Buffer[], first: number, until: number) {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.setNoDelay(true);
  const latenciesMs: number[] = [];
  let bytes = 0;
  try {
    for (let n = first; performance.now() < until; n = (n + 1) % requests.length) {
      const request = requests[n];
      if (!request) throw new Error('there is nothing to ask');
      const begun = performance.now();
      const answer = await ask(socket, request);
      latenciesMs.push(performance.now() - begun);
      bytes += answer.length;
      if (answer.toString('latin1', 9, 12) !== '200') throw new Error(`refused: ${answer.toString().slice(0, 600)}`);
    }
  } finally {
    socket.destroy();
  }
  return { latenciesMs, bytes };
}

/** Head and body. */
export function ask(socket: Socket, request: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let have = 0;
    let need = Number.POSITIVE_INFINITY;
    const end = (): void => {
      socket.off('data', take).off('error', fail).off('close', close);
    };
    const fail = (error: Error): void => {
      end();
      reject(error);
    };
    const close = (): void => fail(new Error('the server closed the connection'));
    const take = (part: Buffer): void => {
      parts.push(part);
      have += part.length;
      if (need === Number.POSITIVE_INFINITY) {
        const all = parts.length === 1 ? part : Buffer.concat(parts);
        const head = all.indexOf(headEnd);
        if (head < 0) return;
        const length = /content-length: *(\d+)/i.exec(all.toString('latin1', 0, head))?.[1];
        if (length === undefined) {
          fail(new Error('an answer without a length'));
          return;
        }
        need = head + headEnd.length + Number(length);
      }
      if (have < need) return;
      end();
      resolve(Buffer.concat(parts));
    };
    socket.on('data', take).on('error', fail).on('close', close);
    socket.write(request);
  });
}
