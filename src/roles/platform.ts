// The platform as this process reaches it: the real Webex, the sandbox in this process, or the one in another.

import type { Config } from '../config.ts';
import type { Logger } from '../log.ts';
import { createWebexPlatform } from '../platform/webex/adapter.ts';
import type { Platform } from '../platform/port.ts';

/** @param sandboxOrigin null in front of the real Webex */
export function connectPlatform({ platform }: Config, sandboxOrigin: string | null, log: Logger): Platform {
  return createWebexPlatform({
    baseUrl: platform.kind === 'WEBEX' ? platform.baseUrl : `${sandboxOrigin}/v1`,
    sandboxOrigin,
    // The sandbox knows each partner by its slug; in front of Webex the configured token serves.
    credentials: async ({ slug }) => (platform.kind === 'SANDBOX' ? `sandbox-${slug}` : platform.accessToken),
    log,
  });
}
