// The whole configuration, read once from the environment. Every key is explained in .env.example. Whatever is wrong with
// any of them is said in one error, so that nobody has to start the gateway five times to find five mistakes.

import path from 'node:path';
import { z } from 'zod';

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
    | { readonly kind: 'WEBEX'; readonly baseUrl: string; readonly accessToken: string };
  /** Who issues tokens; null: the local issuer does. */
  readonly auth: { readonly issuer: string; readonly audience: string; readonly jwksUrl: string } | null;
  readonly usesLocalIssuer: boolean;
  readonly partnerClaim: string;
  readonly rolesClaim: string;
  readonly logLevel: (typeof logLevels)[number];
  readonly workerConcurrency: number;
  readonly draftLifetimeMs: number;
  /** How long events are kept. */
  readonly eventRetentionMs: number;
}

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
    problems.push(`${key}: expected ${expected}; found ${found}`);

  function read<T, D>(key: string, kind: Kind<T>, otherwise: D): T | D {
    const text = environment[key];
    if (text === undefined || text === '') return otherwise;
    const parsed = kind.schema.safeParse(text);
    if (parsed.success) return parsed.data;
    complain(key, kind.expected, kind.isSecret ? 'something else (not shown, it is a secret)' : JSON.stringify(text));
    return otherwise;
  }

  /** For a key that another key makes necessary. */
  function demand<T>(key: string, value: T | null, expected: string): T | null {
    if (value === null && !environment[key]) complain(key, expected, 'nothing');
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
    demand('WEBEX_ACCESS_TOKEN', accessToken, 'an access token of the partner, because PLATFORM is webex');
    demand('AUTH_JWKS_URL', jwksUrl, 'the address of the key set of your token issuer, because PLATFORM is webex');
  }
  if (jwksUrl !== null || issuer !== null || audience !== null) {
    demand('AUTH_JWKS_URL', jwksUrl, 'the address of a key set, because another AUTH_ key is set');
    demand('AUTH_ISSUER', issuer, 'the issuer named in tokens, because another AUTH_ key is set');
    demand('AUTH_AUDIENCE', audience, 'the audience named in tokens, because another AUTH_ key is set');
  }

  const auth = jwksUrl !== null && issuer !== null && audience !== null ? { issuer, audience, jwksUrl } : null;
  const config: Config = {
    roles,
    host: read('HOST', text, '127.0.0.1'),
    port: read('PORT', integer(0, 65_535), 4000),
    hasGraphiql: read('GRAPHIQL', onOff, true),
    hasBoard: read('BOARD', onOff, true),
    allowsIntrospection: read('INTROSPECTION', onOff, true),
    shutdownTimeoutMs: read('SHUTDOWN_TIMEOUT', duration, 10_000),
    dataDir: path.resolve(read('DATA_DIR', text, '.data')),
    databaseUrl,
    databasePoolSize: read('DATABASE_POOL_SIZE', integer(2, 500), 10),
    platform:
      platformKind === 'webex'
        ? { kind: 'WEBEX', baseUrl: baseUrl.replace(/\/+$/, ''), accessToken: accessToken ?? '' }
        : {
            kind: 'SANDBOX',
            host: read('SANDBOX_HOST', text, '127.0.0.1'),
            port: sandboxPort,
            stageMs,
            origin: sandboxUrl.replace(/\/+$/, ''),
          },
    auth,
    usesLocalIssuer: auth === null,
    partnerClaim: read('AUTH_PARTNER_CLAIM', text, 'partner'),
    rolesClaim: read('AUTH_ROLES_CLAIM', text, 'roles'),
    logLevel: read('LOG_LEVEL', oneOf(...logLevels), 'info'),
    workerConcurrency: read('WORKER_CONCURRENCY', integer(1, 100), 16),
    draftLifetimeMs: read('DRAFT_LIFETIME', duration, 30 * 86_400_000),
    eventRetentionMs: read('EVENT_RETENTION', duration, 30 * 86_400_000),
  };
  if (problems.length > 0) throw new ConfigError([...new Set(problems)]);
  return config;
}

interface Kind<T> {
  readonly schema: z.ZodType<T>;
  readonly expected: string;
  readonly isSecret?: boolean;
}

const text: Kind<string> = { schema: z.string(), expected: 'text' };
const secret: Kind<string> = {
  schema: z.string().regex(/^[\x21-\x7e]+$/),
  expected: 'a token without spaces or line breaks',
  isSecret: true,
};
const url: Kind<string> = {
  schema: z.url({ protocol: /^https?$/ }).refine((value) => value.startsWith('https:') || isThisMachine(value)),
  expected: 'an https address (http only on this machine)',
};
/** For what is asked with tokens that protect nothing. */
const plainUrl: Kind<string> = { schema: z.url({ protocol: /^https?$/ }), expected: 'an http or https address' };
const postgresUrl: Kind<string> = {
  schema: z.url({ protocol: /^postgres(ql)?$/ }),
  expected: 'postgresql://user:password@host:port/database',
  isSecret: true,
};
const roleList: Kind<readonly ProcessRole[]> = {
  schema: z
    .string()
    .transform((value) => value.split(',').map((name) => name.trim()))
    .pipe(z.array(z.enum(processRoles))),
  expected: `one or several of ${processRoles.join(', ')}, with commas between them`,
};
const onOff: Kind<boolean> = {
  schema: z.enum(['on', 'off']).transform((value) => value === 'on'),
  expected: 'on or off',
};

const unitsMs: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const duration: Kind<number> = {
  schema: z
    .string()
    .regex(/^[1-9]\d{0,5}(ms|s|m|h|d)$/)
    .transform((value) => Number.parseInt(value, 10) * (unitsMs[value.replace(/\d+/, '')] ?? 0)),
  expected: 'a length of time such as 500ms, 30s, 15m, 12h or 30d',
};

function integer(least: number, most: number): Kind<number> {
  return {
    schema: z
      .string()
      .regex(/^\d{1,9}$/)
      .transform(Number)
      .refine((value) => value >= least && value <= most),
    expected: `a whole number from ${least} to ${most}`,
  };
}

function oneOf<const T extends string>(...values: readonly T[]): Kind<T> {
  return { schema: z.enum(values), expected: values.join(', ') };
}

function isThisMachine(value: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(value).hostname);
}
