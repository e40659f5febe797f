// One connection from its opening to its end, in the graphql-transport-ws protocol: admission, signs of life, messages. It never opens a
// second one; that is connection.ts's business.

import { GRAPHQL_TRANSPORT_WS_PROTOCOL, MessageType, parseMessage, stringifyMessage } from 'graphql-ws/client';
import type { Message } from 'graphql-ws/client';
import type { WebSocketConstructor } from './web-socket.ts';

export interface SocketEnd {
  readonly code: number;
  readonly reason: string;
}

export interface SocketOptions {
  readonly webSocketImpl: WebSocketConstructor;
  readonly url: string;
  readonly token: string;
  readonly connectTimeoutMs: number;
  readonly pingAfterMs: number;
  readonly pongTimeoutMs: number;
  readonly onAdmitted: () => void;
  /** About an operation. */
  readonly onMessage: (message: Message) => void;
  /** Once; nothing comes after it. */
  readonly onEnd: (end: SocketEnd) => void;
}

export interface Socket {
  send(message: Message): void;
  close(): void;
}

const open = 1;
/** graphql-ws's own codes for what only the client can notice. */
const badResponse = 4004;
const silent = 4499;
const admissionTimeout = 4504;

export function openSocket(options: SocketOptions): Socket {
  const { webSocketImpl, url, token, connectTimeoutMs, pingAfterMs, pongTimeoutMs, onAdmitted, onMessage, onEnd } =
    options;
  const socket = new webSocketImpl(url, GRAPHQL_TRANSPORT_WS_PROTOCOL);
  let isAdmitted = false;
  let isOver = false;
  let timer = setTimeout(
    () => drop(admissionTimeout, 'The gateway did not admit the connection in time'),
    connectTimeoutMs,
  );

  function end(how: SocketEnd): void {
    if (isOver) return;
    isOver = true;
    clearTimeout(timer);
    onEnd(how);
  }

  /** Does not wait for an answer to the goodbye: there may be nobody to give one. */
  function drop(code: number, reason: string): void {
    if (isOver) return;
    // First, because some implementations tell of the close while it is being asked for, and with another code.
    end({ code, reason });
    if (socket.terminate) socket.terminate();
    else socket.close(code, reason);
  }

  function send(message: Message): void {
    if (!isOver && socket.readyState === open) socket.send(stringifyMessage(message));
  }

  /** Called at each sign of life. */
  function listenForSilence(): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      send({ type: MessageType.Ping });
      timer = setTimeout(() => drop(silent, 'The gateway gave no sign of life'), pongTimeoutMs);
    }, pingAfterMs);
  }

  function handle(message: Message): void {
    if (message.type === MessageType.Ping) send({ type: MessageType.Pong });
    else if (message.type === MessageType.ConnectionAck) {
      if (isAdmitted) return;
      isAdmitted = true;
      listenForSilence();
      onAdmitted();
    } else if (isAdmitted) onMessage(message);
  }

  socket.addEventListener('open', () => {
    send({ type: MessageType.ConnectionInit, payload: { authorization: `Bearer ${token}` } });
  });
  socket.addEventListener('message', ({ data }) => {
    if (isOver) return;
    if (isAdmitted) listenForSilence();
    const message = read(data);
    if (message) handle(message);
    else drop(badResponse, 'The gateway sent something that is no message');
  });
  socket.addEventListener('close', ({ code, reason }) => end({ code, reason }));
  // A close always follows, and says more.
  socket.addEventListener('error', () => undefined);

  return {
    send,
    close() {
      if (isOver) return;
      end({ code: 1000, reason: 'Done' });
      socket.close(1000, 'Done');
    },
  };
}

function read(data: unknown): Message | null {
  try {
    return parseMessage(data);
  } catch {
    return null;
  }
}
