// The client for live status: follows customers, operations and the event log over one WebSocket, and resumes after any
// interruption without losing an event or delivering one twice. For browsers and Node.

import { createBackOff } from './back-off.ts';
import { createConnection } from './connection.ts';
import type { Delivery } from './delivery.ts';
import type { LiveDocument } from './document.ts';
import type { LiveError } from './live-error.ts';
import { createStateStore } from './live-state.ts';
import type { LiveState } from './live-state.ts';
import { readStream } from './reader.ts';
import { openStream } from './stream.ts';
import type { Stream, StreamListener } from './stream.ts';
import type { WebSocketConstructor } from './web-socket.ts';

export { LiveError } from './live-error.ts';
export type { Delivery, StateReset, Update } from './delivery.ts';
export type { LiveDocument, TypedText } from './document.ts';
export type { LiveState, LiveStatus } from './live-state.ts';
export type { WebSocketConstructor, WebSocketLike } from './web-socket.ts';

export interface LiveClientOptions {
  /** Of the gateway's GraphQL, such as wss://gateway.example/graphql; http and https are taken for ws and wss. */
  readonly url: string;
  /**
   * Called before each connection; the token without "Bearer". Answer a fresh one when the old one is about to expire: an open connection
   * ends with its token. While it fails or takes its time, the client waits and tries again.
   */
  readonly token: () => string | Promise<string>;
  /** How long `token` may take until it is called anew; 30,000 unless given. */
  readonly tokenTimeoutMs?: number;
  /** The global WebSocket unless given; browsers and Node have one. */
  readonly webSocketImpl?: WebSocketConstructor;
  /** The first wait for a new connection is a random part of this; 2,000 unless given. It doubles with each failed attempt. */
  readonly firstWaitMs?: number;
  /** No wait is longer; 30,000 unless given. */
  readonly longestWaitMs?: number;
  /** From opening a socket until the gateway has admitted it; 10,000 unless given. */
  readonly connectTimeoutMs?: number;
  /** A connection on which nothing has come for so long is asked for a sign of life; 10,000 unless given. */
  readonly pingAfterMs?: number;
  /** A connection that gives none within this is dropped and resumed; 5,000 unless given. */
  readonly pongTimeoutMs?: number;
  /** How long an unused connection is kept for the next stream; 1,000 unless given. */
  readonly lingerMs?: number;
  /** From 0 to 1, like Math.random, which it is unless given. */
  readonly random?: () => number;
}

export interface FollowOptions<TData, TVariables> {
  /**
   * A subscription with one root field: `customerUpdated`, `operationUpdated` or `events`. It must declare `$after: EventCursor`, pass it as `after`,
   * and select `cursor`; otherwise it is refused at once. Select `event { customerVersion }` (and `customerId` for `events`) to have gaps noticed.
   */
  readonly document: LiveDocument<TData, TVariables>;
  /** `after` is the cursor to begin behind; left out, the stream begins at the present. */
  readonly variables: TVariables;
  /** Ends the stream, as if it were complete. */
  readonly signal?: AbortSignal;
}

export interface Listener<TData> {
  delivery(delivery: Delivery<TData>): void;
  /** The gateway has no more to tell, as when an operation has ended; or the stream was ended from here. Nothing follows. */
  complete?(): void;
  /** The stream cannot go on. Nothing follows. */
  error?(error: LiveError): void;
}

export interface LiveClient {
  /** How the client is now. */
  readonly state: LiveState;
  /** Calls at each change of `state`; the function given back ends that. */
  onState(listener: (state: LiveState) => void): () => void;
  /**
   * Follows from now on; read it with `for await`. Leaving the loop unsubscribes at once. A reader that is slow loses nothing: when a thousand deliveries
   * wait for it, the stream is paused at the gateway and resumed when they are read. Throws LiveError where the stream cannot go on.
   */
  follow<TData, TVariables extends object>(
    options: FollowOptions<TData, TVariables>,
  ): AsyncIterableIterator<Delivery<TData>, undefined>;
  /** The same with callbacks, for what cannot wait; the function given back unsubscribes at once. */
  listen<TData, TVariables extends object>(
    options: FollowOptions<TData, TVariables>,
    listener: Listener<TData>,
  ): () => void;
  /** Does not wait any longer for the next attempt; for example when the browser says that it is online again. */
  resumeNow(): void;
  /** Ends all streams as if they were complete, and the connection. */
  close(): void;
}

/** Opens nothing yet: the connection is made when something is followed. Throws TypeError for a URL that is none. */
export function createLiveClient({
  url,
  token,
  tokenTimeoutMs = 30_000,
  webSocketImpl = globalThis.WebSocket,
  firstWaitMs = 2_000,
  longestWaitMs = 30_000,
  connectTimeoutMs = 10_000,
  pingAfterMs = 10_000,
  pongTimeoutMs = 5_000,
  lingerMs = 1_000,
  random = Math.random,
}: LiveClientOptions): LiveClient {
  const store = createStateStore();
  const streams = new Set<Stream>();
  const backOff = () => createBackOff({ firstMs: firstWaitMs, longestMs: longestWaitMs, random });
  const connection = createConnection({
    webSocketImpl,
    url: socketUrl(url),
    token,
    tokenTimeoutMs,
    connectTimeoutMs,
    pingAfterMs,
    pongTimeoutMs,
    lingerMs,
    backOff: backOff(),
    store,
  });

  function open<TData, TVariables extends object>(
    { document, variables, signal }: FollowOptions<TData, TVariables>,
    listener: StreamListener<TData>,
  ): Stream {
    if (store.state.status === 'CLOSED') throw new Error('this client was closed');
    const forget = (): void => {
      streams.delete(stream);
      signal?.removeEventListener('abort', stream.end);
    };
    const stream = openStream({
      document,
      variables,
      connection,
      backOff: backOff(),
      store,
      listener: {
        delivery: (delivery) => listener.delivery(delivery),
        complete() {
          forget();
          listener.complete();
        },
        error(error) {
          forget();
          listener.error(error);
        },
      },
    });
    streams.add(stream);
    signal?.addEventListener('abort', stream.end);
    if (signal?.aborted) stream.end();
    return stream;
  }

  return {
    get state() {
      return store.state;
    },
    onState: (listener) => store.onState(listener),
    follow: (options) => readStream((listener) => open(options, listener)),
    listen(options, listener) {
      const stream = open(options, {
        delivery: (delivery) => listener.delivery(delivery),
        complete: () => listener.complete?.(),
        error: (failure) => listener.error?.(failure),
      });
      return () => stream.end();
    },
    resumeNow: () => connection.resumeNow(),
    close() {
      for (const stream of [...streams]) stream.end();
      connection.close();
    },
  };
}

/** Older browsers, and `ws`, know neither http: nor relative addresses. */
function socketUrl(url: string): string {
  const page: unknown = Reflect.get(globalThis, 'location');
  const absolute = new URL(url, page instanceof Object && 'href' in page ? String(page.href) : undefined);
  absolute.hash = '';
  return absolute.href.replace(/^http/, 'ws');
}
