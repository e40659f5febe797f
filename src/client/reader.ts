// Lets a stream be read with `for await`. Deliveries wait for a slow reader up to a bound; from there on they wait at the gateway: the
// stream is paused, and resumed behind its last cursor.

import type { Delivery } from './delivery.ts';
import type { LiveError } from './live-error.ts';
import type { Stream, StreamListener } from './stream.ts';

const waitingAtMost = 1_000;

export function readStream<TData>(
  open: (listener: StreamListener<TData>) => Stream,
): AsyncIterableIterator<Delivery<TData>, undefined> {
  type Result = IteratorResult<Delivery<TData>, undefined>;
  interface Question {
    resolve(result: Result): void;
    reject(error: LiveError): void;
  }
  const over: Result = { done: true, value: undefined };
  let waiting: Delivery<TData>[] = [];
  const asked: Question[] = [];
  let isPaused = false;
  let isComplete = false;
  let failure: LiveError | null = null;

  const stream = open({
    delivery(value) {
      const question = asked.shift();
      if (question) {
        question.resolve({ done: false, value });
        return;
      }
      waiting.push(value);
      if (waiting.length < waitingAtMost || isPaused) return;
      isPaused = true;
      stream.pause();
    },
    complete() {
      isComplete = true;
      for (const { resolve } of asked.splice(0)) resolve(over);
    },
    error(error) {
      isComplete = true;
      const [first, ...others] = asked.splice(0);
      if (first) first.reject(error);
      else failure = error;
      for (const { resolve } of others) resolve(over);
    },
  });

  return {
    next() {
      const value = waiting.shift();
      if (value) {
        if (isPaused && waiting.length <= waitingAtMost / 2) {
          isPaused = false;
          stream.resume();
        }
        return Promise.resolve({ done: false, value });
      }
      const error = failure;
      failure = null;
      if (error) return Promise.reject(error);
      if (isComplete) return Promise.resolve(over);
      return new Promise((resolve, reject) => asked.push({ resolve, reject }));
    },
    return() {
      waiting = [];
      failure = null;
      stream.end();
      return Promise.resolve(over);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
