// The one error of the client: a stream cannot go on, and trying again would end the same.

import type { GraphQLFormattedError } from 'graphql';

/** Thrown out of a stream that cannot go on. Lost connections and expired tokens never come as this: they are mended. */
export class LiveError extends Error {
  /**
   * The gateway's `extensions.code`, such as BAD_USER_INPUT or FORBIDDEN; UNAUTHENTICATED for a token that it does not take; CLOSED where it
   * closed the connection for another reason that would come again (see `closeCode`); UNKNOWN where it gives none.
   */
  readonly code: string;
  /** All that the gateway said, with request ids; empty where it closed the connection. */
  readonly errors: readonly GraphQLFormattedError[];
  /** Of the WebSocket; null where the gateway answered with errors. */
  readonly closeCode: number | null;

  constructor(
    code: string,
    message: string,
    {
      errors = [],
      closeCode = null,
    }: { readonly errors?: readonly GraphQLFormattedError[]; readonly closeCode?: number | null } = {},
  ) {
    super(message);
    this.name = 'LiveError';
    this.code = code;
    this.errors = errors;
    this.closeCode = closeCode;
  }
}
