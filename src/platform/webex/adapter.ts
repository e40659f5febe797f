// The platform port over the Webex for Wholesale REST API. Puts the nouns together; which platform answers is a matter of addresses.

import type { Platform } from '../port.ts';
import { createHttpClient } from './client.ts';
import type { PlatformLog } from './client.ts';
import { customers } from './customers.ts';
import { webexExtras, webexFacts } from './extras.ts';
import { locations } from './locations.ts';
import { numbers } from './numbers.ts';
import { createRest } from './rest.ts';
import { subPartners } from './sub-partners.ts';
import { createRoleCatalogue, roles } from './roles.ts';
import { sandboxExtras, sandboxFacts } from './sandbox-extras.ts';
import type { TokenSource } from './tokens.ts';
import { createTraffic } from './traffic/traffic.ts';
import type { TrafficLimits } from './traffic/traffic.ts';
import { users } from './users.ts';

export interface WebexPlatformOptions {
  /** Where the REST paths begin, for example https://webexapis.com/v1. */
  readonly baseUrl: string;
  /** Origin of the sandbox that stands behind baseUrl; null where it is the real Webex. */
  readonly sandboxOrigin: string | null;
  /** Closed with the platform. */
  readonly tokens: TokenSource;
  readonly log: PlatformLog;
  /** Default: as many requests a second as come, 100 at the same time. */
  readonly limits?: TrafficLimits;
  /** For one request with its whole answer. Default 15,000. */
  readonly timeoutMs?: number;
  /** Milliseconds since the epoch; for Retry-After, outages and the age of the role list. Default: the machine's clock. */
  readonly now?: () => number;
}

const unlimited: TrafficLimits = { requestsPerSecond: null, concurrentRequests: 100 };

export function createWebexPlatform(options: WebexPlatformOptions): Platform {
  const { baseUrl, sandboxOrigin, tokens, log, timeoutMs = 15_000, now = Date.now } = options;
  const traffic = createTraffic(options.limits ?? unlimited, now);
  const client = createHttpClient({ tokens, traffic, log, timeoutMs });
  const roleCatalogue = createRoleCatalogue(now);
  const choice =
    sandboxOrigin === null
      ? { facts: webexFacts, extras: webexExtras, extrasRoot: baseUrl }
      : { facts: sandboxFacts, extras: sandboxExtras, extrasRoot: sandboxOrigin };

  return {
    facts: choice.facts,
    forPartner(partner) {
      const rest = createRest({ client, partner, root: baseUrl, log, now });
      return {
        ...customers(rest),
        ...locations(rest),
        ...numbers(rest),
        ...users(rest),
        ...subPartners(rest),
        ...roles(rest, roleCatalogue),
        ...choice.extras(createRest({ client, partner, root: choice.extrasRoot, log, now })),
      };
    },
    isAway: traffic.isAway,
    close: () => client.close(),
  };
}
