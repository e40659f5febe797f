// An async iterator that makes an item only when one is asked for and lets go at once: return() ends whatever next() is
// waiting, even while an item is being made. (An async generator cannot: its return() queues behind the running next().)

export interface PullIteratorOptions<T> {
  /** Never called while an earlier call is running. Undefined: there are no more. What it throws ends the iterator. */
  readonly produce: () => Promise<T | undefined>;
  /** Called once, at the end, for whatever reason; must wake a produce() that sleeps. */
  readonly release: () => void;
}

export interface PullIterator<T> extends AsyncIterableIterator<T, undefined> {
  return(): Promise<IteratorResult<T, undefined>>;
}

export function pullIterator<T>({ produce, release }: PullIteratorOptions<T>): PullIterator<T> {
  type Answer = IteratorResult<T, undefined>;
  const asked: PromiseWithResolvers<Answer>[] = [];
  const over: Answer = { done: true, value: undefined };
  let isProducing = false;
  let isOver = false;

  function end(): void {
    if (isOver) return;
    isOver = true;
    release();
    for (const { resolve } of asked.splice(0)) resolve(over);
  }

  async function answer(): Promise<void> {
    isProducing = true;
    while (asked.length > 0) {
      try {
        const item = await produce();
        // Nobody is left to take an item that return() overtook.
        if (item === undefined) end();
        else asked.shift()?.resolve({ done: false, value: item });
      } catch (error) {
        asked.shift()?.reject(error);
        end();
      }
    }
    isProducing = false;
  }

  return {
    next() {
      if (isOver) return Promise.resolve(over);
      const question = Promise.withResolvers<Answer>();
      asked.push(question);
      if (!isProducing) void answer();
      return question.promise;
    },
    return() {
      end();
      return Promise.resolve(over);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
