// Failures that are no answer: top-level errors with a code from a closed list. What a client's form got wrong is no such
// failure but a user error (user-error.ts); what nobody expected is masked by src/server.

import { GraphQLError } from 'graphql';

export const apiErrorCodes = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'BAD_USER_INPUT',
  'LIMIT_EXCEEDED',
  'RATE_LIMITED',
  'CURSOR_EXPIRED',
  'CURSOR_INVALID',
  'UNAVAILABLE',
  'INTERNAL',
] as const;

export type ApiErrorCode = (typeof apiErrorCodes)[number];

/** Its message reaches the client as it is. */
export class ApiError extends GraphQLError {
  readonly code: ApiErrorCode;

  constructor(code: ApiErrorCode, message: string) {
    super(message, { extensions: { code } });
    this.name = 'ApiError';
    this.code = code;
  }
}
