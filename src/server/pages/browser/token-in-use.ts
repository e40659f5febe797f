// Which token a page speaks with: one that a person pasted, kept as long as the browser tab, or the one the gateway offers
// on the sandbox. All pages of the gateway in one browser tab share it.

import { createCell } from './cell.ts';
import type { Cell } from './cell.ts';
import { loadConfig } from './page-config.ts';
import type { PageConfig } from './page-config.ts';
import { readToken } from './token.ts';

export interface TokenInUse {
  readonly token: Cell<string | null>;
  /** Whether the gateway offers a token of its own. */
  readonly hasOffer: boolean;
  readonly isOffered: () => boolean;
  use(token: string): void;
  /** Back to the token the gateway itself offers, a fresh one. */
  useOffered(): Promise<void>;
}

// Per browser tab, gone with it: a token is a secret.
const tokenKey = 'gateway:token';

export function openTokenInUse(config: PageConfig): TokenInUse {
  let offered = config.token;
  const token = createCell(savedToken() ?? offered);
  return {
    token,
    hasOffer: config.token !== null,
    isOffered: () => token.read() === offered,
    use(next) {
      sessionStorage.setItem(tokenKey, next);
      token.write(next);
    },
    async useOffered() {
      sessionStorage.removeItem(tokenKey);
      offered = (await loadConfig()).token;
      token.write(offered);
    },
  };
}

function savedToken(): string | null {
  const saved = sessionStorage.getItem(tokenKey);
  const expiresAt = saved === null ? null : readToken(saved)?.expiresAt;
  return expiresAt && expiresAt < new Date() ? null : saved;
}
