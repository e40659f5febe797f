// Asks the platform while a person waits. Whatever goes wrong is an answer too: the person tries again later.

import { z } from 'zod';
import { problem } from '../problem.ts';
import type { Problem } from '../problem.ts';

/** What a failed call tells besides its message, where it tells it. */
const failureDetails = z.object({
  platformCode: z.string().nullable().catch(null),
  trackingId: z.string().nullable().catch(null),
});

export type DirectoryAnswer<T> = { readonly value: T } | { readonly problem: Problem };

/** @param path What of the form the question was about. */
export async function askDirectory<T>(path: readonly string[], ask: () => Promise<T>): Promise<DirectoryAnswer<T>> {
  try {
    return { value: await ask() };
  } catch (error) {
    const details = failureDetails.safeParse(error);
    const message =
      'The platform could not be asked about existing organisations; nothing was changed. Try again later.';
    return { problem: problem('PLATFORM_UNAVAILABLE', path, message, details.success ? details.data : {}) };
  }
}
