// A bare reader of server-sent events, for what a browser's EventSource would not show.

import { once } from 'node:events';
import http from 'node:http';
import type { IncomingMessage } from 'node:http';

export interface EventStreamOptions {
  readonly query: string;
  readonly token: string;
  readonly variables?: object;
  readonly method?: 'GET' | 'POST';
  readonly lastEventId?: string | undefined;
}

export interface ReceivedEvent {
  readonly name: string;
  readonly id: string | undefined;
  /** Parsed from JSON; null where there is none. */
  readonly data: unknown;
}

export async function openEventStream(
  origin: string,
  { query, token, variables = {}, method = 'POST', lastEventId }: EventStreamOptions,
) {
  const search = new URLSearchParams({ query, variables: JSON.stringify(variables) });
  const request = http.request(`${origin}/graphql/stream${method === 'GET' ? `?${search.toString()}` : ''}`, {
    method,
    headers: {
      accept: 'text/event-stream',
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
    },
  });
  request.end(method === 'POST' ? JSON.stringify({ query, variables }) : undefined);
  const [response]: IncomingMessage[] = await once(request, 'response');
  if (!response || response.statusCode !== 200) throw new Error(`expected 200, received ${response?.statusCode}`);
  response.setEncoding('utf8');

  let lastId: string | undefined;
  const cut = once(response, 'close').then(() => {
    throw new Error('the stream was cut');
  });
  cut.catch(() => undefined);
  response.on('error', () => undefined);
  const arrived: ReceivedEvent[] = [];
  let rest = '';
  let wake = (): void => undefined;
  response.on('data', (text: string) => {
    const blocks = (rest + text).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const fields = new Map(
        block
          .split('\n')
          .map((line): [string, string] => [line.split(': ')[0] ?? '', line.slice(line.indexOf(':') + 2)]),
      );
      lastId = fields.get('id') ?? lastId;
      const data = fields.get('data');
      const name = fields.get('event');
      if (name !== undefined) arrived.push({ name, id: fields.get('id'), data: data ? JSON.parse(data) : null });
    }
    wake();
  });

  return {
    /** The next event; throws when the stream ends without one. */
    async next(): Promise<ReceivedEvent> {
      while (arrived.length === 0) {
        await Promise.race([new Promise<void>((resolve) => (wake = resolve)), cut]);
      }
      const [event] = arrived.splice(0, 1);
      if (!event) throw new Error('no event');
      return event;
    },
    lastId: () => lastId,
    pause: () => void response.pause(),
    cancel: () => void request.destroy(),
  };
}
