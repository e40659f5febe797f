// What a failed call to the platform comes to for the person who waits for it.

import { z } from 'zod';
import { problem } from './problem.ts';
import type { Problem } from './problem.ts';

/** What the platform's side throws, as far as a person is told of it. */
const platformFailure = z.object({
  kind: z.enum(['busy', 'rejected', 'unknown']),
  message: z.string(),
  platformCode: z.string().nullable(),
  trackingId: z.string().nullable(),
});

/** @throws the error itself where it is no failure of the platform */
export function platformProblem(error: unknown, path: readonly string[]): Problem {
  const failure = platformFailure.safeParse(error);
  if (!failure.success) throw error;
  const { kind, message, ...details } = failure.data;
  return kind === 'rejected'
    ? problem('PLATFORM_REJECTED', path, message, details)
    : problem('PLATFORM_UNAVAILABLE', path, `${message} Try again later.`, details);
}
