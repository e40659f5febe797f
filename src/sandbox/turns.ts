// One after another, by key, within this process, which is the only one that writes: cheaper than holding a row lock over several
// statements.

export interface Turns {
  /** Runs the work once all earlier work under the same key is over. */
  take<T>(key: string, work: () => Promise<T>): Promise<T>;
}

export function createTurns(): Turns {
  const lastByKey = new Map<string, Promise<unknown>>();
  return {
    take(key, work) {
      const previous = lastByKey.get(key) ?? Promise.resolve();
      const result = previous.then(work, work);
      lastByKey.set(key, result);
      const forget = () => {
        if (lastByKey.get(key) === result) lastByKey.delete(key);
      };
      result.then(forget, forget);
      return result;
    },
  };
}
