// The platform as this process reaches it: the real Webex, the sandbox in this process, or the one in another.

import type { Config } from '../config.ts';
import type { Database } from '../database/client.ts';
import type { Logger } from '../log.ts';
import { createWebexPlatform } from '../platform/webex/adapter.ts';
import { createOAuthTokens } from '../platform/webex/oauth.ts';
import { fixedTokens } from '../platform/webex/tokens.ts';
import type { Platform } from '../platform/port.ts';
import { createCredentialStore } from './credentials.ts';

export interface PlatformOptions {
  readonly config: Config;
  /** Null in front of the real Webex. */
  readonly sandboxOrigin: string | null;
  readonly url: string;
  readonly database: Database;
  readonly log: Logger;
}

export function connectPlatform({ config, sandboxOrigin, url, database, log }: PlatformOptions): Platform {
  const { platform, platformLimits: limits, credentialsKey: key } = config;
  if (platform.kind === 'SANDBOX') {
    // The sandbox knows each partner by its slug.
    const tokens = fixedTokens(async ({ slug }) => `sandbox-${slug}`);
    return createWebexPlatform({ baseUrl: `${sandboxOrigin}/v1`, sandboxOrigin, tokens, limits, log });
  }
  const { baseUrl, credentials } = platform;
  const store = createCredentialStore({ url, database, credentials, key, log });
  const tokens = createOAuthTokens({ baseUrl, store, log });
  return createWebexPlatform({ baseUrl, sandboxOrigin: null, tokens, limits, log });
}
