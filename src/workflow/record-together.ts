// Results that come while an earlier commit is under way are written together by the next one. Each is written when its
// promise resolves: nothing is held back, so a single result is written at once.

interface Waiting<T> {
  readonly entry: T;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/** @param write One commit. What it throws is thrown to everybody whose result it was to write. */
export function recordTogether<T>(write: (entries: readonly T[]) => Promise<void>): (entry: T) => Promise<void> {
  let waiting: Waiting<T>[] = [];
  let isWriting = false;

  async function writeAll(): Promise<void> {
    isWriting = true;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        await write(batch.map(({ entry }) => entry));
        for (const { resolve } of batch) resolve();
      } catch (failure) {
        for (const { reject } of batch) reject(failure);
      }
    }
    isWriting = false;
  }

  return (entry) =>
    new Promise<void>((resolve, reject) => {
      waiting.push({ entry, resolve, reject });
      if (!isWriting) void writeAll();
    });
}
