// The call that turns a refresh token into an access token (OAuth 2.0, form-encoded), and what its failures mean for an operator.

import { z } from 'zod';
import { PlatformFailure } from '../failure.ts';
import type { PartnerReference } from '../port.ts';
import { readBody } from './body.ts';
import type { AnswerBody } from './body.ts';
import { failureOfAnswer, failureOfCall, mendingRetryMs } from './failures.ts';
import { safeText } from './issues.ts';

/** What an integration or a service app of Webex was given. */
export interface OAuthCredentials {
  readonly kind: 'OAUTH';
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
}

export interface Granted {
  readonly accessToken: string;
  readonly expiresInMs: number;
  /** Another one than was sent where the platform rotates them; that is then the only one that still works. */
  readonly refreshToken: string;
}

export interface GrantOptions {
  readonly baseUrl: string;
  readonly timeoutMs: number;
  /** Breaks the call off. */
  readonly signal: AbortSignal;
  readonly now: () => number;
}

const attempt = { operation: 'renew the access token', effect: 'read' } as const;
const longestAnswerBytes = 64 * 1024;

// Some servers leave out the refresh token where it stays the same.
const grantedBody = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive(),
  refresh_token: z.string().min(1).optional().catch(undefined),
});
const refusedBody = z.object({
  error: z.string().optional().catch(undefined),
  error_description: z.string().optional().catch(undefined),
  message: z.string().optional().catch(undefined),
});

/** @throws PlatformFailure, always of kind "busy": nothing that a partner wants done is wrong because of it. */
export async function renewAccessToken(
  partner: PartnerReference,
  credentials: OAuthCredentials,
  { baseUrl, timeoutMs, signal, now }: GrantOptions,
): Promise<Granted> {
  const { status, body, retryAfter } = await post(credentials, `${baseUrl}/access_token`);
  const value = body.kind === 'json' ? body.value : undefined;
  if (status === 200) {
    const granted = grantedBody.safeParse(value);
    if (!granted.success) throw wrongAddress(baseUrl, 'an answer without an access token');
    return {
      accessToken: granted.data.access_token,
      expiresInMs: granted.data.expires_in * 1000,
      refreshToken: granted.data.refresh_token ?? credentials.refreshToken,
    };
  }
  if (value !== undefined && [400, 401, 403].includes(status)) throw refused(partner, credentials, status, value);
  if (status < 500 && status !== 408 && status !== 429) throw wrongAddress(baseUrl, `status ${status}`);
  throw failureOfAnswer(attempt, { status, retryAfter, trackingId: null, message: null, errors: [] }, now());

  async function post({ clientId, clientSecret, refreshToken }: OAuthCredentials, url: string) {
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { accept: 'application/json', 'user-agent': 'webex-wholesale-gateway' },
        body: new URLSearchParams({
          grant_type: 'refresh_token',
          client_id: clientId,
          client_secret: clientSecret,
          refresh_token: refreshToken,
        }),
        redirect: 'manual',
        signal: AbortSignal.any([signal, timeout]),
      });
      const answer: AnswerBody = await readBody(response, longestAnswerBytes, clientSecret);
      return { status: response.status, body: answer, retryAfter: response.headers.get('retry-after') };
    } catch (error) {
      throw failureOfCall(attempt, timeout.aborted ? 'timeout' : 'network', timeoutMs, error);
    }
  }
}

/** @param found what the platform, or whoever answered in its place, did instead. */
function wrongAddress(baseUrl: string, found: string): PlatformFailure {
  const message = `Expected an access token from ${baseUrl}/access_token, found ${found}; check WEBEX_BASE_URL. Nothing was changed.`;
  return new PlatformFailure({ kind: 'busy', fault: 'ADDRESS', message, retryAfterMs: mendingRetryMs });
}

function refused(
  { slug }: PartnerReference,
  { clientSecret, refreshToken }: OAuthCredentials,
  status: number,
  value: unknown,
): PlatformFailure {
  const told = refusedBody.safeParse(value).data;
  const text = [told?.error, told?.error_description ?? told?.message].filter((part) => part !== undefined).join(': ');
  const quoted = safeText(text.replaceAll(clientSecret, '[hidden]').replaceAll(refreshToken, '[hidden]'));
  const reason = quoted === null ? '' : ` Reason given: ${quoted}`;
  return new PlatformFailure({
    kind: 'busy',
    fault: 'CREDENTIALS',
    message: `Webex refuses the client ID, client secret or refresh token of the partner ${slug}: wrong, expired or revoked. Authorise the integration anew and store what it gives. The work goes on by itself then.${reason}`,
    status,
    retryAfterMs: mendingRetryMs,
  });
}
