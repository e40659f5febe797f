// A bare client of the graphql-transport-ws protocol, for what a well-behaved client library would never do.

import { once } from 'node:events';
import { WebSocket } from 'ws';
import { z } from 'zod';

const messageShape = z.looseObject({
  type: z.string(),
  id: z.string().optional(),
  payload: z.unknown().optional(),
});
export type SocketMessage = z.infer<typeof messageShape>;

const errorShape = z.looseObject({
  message: z.string(),
  extensions: z.looseObject({ code: z.string(), requestId: z.string() }),
});

export interface TestSocket {
  send(message: object): void;
  /** The next message, of this operation if one is named, that has not been taken yet; throws when the socket closes instead. */
  receive(id?: string): Promise<SocketMessage>;
  /** Sends the operation, and receives its first answer. */
  ask(id: string, query: string, variables?: object): Promise<SocketMessage>;
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  readonly raw: WebSocket;
  close(): Promise<void>;
}

export async function openSocket(
  url: string,
  protocols: readonly string[] = ['graphql-transport-ws'],
): Promise<TestSocket> {
  const raw = new WebSocket(url, [...protocols]);
  const arrived: SocketMessage[] = [];
  const waiting: { readonly id: string | undefined; readonly answer: PromiseWithResolvers<SocketMessage> }[] = [];
  raw.on('message', (data: Buffer) => {
    const message = messageShape.parse(JSON.parse(data.toString()));
    const index = waiting.findIndex(({ id }) => id === undefined || id === message.id);
    const [next] = index === -1 ? [] : waiting.splice(index, 1);
    if (next) next.answer.resolve(message);
    else arrived.push(message);
  });
  const { promise: closed, resolve } = Promise.withResolvers<{ code: number; reason: string }>();
  raw.on('close', (code, reason) => {
    resolve({ code, reason: reason.toString() });
    for (const { answer } of waiting.splice(0))
      answer.reject(new Error(`the socket was closed: ${code} ${reason.toString()}`));
  });
  await once(raw, 'open');

  const socket: TestSocket = {
    raw,
    closed,
    send: (message) => raw.send(JSON.stringify(message)),
    receive(id) {
      const index = arrived.findIndex((message) => id === undefined || message.id === id);
      const [here] = index === -1 ? [] : arrived.splice(index, 1);
      if (here) return Promise.resolve(here);
      const answer = Promise.withResolvers<SocketMessage>();
      waiting.push({ id, answer });
      return answer.promise;
    },
    ask(id, query, variables) {
      socket.send({ id, type: 'subscribe', payload: { query, variables } });
      return socket.receive(id);
    },
    async close() {
      raw.close();
      await closed;
    },
  };
  return socket;
}

/** A socket whose token was taken. */
export async function openAdmittedSocket(url: string, token: string): Promise<TestSocket> {
  const socket = await openSocket(url);
  socket.send({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } });
  const { type } = await socket.receive();
  if (type !== 'connection_ack') throw new Error(`expected connection_ack, received ${type}`);
  return socket;
}

/** The errors of an `error` message, or of a result. */
export function errorsOf(payload: unknown): z.infer<typeof errorShape>[] {
  const errors = z.union([z.array(errorShape), z.looseObject({ errors: z.array(errorShape) })]).parse(payload);
  return Array.isArray(errors) ? errors : errors.errors;
}
