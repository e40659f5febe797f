// What a command answers: a value, or every problem of the form at once.

import type { Problem } from './problem.ts';

/** Problems empty: done. Otherwise nothing was changed; value then shows what the refused change was aimed at, if that exists. */
export interface Outcome<T> {
  readonly value: T | null;
  readonly problems: readonly Problem[];
}

export function done<T>(value: T): Outcome<T> {
  return { value, problems: [] };
}

export function refused<T>(problems: readonly Problem[] | Problem, value: T | null = null): Outcome<T> {
  return { value, problems: 'code' in problems ? [problems] : problems };
}
