// The last moment of an answer: it is logged, and where a fault says so it gets lost, is withheld, or goes out twice.

import { once } from 'node:events';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { callOf } from './call.ts';
import { recordCall } from './journal.ts';
import type { Sandbox } from './sandbox.ts';

export async function finishAnswer(
  sandbox: Sandbox,
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
): Promise<unknown> {
  const { socket } = request.raw;
  const { answer } = callOf(request);
  const isTold = answer === 'sent' || answer === 'doubled';
  recordCall(sandbox, request, isTold ? reply.statusCode : null);
  if (answer === 'lost') socket.destroy();
  if (answer === 'withheld') await once(socket, 'close');
  if (answer === 'doubled') {
    // Both in one piece, so that the second is there when the first is read.
    socket.cork();
    socket.write(written(reply, payload));
    setImmediate(() => socket.uncork());
  }
  return payload;
}

function written(reply: FastifyReply, payload: unknown): string {
  const body = typeof payload === 'string' ? payload : '';
  const headers = Object.entries({ ...reply.getHeaders(), 'content-length': Buffer.byteLength(body) });
  const lines = headers.map(([name, value]) => `${name}: ${String(value)}\r\n`).join('');
  return `HTTP/1.1 ${reply.statusCode} Once\r\n${lines}\r\n${body}`;
}
