// What each partner authenticates with in front of the real Webex. The environment's credentials are the first partner's.

import type { WebexCredentials } from '../config.ts';
import type { Database } from '../database/client.ts';
import type { Logger } from '../log.ts';
import type { CredentialStore } from '../platform/webex/oauth.ts';

export interface CredentialStoreOptions {
  readonly database: Database;
  /** From the environment. */
  readonly credentials: WebexCredentials | null;
  readonly log: Logger;
}

export function createCredentialStore({ database, credentials, log }: CredentialStoreOptions): CredentialStore {
  let configured = credentials;

  return {
    async read({ slug }) {
      const first = await database.partner.findFirst({
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
        select: { slug: true },
      });
      return first?.slug === slug ? configured : null;
    },
    inTurn: (_partner, work) => work(),
    async rotated({ slug }, before, refreshToken) {
      configured = { ...before, refreshToken };
      log.warn({ partner: slug }, 'Webex gave another refresh token; the configured one may not work after a restart');
    },
  };
}
