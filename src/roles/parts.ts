// How the parts of a process are kept: each is remembered with how it closes as soon as it is open, and closing is the mirror.

import type { Logger } from '../log.ts';

export interface Parts {
  /** Gives the part back. What was opened last is closed first. */
  opened<T>(part: T, close: (part: T) => Promise<void>): T;
  /** A part that does not close cleanly does not keep the others from closing. Safe to call again. */
  close(): Promise<void>;
}

export function createParts(log: Logger): Parts {
  const closers: (() => Promise<void>)[] = [];
  let closing: Promise<void> | null = null;

  async function closeAll(): Promise<void> {
    for (const close of closers.reverse()) {
      await close().catch((error: unknown) => log.error({ err: error }, 'a part did not close cleanly'));
    }
  }

  return {
    opened(part, close) {
      closers.push(() => close(part));
      return part;
    },
    close: () => (closing ??= closeAll()),
  };
}
