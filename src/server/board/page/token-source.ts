// Hands out a token that may still be good, and waits for a person where there is none. On the sandbox the gateway's own
// offer is renewed without anybody noticing, so that a board on a wall stays live.

import { createCell } from '../../pages/browser/cell.ts';
import type { Cell } from '../../pages/browser/cell.ts';
import type { TokenInUse } from '../../pages/browser/token-in-use.ts';
import { readToken } from '../../pages/browser/token.ts';

export interface TokenSource {
  /** Answers when there is one. */
  next(): Promise<string>;
  /** The gateway does not take the token in use. */
  refuse(): void;
  /** True while somebody waits for a token. */
  readonly isWanted: Cell<boolean>;
  /** Calls when a person has chosen another token. */
  onChoice(listener: () => void): void;
}

/** A token so close to its end is not worth a connection. */
const leastLifeMs = 5_000;

export function createTokenSource(tokens: TokenInUse): TokenSource {
  const isWanted = createCell(false);
  let refused: string | null = null;
  let renewing: Promise<void> | null = null;

  function usable(): string | null {
    const token = tokens.token.read();
    if (token === null || token === refused) return null;
    const expiresAt = readToken(token)?.expiresAt;
    return expiresAt && expiresAt.getTime() - Date.now() < leastLifeMs ? null : token;
  }

  function renewOffer(): Promise<void> {
    renewing ??= tokens.useOffered().finally(() => (renewing = null));
    return renewing;
  }

  async function waitForChoice(): Promise<string> {
    isWanted.write(true);
    const chosen = await new Promise<string>((resolve) => {
      const stop = tokens.token.subscribe(() => {
        const token = usable();
        if (token === null) return;
        stop();
        resolve(token);
      });
    });
    isWanted.write(false);
    return chosen;
  }

  return {
    async next() {
      if (usable() === null && tokens.hasOffer && tokens.isOffered()) await renewOffer();
      return usable() ?? waitForChoice();
    },
    refuse: () => (refused = tokens.token.read()),
    isWanted,
    onChoice(listener) {
      tokens.token.subscribe(() => {
        if (renewing === null) listener();
      });
    },
  };
}
