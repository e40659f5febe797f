// What each partner authenticates with in front of the real Webex: its own stored credentials, or for the first partner the
// environment's. Refresh tokens are used in turn, across all processes.

import { createHash } from 'node:crypto';
import type { WebexCredentials } from '../config.ts';
import { inTurnFor } from '../database/advisory-lock.ts';
import type { Database } from '../database/client.ts';
import { findCredentials, firstPartnerSlug, storeCredentials } from '../domain/access/partner-credentials.ts';
import type { Logger } from '../log.ts';
import { PlatformFailure } from '../platform/failure.ts';
import type { CredentialStore } from '../platform/webex/oauth.ts';

export interface CredentialStoreOptions {
  readonly url: string;
  readonly database: Database;
  /** From the environment. */
  readonly credentials: WebexCredentials | null;
  readonly key: Buffer | null;
  readonly log: Logger;
}

export function createCredentialStore(options: CredentialStoreOptions): CredentialStore {
  const { url, database, credentials, key, log } = options;
  const configuredMark = markOf(credentials);
  /** Where it cannot be stored, a rotated one lives as long as this process. */
  let configured = credentials;

  return {
    async read({ slug }) {
      const found = await findCredentials(database, key, slug);
      if (found === 'UNREADABLE') throw unreadable(slug, key !== null);
      // What stood in for other settings than today's is not what the operator wants any more.
      if (found !== 'NONE' && (found.insteadOf === null || found.insteadOf === configuredMark))
        return found.credentials;
      return (await firstPartnerSlug(database)) === slug ? configured : null;
    },
    inTurn: ({ slug }, work) => inTurnFor(url, 'partner credentials', slug, work),
    async rotated({ slug }, before, refreshToken) {
      const found = await findCredentials(database, key, slug);
      const rotated = { ...before, refreshToken };
      const insteadOf = typeof found === 'object' ? found.insteadOf : configuredMark;
      if (key !== null) {
        await storeCredentials(database, key, slug, { credentials: rotated, insteadOf });
        return;
      }
      configured = rotated;
      const advice = 'Webex has replaced the refresh token, and without CREDENTIALS_KEY the new one is not stored';
      log.warn({ partner: slug }, advice);
    },
  };
}

function markOf(credentials: WebexCredentials | null): string | null {
  return credentials === null ? null : createHash('sha256').update(JSON.stringify(credentials)).digest('base64url');
}

function unreadable(slug: string, hasKey: boolean): PlatformFailure {
  const why = hasKey ? 'CREDENTIALS_KEY is not the key they were stored with' : 'CREDENTIALS_KEY is not set';
  const message = `The stored credentials of the partner ${slug} cannot be read: ${why}. Set that key, or store them anew with npm run partner -- credentials --slug ${slug}. Nothing was sent.`;
  return new PlatformFailure({ kind: 'busy', fault: 'CREDENTIALS', message, retryAfterMs: 30_000 });
}
