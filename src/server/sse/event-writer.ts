// Writes one stream of server-sent events: waits for a slow reader, notices one that has stalled, keeps quiet connections
// alive. What the events say is stream-route.ts's business.

import type { ServerResponse } from 'node:http';

export interface SentEvent {
  readonly name: string;
  /** One line: JSON. */
  readonly data: string;
  readonly id: string | null;
}

export interface EventWriter {
  /** Resolves when the reader can take more; rejects when it has gone or stalled. */
  write(event: SentEvent): Promise<void>;
  /** A sign of life. With an id it moves the place from which the reader will go on, without being an event. */
  beat(id: string | null): void;
  end(): void;
  /** Ends without a proper end, so that the reader comes back. */
  cut(): void;
  readonly gone: Promise<void>;
}

/** A reader that takes nothing for stallMs is told of, and cut off. */
export function createEventWriter(response: ServerResponse, stallMs: number, onStall: () => void): EventWriter {
  const { promise: gone, resolve } = Promise.withResolvers<undefined>();
  response.once('close', () => resolve(undefined));
  // Whatever breaks the connection closes it, too.
  response.on('error', () => undefined);
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    connection: 'keep-alive',
    // Proxies would hold events back until they have many.
    'x-accel-buffering': 'no',
  });
  response.flushHeaders();

  async function drained(): Promise<void> {
    const { promise, resolve: settle } = Promise.withResolvers<boolean>();
    const stalled = setTimeout(() => {
      onStall();
      settle(false);
    }, stallMs);
    response.once('drain', () => settle(true));
    void gone.then(() => settle(false));
    const isReady = await promise;
    clearTimeout(stalled);
    if (isReady) return;
    response.destroy();
    throw new Error('the reader of an event stream has stalled or gone');
  }

  return {
    async write({ name, data, id }) {
      if (response.destroyed) throw new Error('the reader of an event stream has gone');
      const isTaken = response.write(`event: ${name}\n${id === null ? '' : `id: ${id}\n`}data: ${data}\n\n`);
      if (!isTaken) await drained();
    },
    beat(id) {
      if (!response.destroyed && !response.writableNeedDrain)
        response.write(id === null ? ':\n\n' : `:\nid: ${id}\n\n`);
    },
    end: () => void response.end(),
    cut: () => void response.destroy(),
    gone,
  };
}
