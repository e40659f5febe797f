// WebSockets on /graphql: takes upgrades, bounds what a peer may send, notices peers that are gone, ends sessions on time.
// What is said on a socket is socket-protocol.ts's business.

import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { handleProtocols } from 'graphql-ws';
import type { Server } from 'graphql-ws';
import type { Logger } from 'pino';
import { WebSocketServer } from 'ws';
import type { RawData, WebSocket } from 'ws';
import type { Viewer } from '../domain/viewer.ts';
import { graphqlPath } from './http.ts';
import { limits } from './limits.ts';
import { createMessageBudget } from './message-budget.ts';
import { createSender } from './sender.ts';
import { closeCodes } from './socket-protocol.ts';
import type { CloseReason, Session } from './socket-protocol.ts';
import type { Sessions } from './sessions.ts';
import { createTurns } from './turns.ts';
import type { Turns } from './turns.ts';

export interface SocketServer {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Says goodbye to every peer; one that does not answer is cut off after limits.socketCloseMs. */
  close(): Promise<void>;
  /** Cuts everybody off. */
  terminate(): void;
}

export interface SocketServerOptions {
  readonly protocol: Server<Session>;
  readonly sessions: Sessions;
  readonly isDraining: () => boolean;
  /** How long a peer may take nothing of what it is sent. */
  readonly stallMs: number;
  /** Pings go out at this distance; a peer that answers none between two of them is gone. */
  readonly beatMs: number;
  readonly log: Logger;
}

export function createSocketServer({
  protocol,
  sessions,
  isDraining,
  stallMs,
  beatMs,
  log,
}: SocketServerOptions): SocketServer {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: limits.messageBytes,
    perMessageDeflate: false,
    clientTracking: false,
    handleProtocols,
  });
  const sockets = new Map<WebSocket, { readonly session: Session; readonly gone: Promise<undefined> }>();

  const arrivals = createTurns(limits.arrivalsPerTurn);

  const silent = new WeakSet<WebSocket>();
  const heartbeat = setInterval(() => {
    for (const [socket, { session }] of sockets) {
      if (silent.has(socket)) session.close('TOO_SLOW', 'No answer to a ping. Come back with your last cursor.');
      silent.add(socket);
      socket.ping();
    }
  }, beatMs);
  heartbeat.unref();

  const stallCheck = setInterval(() => {
    const now = performance.now();
    for (const { session } of sockets.values()) {
      if (session.sender.stalledMs(now) > stallMs || session.sender.pendingBytes() > limits.pendingBytes) {
        session.close('TOO_SLOW', 'You do not read what you are sent. Come back with your last cursor.');
      }
    }
  }, stallMs / 10);
  stallCheck.unref();

  function accept(socket: WebSocket): void {
    const session = openSession(socket, sessions, log);
    const { promise: gone, resolve } = Promise.withResolvers<undefined>();
    sockets.set(socket, { session, gone });
    const ended = serve(protocol, socket, session, arrivals, log);
    socket.on('pong', () => silent.delete(socket));
    socket.on('close', (code, reason) => {
      sockets.delete(socket);
      ended(code, reason.toString())
        .catch((error: unknown) => log.error({ err: error }, 'the end of a socket failed'))
        .finally(() => resolve(undefined));
    });
  }

  return {
    upgrade(request, socket, head) {
      // Until the socket is accepted nobody else listens, and an error without a listener ends the process.
      socket.on('error', () => socket.destroy());
      const path = request.url?.split('?')[0];
      if (path !== graphqlPath) {
        reject(socket, '404 Not Found');
        return;
      }
      arrivals.run(() => {
        if (isDraining()) reject(socket, '503 Service Unavailable');
        else server.handleUpgrade(request, socket, head, accept);
      });
    },
    async close() {
      clearInterval(heartbeat);
      clearInterval(stallCheck);
      const open = [...sockets.values()];
      for (const { session } of open) session.close('RESTART', 'The gateway is stopping');
      await Promise.all(open.map(({ gone }) => gone));
    },
    terminate() {
      for (const socket of sockets.keys()) socket.terminate();
    },
  };
}

function reject(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** Admission and its ends: no token in time, a token that expires or is withdrawn, a close from our side. */
function openSession(socket: WebSocket, sessions: Sessions, log: Logger): Session {
  let viewer: Viewer | null = null;
  let timer = setTimeout(() => close('INIT_TIMEOUT', 'No valid token in time'), limits.authenticationMs);
  socket.once('close', () => clearTimeout(timer));

  function close(why: CloseReason, message: string): void {
    if (isOpen(socket)) log.info({ why, partner: viewer?.partnerSlug }, 'a socket is closed');
    sayGoodbye(socket, closeCodes[why], message);
  }

  function closeAt(until: Date): void {
    const leftMs = until.getTime() - Date.now();
    if (leftMs <= 0) close('TOKEN_EXPIRED', 'The token has expired. Send a fresh one.');
    // A timer holds 24 days at most, and what is longer fires at once.
    else timer = setTimeout(() => closeAt(until), Math.min(leftMs, 2 ** 31 - 1));
  }

  return {
    get viewer() {
      return viewer;
    },
    admit(admission) {
      // The deadline may have passed while the token was looked at.
      if (!isOpen(socket)) return;
      clearTimeout(timer);
      viewer = admission.viewer;
      closeAt(admission.acceptedUntil);
      socket.once('close', sessions.admit({ grant: admission.grant, close }));
    },
    close,
    sender: createSender(socket),
  };
}

/** Ties the protocol to the socket; gives back what to call when the socket is gone. */
function serve(
  protocol: Server<Session>,
  socket: WebSocket,
  session: Session,
  arrivals: Turns,
  log: Logger,
): (code: number, reason: string) => Promise<void> {
  const budget = createMessageBudget(limits.messagesPerSecond, limits.messageBurst);
  function onFailure(error: unknown): void {
    const isTheirs = error instanceof Error && error.message.startsWith('Unexpected message');
    log.warn({ err: error }, 'a message could not be handled');
    if (isTheirs) session.close('BAD_REQUEST', 'Only a server sends messages of this type');
    else session.close('TRY_AGAIN', 'Something went wrong on our side');
  }
  // Too long a message, a broken frame, a reset: ws closes by itself and tells the peer why.
  socket.on('error', (error) => log.debug({ err: error }, 'a socket failed'));
  return protocol.opened(
    {
      protocol: socket.protocol,
      close: (code, reason) => sayGoodbye(socket, code, reason),
      send: (text) => session.sender.send(text),
      onMessage(handle) {
        socket.on('message', (data) => {
          // What still comes in after we have said goodbye is nobody's request any more.
          if (!isOpen(socket)) return;
          if (!budget.take(performance.now())) {
            session.close('POLICY', 'Too many messages');
            return;
          }
          arrivals.run(() => {
            if (isOpen(socket)) handle(textOf(data)).catch(onFailure);
          });
        });
      },
    },
    session,
  );
}

function sayGoodbye(socket: WebSocket, code = 1000, message = ''): void {
  if (!isOpen(socket)) return;
  // A close frame has room for 123 bytes.
  socket.close(code, message.replace(/[^\x20-\x7e]/g, '?').slice(0, 123));
  // A peer that does not answer would keep its connection, and our shutdown, for another half minute.
  const timer = setTimeout(() => socket.terminate(), limits.socketCloseMs);
  socket.once('close', () => clearTimeout(timer));
}

function textOf(data: RawData): string {
  if (Buffer.isBuffer(data)) return data.toString();
  return (Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data)).toString();
}

function isOpen(socket: WebSocket): boolean {
  return socket.readyState === socket.OPEN;
}
