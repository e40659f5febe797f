// The whole configuration, read once from the environment. Every key is explained in .env.example. Whatever is wrong with
// any of them is said in one error, so that nobody has to start the gateway five times to find five mistakes.

import path from 'node:path';
import { z } from 'zod';
import {
  duration,
  durationOrOff,
  integer,
  key256,
  oneOf,
  onOff,
  plainUrl,
  postgresUrl,
  secret,
  text,
  url,
} from './config/kinds.ts';
import type { Kind } from './config/kinds.ts';
import { secretText } from './config/secrets.ts';

/** What a process can be; by default it is all of them. */
export const processRoles = ['gateway', 'worker', 'sandbox'] as const;
export type ProcessRole = (typeof processRoles)[number];

export interface Config {
  readonly roles: ReadonlySet<ProcessRole>;
  readonly host: string;
  readonly port: number;
  readonly hasGraphiql: boolean;
  readonly hasBoard: boolean;
  readonly allowsIntrospection: boolean;
  readonly compilesReads: boolean;
  readonly shutdownTimeoutMs: number;
  readonly dataDir: string;
  /** Null: the embedded PostgreSQL in dataDir. */
  readonly databaseUrl: string | null;
  readonly databasePoolSize: number;
  readonly platform:
    | {
        readonly kind: 'SANDBOX';
        /** Where it listens in the process that has the role "sandbox". */
        readonly host: string;
        readonly port: number;
        readonly stageMs: number;
        /** Where the other processes reach it, without a slash at the end. */
        readonly origin: string;
      }
    | { readonly kind: 'WEBEX'; readonly baseUrl: string; readonly credentials: WebexCredentials | null };
  /** Stored credentials are sealed with it; null: none can be stored. */
  readonly credentialsKey: Buffer | null;
  /** Who issues tokens; null: the local issuer does. */
  readonly auth: { readonly issuer: string; readonly audience: string; readonly jwksUrl: string } | null;
  readonly usesLocalIssuer: boolean;
  readonly partnerClaim: string;
  readonly rolesClaim: string;
  readonly logLevel: (typeof logLevels)[number];
  /** Of one partner, towards the platform; null: as many a second as come. */
  readonly platformLimits: { readonly requestsPerSecond: number | null; readonly concurrentRequests: number };
  readonly workerConcurrency: number;
  /** How often each partner is compared with the platform; null: never. */
  readonly reconcileEveryMs: number | null;
  readonly draftLifetimeMs: number;
  /** How long events are kept. */
  readonly eventRetentionMs: number;
}

/** What the first partner authenticates with. */
export type WebexCredentials =
  | { readonly kind: 'TOKEN'; readonly accessToken: string }
  | {
      readonly kind: 'OAUTH';
      readonly clientId: string;
      readonly clientSecret: string;
      readonly refreshToken: string;
    };

/** Its message lists every problem, and no secret. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(['The configuration is not usable:', ...problems.map((problem) => `  ${problem}`)].join('\n'));
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** Throws ConfigError. A key that is set to nothing counts as not set. */
export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const problems: string[] = [];
  const complain = (key: string, expected: string, found: string) =>
    problems.push(`${key}: expected ${expected}; found ${found.replace(/\/\/[^/@]*@/, '//[hidden]@')}`);

  function read<T, D>(key: string, kind: Kind<T>, otherwise: D): T | D {
    const text = kind.isSecret === true ? secretText(environment, key) : environment[key];
    if (text === undefined || text === '') return otherwise;
    if (typeof text === 'object') {
      complain(text.key, text.expected, text.found);
      return otherwise;
    }
    const parsed = kind.schema.safeParse(text);
    if (parsed.success) return parsed.data;
    complain(key, kind.expected, kind.isSecret ? 'something else (not shown, it is a secret)' : JSON.stringify(text));
    return otherwise;
  }

  /** For a key that another key makes necessary. */
  function demand<T>(key: string, value: T | null, expected: string): T | null {
    if (value === null && !problems.some((problem) => problem.startsWith(key))) complain(key, expected, 'nothing');
    return value;
  }

  const platformKind = read('PLATFORM', oneOf('sandbox', 'webex'), 'sandbox');
  const rolesThereAre = processRoles.filter((role) => platformKind === 'sandbox' || role !== 'sandbox');
  const roles = new Set(read('ROLES', roleList, rolesThereAre));
  const databaseUrl = read('DATABASE_URL', postgresUrl, null);
  const sandboxPort = read('SANDBOX_PORT', integer(0, 65_535), 4001);
  const sandboxUrl = read('SANDBOX_URL', plainUrl, `http://127.0.0.1:${sandboxPort}`);
  const stageMs = read('SANDBOX_STAGE_MS', integer(0, 600_000), 700);
  const baseUrl = read('WEBEX_BASE_URL', url, 'https://webexapis.com/v1');
  const accessToken = read('WEBEX_ACCESS_TOKEN', secret, null);
  const clientId = read('WEBEX_CLIENT_ID', text, null);
  const clientSecret = read('WEBEX_CLIENT_SECRET', secret, null);
  const refreshToken = read('WEBEX_REFRESH_TOKEN', secret, null);
  const credentialsKey = read('CREDENTIALS_KEY', key256, null);
  const jwksUrl = read('AUTH_JWKS_URL', url, null);
  const issuer = read('AUTH_ISSUER', text, null);
  const audience = read('AUTH_AUDIENCE', text, null);
  if (platformKind === 'webex' && roles.has('sandbox')) {
    complain('ROLES', 'gateway, worker or both, because PLATFORM is webex', [...roles].join());
  }
  if (rolesThereAre.some((role) => !roles.has(role))) {
    const why = `because ROLES leaves some of ${rolesThereAre.join(', ')} to other processes: an embedded database belongs to one process`;
    demand('DATABASE_URL', databaseUrl, `the address of the PostgreSQL that the processes share, ${why}`);
  }
  if (platformKind === 'webex') {
    if (clientId !== null || clientSecret !== null || refreshToken !== null) {
      const why = 'because another WEBEX_ key of an integration or service app is set';
      demand('WEBEX_CLIENT_ID', clientId, `its client ID, ${why}`);
      demand('WEBEX_CLIENT_SECRET', clientSecret, `its client secret, ${why}`);
      demand('WEBEX_REFRESH_TOKEN', refreshToken, `its refresh token, ${why}`);
      if (accessToken !== null) complain('WEBEX_ACCESS_TOKEN', `nothing, ${why}`, 'a token');
    } else if (credentialsKey === null) {
      const expected =
        'an access token, or WEBEX_CLIENT_ID, WEBEX_CLIENT_SECRET and WEBEX_REFRESH_TOKEN, or for partners that bring their own CREDENTIALS_KEY, because PLATFORM is webex';
      demand('WEBEX_ACCESS_TOKEN', accessToken, expected);
    }
    demand('AUTH_JWKS_URL', jwksUrl, 'the address of the key set of your token issuer, because PLATFORM is webex');
  }
  if (jwksUrl !== null || issuer !== null || audience !== null) {
    demand('AUTH_JWKS_URL', jwksUrl, 'the address of a key set, because another AUTH_ key is set');
    demand('AUTH_ISSUER', issuer, 'the issuer named in tokens, because another AUTH_ key is set');
    demand('AUTH_AUDIENCE', audience, 'the audience named in tokens, because another AUTH_ key is set');
  }

  const credentials: WebexCredentials | null =
    clientId !== null && clientSecret !== null && refreshToken !== null
      ? { kind: 'OAUTH', clientId, clientSecret, refreshToken }
      : accessToken === null
        ? null
        : { kind: 'TOKEN', accessToken };
  const auth = jwksUrl !== null && issuer !== null && audience !== null ? { issuer, audience, jwksUrl } : null;
  const config: Config = {
    roles,
    host: read('HOST', text, '127.0.0.1'),
    port: read('PORT', integer(0, 65_535), 4000),
    hasGraphiql: read('GRAPHIQL', onOff, true),
    hasBoard: read('BOARD', onOff, true),
    allowsIntrospection: read('INTROSPECTION', onOff, true),
    compilesReads: read('COMPILED_READS', onOff, true),
    shutdownTimeoutMs: read('SHUTDOWN_TIMEOUT', duration, 10_000),
    dataDir: path.resolve(read('DATA_DIR', text, '.data')),
    databaseUrl,
    databasePoolSize: read('DATABASE_POOL_SIZE', integer(2, 500), 10),
    platform:
      platformKind === 'webex'
        ? { kind: 'WEBEX', baseUrl: baseUrl.replace(/\/+$/, ''), credentials }
        : {
            kind: 'SANDBOX',
            host: read('SANDBOX_HOST', text, '127.0.0.1'),
            port: sandboxPort,
            stageMs,
            origin: sandboxUrl.replace(/\/+$/, ''),
          },
    credentialsKey,
    auth,
    usesLocalIssuer: auth === null,
    partnerClaim: read('AUTH_PARTNER_CLAIM', text, 'partner'),
    rolesClaim: read('AUTH_ROLES_CLAIM', text, 'roles'),
    logLevel: read('LOG_LEVEL', oneOf(...logLevels), 'info'),
    platformLimits: {
      requestsPerSecond: read('WEBEX_REQUESTS_PER_SECOND', integer(1, 1_000), platformKind === 'webex' ? 10 : null),
      concurrentRequests: read('WEBEX_CONCURRENT_REQUESTS', integer(1, 1_000), platformKind === 'webex' ? 10 : 100),
    },
    workerConcurrency: read('WORKER_CONCURRENCY', integer(1, 100), 16),
    reconcileEveryMs: read('RECONCILE_EVERY', durationOrOff, 3_600_000),
    draftLifetimeMs: read('DRAFT_LIFETIME', duration, 30 * 86_400_000),
    eventRetentionMs: read('EVENT_RETENTION', duration, 30 * 86_400_000),
  };
  if (problems.length > 0) throw new ConfigError([...new Set(problems)]);
  return config;
}

const roleList: Kind<readonly ProcessRole[]> = {
  schema: z
    .string()
    .transform((value) => value.split(',').map((name) => name.trim()))
    .pipe(z.array(z.enum(processRoles))),
  expected: `one or several of ${processRoles.join(', ')}, with commas between them`,
};
