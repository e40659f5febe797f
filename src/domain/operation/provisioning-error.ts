// What went wrong in an asynchronous attempt, as it is kept on the thing it concerns.

import { z } from 'zod';

export interface ProvisioningError {
  /** One of our codes where we know better (EMAIL_TAKEN, NUMBER_UNAVAILABLE …), else PLATFORM_REJECTED. */
  readonly code: string;
  readonly platformCode: string | null;
  readonly message: string;
  readonly isRetryable: boolean;
  readonly trackingId: string | null;
  /** RFC 3339 */
  readonly at: string;
}

const storedErrors = z.array(
  z.object({
    code: z.string(),
    platformCode: z.string().nullable(),
    message: z.string(),
    isRetryable: z.boolean(),
    trackingId: z.string().nullable(),
    at: z.string(),
  }),
);

export function parseErrors(stored: unknown): ProvisioningError[] {
  return storedErrors.parse(stored);
}
