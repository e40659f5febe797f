// What the client needs of a WebSocket: the browser's, Node's own and that of the package `ws` all have it.

/** An open or opening WebSocket. */
export interface WebSocketLike {
  readonly readyState: number;
  send(text: string): void;
  close(code?: number, reason?: string): void;
  /** Only in `ws`: cuts the connection without a goodbye. */
  terminate?(): void;
  addEventListener(type: 'open' | 'error', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'close', listener: (event: { readonly code: number; readonly reason: string }) => void): void;
}

/** Makes them. */
export type WebSocketConstructor = new (url: string, protocol: string) => WebSocketLike;
