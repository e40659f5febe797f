// Reads a partner's credentials from lines such as those of a .env file. Complaints name keys, never what they hold. Pure.

import { parseEnv } from 'node:util';
import type { PartnerCredentials } from '../../domain/access/partner-credentials.ts';

export type CredentialsForm = { readonly credentials: PartnerCredentials } | { readonly problems: readonly string[] };

const parts = ['WEBEX_CLIENT_ID', 'WEBEX_CLIENT_SECRET', 'WEBEX_REFRESH_TOKEN'] as const;
const token = 'WEBEX_ACCESS_TOKEN';

export function readCredentials(text: string): CredentialsForm {
  const given = parseEnv(text);
  const has = (key: string): boolean => (given[key] ?? '') !== '';
  const known: readonly string[] = [...parts, token];
  const problems = Object.keys(given)
    .filter((key) => !known.includes(key))
    .map((key) => `${key}: expected one of ${known.join(', ')}`);
  const unfit = known.filter((key) => has(key) && !/^[\x21-\x7e]+$/.test(given[key] ?? ''));
  problems.push(
    ...unfit.map((key) => `${key}: expected a text without spaces or line breaks (not shown, it is a secret)`),
  );
  const isOAuth = parts.some(has);
  if (isOAuth && has(token)) problems.push(`${token}: expected nothing, because another key is given`);
  if (isOAuth)
    problems.push(...parts.filter((key) => !has(key)).map((key) => `${key}: expected a value; found nothing`));
  if (!isOAuth && !has(token)) problems.push(`expected ${parts.join(', ')}, or ${token}; found neither`);
  if (problems.length > 0) return { problems };
  const [clientId = '', clientSecret = '', refreshToken = ''] = parts.map((key) => given[key]);
  return {
    credentials: isOAuth
      ? { kind: 'OAUTH', clientId, clientSecret, refreshToken }
      : { kind: 'TOKEN', accessToken: given[token] ?? '' },
  };
}
