// Has the platform do something small while a person waits. A call that failed is an answer too; nothing is repeated here.

import { z } from 'zod';
import { problem } from './problem.ts';
import type { Problem } from './problem.ts';

/** How the platform's adapter tells of a failed call; the domain does not know its class. */
const failureShape = z.object({
  kind: z.enum(['busy', 'rejected', 'unknown']),
  message: z.string(),
  platformCode: z.string().nullable(),
  trackingId: z.string().nullable(),
});

export type PlatformAnswer<T> = { readonly value: T } | { readonly problem: Problem };

/** @param path What of the form the call was about. */
export async function askPlatform<T>(path: readonly string[], ask: () => Promise<T>): Promise<PlatformAnswer<T>> {
  try {
    return { value: await ask() };
  } catch (error) {
    const failure = failureShape.safeParse(error).data;
    if (!failure) throw error;
    const { kind, message, platformCode, trackingId } = failure;
    const code = kind === 'rejected' ? 'PLATFORM_REJECTED' : 'PLATFORM_UNAVAILABLE';
    return { problem: problem(code, path, message, { platformCode, trackingId }) };
  }
}
