// Keeps one connection for as long as somebody needs it: asks for a token, opens a socket, and when that is lost waits and begins again,
// for ever. Carries the operations of all members; what to do about their content is stream.ts's business.

import { MessageType } from 'graphql-ws/client';
import type { Message, SubscribePayload } from 'graphql-ws/client';
import type { GraphQLFormattedError } from 'graphql';
import type { BackOff } from './back-off.ts';
import { isFinal, slowDown, tokenExpired, tokenRefused } from './close-codes.ts';
import { LiveError } from './live-error.ts';
import type { StateStore } from './live-state.ts';
import { openSocket } from './socket.ts';
import type { Socket, SocketEnd, SocketOptions } from './socket.ts';

export interface OperationSink {
  next(result: FormattedResult): void;
  error(errors: readonly GraphQLFormattedError[]): void;
  complete(): void;
}

/** As it comes over the wire. */
export interface FormattedResult {
  readonly data?: unknown;
  readonly errors?: readonly GraphQLFormattedError[] | undefined;
}

/** A connection that is open. */
export interface Channel {
  /** The function given back ends the operation at once. */
  start(payload: SubscribePayload, sink: OperationSink): () => void;
}

export interface Member {
  /** Again after each interruption. */
  connected(channel: Channel): void;
  /** The channel is gone, with all operations on it. */
  lost(): void;
  /** There will be no connection. */
  failed(error: LiveError): void;
}

export interface Connection {
  join(member: Member): void;
  leave(member: Member): void;
  resumeNow(): void;
  /** For good. */
  close(): void;
}

export interface ConnectionOptions extends Pick<
  SocketOptions,
  'webSocketImpl' | 'url' | 'connectTimeoutMs' | 'pingAfterMs' | 'pongTimeoutMs'
> {
  readonly token: () => string | Promise<string>;
  readonly tokenTimeoutMs: number;
  readonly lingerMs: number;
  readonly backOff: BackOff;
  readonly store: StateStore;
}

export function createConnection(options: ConnectionOptions): Connection {
  const { token: askToken, tokenTimeoutMs, lingerMs, backOff, store } = options;
  const members = new Set<Member>();
  const problemOwner = {};
  let channel: Channel | null = null;
  let socket: Socket | null = null;
  let isRunning = false;
  let isClosed = false;
  let lingering: ReturnType<typeof setTimeout> | undefined;
  let wake = (): void => undefined;
  /** Since the last time that nobody needed it. */
  let wasLive = false;
  let refusedTokens: string[] = [];

  const isNeeded = (): boolean => members.size > 0 && !isClosed;

  async function run(): Promise<void> {
    isRunning = true;
    while (isNeeded()) {
      const token = await nextToken();
      if (token === null || !isNeeded()) continue;
      store.set({ status: wasLive ? 'RESUMING' : 'CONNECTING' });
      const end = await hold(token).catch(notEvenBegun);
      if (isNeeded()) await afterEnd(end, token);
    }
    isRunning = false;
    wasLive = false;
    refusedTokens = [];
    store.setProblem(problemOwner, null);
    if (!isClosed) store.set({ status: 'IDLE' });
  }

  /** Null: there is none now. */
  async function nextToken(): Promise<string | null> {
    store.set({ status: 'WAITING_FOR_TOKEN' });
    try {
      const token = await within(tokenTimeoutMs, askToken);
      if (!refusedTokens.includes(token)) return token;
      failAll(
        new LiveError('UNAUTHENTICATED', store.state.problem ?? 'The token was refused', { closeCode: tokenRefused }),
      );
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      if (isNeeded()) await waitForNextAttempt(`No token could be had: ${why}`);
    }
    return null;
  }

  /** Until the connection ends. */
  async function hold(token: string): Promise<SocketEnd> {
    const { promise, resolve } = deferred<SocketEnd>();
    const sinks = new Map<string, OperationSink>();
    let lastId = 0;
    let admittedAt = 0;
    const opened = openSocket({
      ...options,
      token,
      onAdmitted() {
        admittedAt = performance.now();
        refusedTokens = [];
        if (wasLive) store.count('resumes');
        wasLive = true;
        const admitted: Channel = {
          start(payload, sink) {
            const id = String(++lastId);
            sinks.set(id, sink);
            opened.send({ id, type: MessageType.Subscribe, payload });
            return () => {
              if (sinks.delete(id)) opened.send({ id, type: MessageType.Complete });
            };
          },
        };
        channel = admitted;
        store.setProblem(problemOwner, null);
        store.set({ status: 'LIVE' });
        for (const member of [...members]) member.connected(admitted);
      },
      onMessage: (message) => route(message, sinks),
      onEnd(end) {
        socket = null;
        sinks.clear();
        if (channel) {
          channel = null;
          backOff.worked(performance.now() - admittedAt);
          for (const member of [...members]) member.lost();
        }
        resolve(end);
      },
    });
    socket = opened;
    return promise;
  }

  async function afterEnd(end: SocketEnd, token: string): Promise<void> {
    const { code } = end;
    const problem = describe(end);
    if (code === tokenRefused && refusedTokens.length === 0) {
      // One other token is tried at once; somebody may have been about to renew it.
      refusedTokens = [token];
      store.setProblem(problemOwner, problem);
    } else if (code === tokenRefused || isFinal(code)) {
      failAll(new LiveError(code === tokenRefused ? 'UNAUTHENTICATED' : 'CLOSED', problem, { closeCode: code }));
    } else {
      if (code === slowDown) backOff.slowDown();
      await waitForNextAttempt(problem);
    }
  }

  async function waitForNextAttempt(problem: string): Promise<void> {
    const waitMs = backOff.nextMs();
    store.setProblem(problemOwner, problem);
    store.set({ status: wasLive ? 'RESUMING' : 'CONNECTING', nextAttemptAt: Date.now() + waitMs });
    const { promise, resolve } = deferred<undefined>();
    wake = () => resolve(undefined);
    const timer = setTimeout(wake, waitMs);
    await promise;
    clearTimeout(timer);
    store.set({ nextAttemptAt: null });
  }

  function failAll(error: LiveError): void {
    const failing = [...members];
    members.clear();
    for (const member of failing) member.failed(error);
  }

  return {
    join(member) {
      members.add(member);
      clearTimeout(lingering);
      if (channel) member.connected(channel);
      else if (!isRunning) void run();
    },
    leave(member) {
      members.delete(member);
      if (members.size > 0) return;
      wake();
      clearTimeout(lingering);
      lingering = setTimeout(() => socket?.close(), lingerMs);
    },
    resumeNow: () => wake(),
    close() {
      isClosed = true;
      members.clear();
      clearTimeout(lingering);
      wake();
      socket?.close();
      store.set({ status: 'CLOSED', nextAttemptAt: null });
    },
  };
}

/** As when a browser forbids the page to open a socket to this place. */
function notEvenBegun(error: unknown): SocketEnd {
  return { code: 1006, reason: error instanceof Error ? error.message : String(error) };
}

function route(message: Message, sinks: Map<string, OperationSink>): void {
  if (message.type === MessageType.Next) sinks.get(message.id)?.next(message.payload);
  if (message.type !== MessageType.Error && message.type !== MessageType.Complete) return;
  const sink = sinks.get(message.id);
  sinks.delete(message.id);
  if (message.type === MessageType.Error) sink?.error(message.payload);
  else sink?.complete();
}

function describe({ code, reason }: SocketEnd): string {
  if (reason !== '') return `${reason} (${code})`;
  return code === tokenExpired ? 'The token has expired (4403)' : `The connection was lost (${code})`;
}

async function within<T>(timeoutMs: number, work: () => T | Promise<T>): Promise<T> {
  const { promise, reject } = deferred<never>();
  const timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
  try {
    return await Promise.race([promise, work()]);
  } finally {
    clearTimeout(timer);
  }
}

/** Promise.withResolvers is younger than many browsers. */
function deferred<T>(): {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
} {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<T>((onValue, onError) => {
    resolve = onValue;
    reject = onError;
  });
  return { promise, resolve, reject };
}
