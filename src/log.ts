// The log: one JSON object a line. Whatever is logged anywhere, no token, password or e-mail address gets out.

import { pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';

export type { Logger } from 'pino';

/** Keys whose values are secrets whatever they look like, at the top and up to two levels below. */
const secretKeys = [
  'authorization',
  'accessToken',
  'token',
  'password',
  'cursorKey',
  'consentToken',
  'databaseUrl',
  'refreshToken',
  'clientSecret',
  'credentialsKey',
];

/**
 * Secrets that are known by their looks, wherever in a message, a stack or a nested value they stand. They are looked for in
 * the finished line, where a line break is written \n and an escape \u001b: the e-mail's look must not begin inside of one.
 */
const secretLooks: readonly (readonly [RegExp, string])[] = [
  [/eyJ[\w-]{8,}\.[\w-]*\.[\w-]*/g, '[token]'],
  [/Bearer\s+[\w.~+/=-]+/gi, 'Bearer [token]'],
  [/((?:client_secret|(?:access|refresh)_token)["\\]*[=:]\s*["\\]*)[^\s"\\&,}]+/gi, '$1[secret]'],
  [/(postgres(?:ql)?:\/\/[^\s:/@"]*):[^\s@"]*@/gi, '$1:[password]@'],
  [/(?<!\\(?:u[\da-f]{0,3})?)[\w.!#$%&'*+=?^`{|}~-]{1,64}@[a-z\d](?:[a-z\d.-]{0,252}[a-z\d])?/gi, '[e-mail]'],
];

export function createLog(level: string, destination?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: secretKeys.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[secret]' },
      hooks: { streamWrite: withoutSecrets },
    },
    destination ?? pino.destination({ fd: 1, sync: true }),
  );
}

function withoutSecrets(line: string): string {
  return secretLooks.reduce((text, [look, replacement]) => text.replace(look, replacement), line);
}
