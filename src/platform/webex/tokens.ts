// Where the client gets its bearer tokens from, and the simplest source there is.

import type { PartnerReference } from '../port.ts';

export interface TokenSource {
  /** A token of this partner; asked before every request. @throws PlatformFailure where there is none. */
  token(partner: PartnerReference): Promise<string>;
  /**
   * The platform answered 401 to this token. True: there is another one, so that the request is worth sending again.
   * @throws PlatformFailure where another one was due and could not be had.
   */
  replace(partner: PartnerReference, refused: string): Promise<boolean>;
  /** Breaks off what is under way. */
  close(): void;
}

/** Tokens that nobody can renew. */
export function fixedTokens(token: TokenSource['token']): TokenSource {
  return { token, replace: async () => false, close: () => undefined };
}
