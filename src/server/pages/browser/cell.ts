// A value that React components and plain functions share. The page is too small for a state library.

import { useSyncExternalStore } from 'react';

export interface Cell<T> {
  read(): T;
  write(next: T): void;
  /** Calls back after every write; answers how to end that. */
  subscribe(listener: () => void): () => void;
}

export function createCell<T>(initial: T): Cell<T> {
  const listeners = new Set<() => void>();
  let current = initial;
  return {
    read: () => current,
    write(next) {
      current = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export function useCell<T>(cell: Cell<T>): T {
  return useSyncExternalStore(cell.subscribe, cell.read);
}
