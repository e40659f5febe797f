// Has the platform do something small while a person waits. A call that failed is an answer too; nothing is repeated here.

import { platformProblem } from './platform-problem.ts';
import type { Problem } from './problem.ts';

export type PlatformAnswer<T> = { readonly value: T } | { readonly problem: Problem };

/** @param path What of the form the call was about. */
export async function askPlatform<T>(path: readonly string[], ask: () => Promise<T>): Promise<PlatformAnswer<T>> {
  try {
    return { value: await ask() };
  } catch (error) {
    return { problem: platformProblem(error, path) };
  }
}
