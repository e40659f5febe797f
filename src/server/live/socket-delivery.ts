// A live subscription writes its own messages to the socket, around the update's JSON as it is. graphql-ws waits for the next
// result and is told only of the end; it would take each update apart and write it out again for every subscriber.

import { pullIterator } from '../../events/pull-iterator.ts';
import type { PullIterator } from '../../events/pull-iterator.ts';
import type { LiveStream } from './live.ts';

/** `send` resolves when the peer's system has taken the text: until then nothing more is read from the stream. */
export function deliver(stream: LiveStream, id: string, send: (text: string) => Promise<void>): PullIterator<never> {
  const opening = `{"id":${JSON.stringify(id)},"type":"next","payload":`;
  return pullIterator<never>({
    async produce() {
      for await (const { text } of stream) await send(`${opening}${text}}`);
      return undefined;
    },
    release() {
      void stream.return();
    },
  });
}
