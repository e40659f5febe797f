// What a token says of itself, read for display only: the gateway decides what it is worth.

import { isRecord } from './is-record.ts';

export interface TokenFacts {
  readonly partner: string | null;
  readonly roles: readonly string[];
  readonly expiresAt: Date | null;
}

/** Null for text that is no JSON Web Token. */
export function readToken(token: string): TokenFacts | null {
  const [, payload, signature] = token.split('.');
  if (!payload || !signature) return null;
  try {
    const claims: unknown = JSON.parse(decodeBase64Url(payload));
    if (!isRecord(claims)) return null;
    const { partner, role, roles, exp } = claims;
    return {
      partner: typeof partner === 'string' ? partner : null,
      roles: [roles ?? role].flat().filter((name) => typeof name === 'string'),
      expiresAt: typeof exp === 'number' ? new Date(exp * 1000) : null,
    };
  } catch {
    return null;
  }
}

function decodeBase64Url(text: string): string {
  const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));
  return new TextDecoder().decode(bytes);
}

/** "in 11 h 58 min", "expired". */
export function describeExpiry(expiresAt: Date | null, now: Date): string {
  if (expiresAt === null) return 'never expires';
  const minutes = Math.ceil((expiresAt.getTime() - now.getTime()) / 60_000);
  if (minutes <= 0) return 'expired';
  const hours = Math.floor(minutes / 60);
  return hours > 0 ? `expires in ${String(hours)} h ${String(minutes % 60)} min` : `expires in ${String(minutes)} min`;
}
