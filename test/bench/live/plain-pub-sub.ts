// A PubSub in memory as the usual packages have it: a queue for each subscriber, without a bound and without a memory.

import { EventEmitter, on } from 'node:events';

export interface PubSub {
  publish(topic: string, update: object): void;
  /** Each update under the name of the subscription's field. */
  subscribe(topic: string, field: string): AsyncIterableIterator<Record<string, unknown>>;
}

export function createPubSub(): PubSub {
  const emitter = new EventEmitter().setMaxListeners(0);
  return {
    publish: (topic, update) => void emitter.emit(topic, update),
    subscribe(topic, field) {
      const source: AsyncIterator<unknown[]> = on(emitter, topic)[Symbol.asyncIterator]();
      return {
        [Symbol.asyncIterator]() {
          return this;
        },
        async next() {
          const { done, value } = await source.next();
          return done === true ? { done, value: undefined } : { done: false, value: { [field]: value[0] } };
        },
        async return() {
          await source.return?.();
          return { done: true, value: undefined };
        },
      };
    },
  };
}
