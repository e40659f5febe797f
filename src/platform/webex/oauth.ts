// Access tokens that are renewed before they expire and once after a 401, by one caller for all who wait. Where the
// credentials are kept, and who else may renew them at the same time, is the store's business.

import { PlatformFailure } from '../failure.ts';
import type { PartnerReference } from '../port.ts';
import type { PlatformLog } from './client.ts';
import { mendingRetryMs } from './failures.ts';
import { renewAccessToken } from './grant.ts';
import type { OAuthCredentials } from './grant.ts';
import type { TokenSource } from './tokens.ts';

export type PlatformCredentials = OAuthCredentials | { readonly kind: 'TOKEN'; readonly accessToken: string };

export interface CredentialStore {
  /** As they are at this moment; null: the partner has none. */
  read(partner: PartnerReference): Promise<PlatformCredentials | null>;
  /** Runs the work while nobody else, in whatever process, renews the tokens of this partner. */
  inTurn<T>(partner: PartnerReference, work: () => Promise<T>): Promise<T>;
  /** The platform gave another refresh token: the one from before may be worthless by now. */
  rotated(partner: PartnerReference, before: OAuthCredentials, refreshToken: string): Promise<void>;
}

export interface OAuthOptions {
  readonly baseUrl: string;
  readonly store: CredentialStore;
  readonly log: PlatformLog;
  readonly timeoutMs?: number;
  readonly now?: () => number;
}

interface HeldToken {
  readonly token: string;
  readonly obtainedAt: number;
  readonly expiresAt: number;
  renewAt: number;
}

/** Ahead of the expiry, so that an outage of the token endpoint is no outage of ours. */
const longestMarginMs = 3_600_000;
/** How soon a token that is not ours to renew is read again, for it may have been replaced. */
const rereadMs = 60_000;
/** A token so new is not renewed for a 401: it lacks a scope, and so would the next one. */
const freshMs = 30_000;

export function createOAuthTokens(options: OAuthOptions): TokenSource {
  const { baseUrl, store, log, timeoutMs = 15_000, now = Date.now } = options;
  const held = new Map<string, HeldToken>();
  const renewals = new Map<string, Promise<HeldToken>>();
  const refusals = new Map<string, { readonly until: number; readonly failure: PlatformFailure }>();
  const closing = new AbortController();

  async function token(partner: PartnerReference): Promise<string> {
    const present = held.get(partner.slug);
    if (present !== undefined && now() < present.renewAt) return present.token;
    try {
      return (await renewed(partner)).token;
    } catch (failure) {
      if (present === undefined || now() >= present.expiresAt) throw failure;
      present.renewAt = now() + mendingRetryMs;
      return present.token;
    }
  }

  async function replace(partner: PartnerReference, refused: string): Promise<boolean> {
    const present = held.get(partner.slug);
    if (present?.token === refused) {
      if (now() - present.obtainedAt < freshMs) return false;
      held.delete(partner.slug);
    }
    return (held.get(partner.slug) ?? (await renewed(partner))).token !== refused;
  }

  function renewed(partner: PartnerReference): Promise<HeldToken> {
    const { slug } = partner;
    const underWay = renewals.get(slug);
    if (underWay !== undefined) return underWay;
    const renewal = renew(partner).finally(() => renewals.delete(slug));
    renewals.set(slug, renewal);
    return renewal;
  }

  async function renew(partner: PartnerReference): Promise<HeldToken> {
    const { slug } = partner;
    const refusal = refusals.get(slug);
    if (refusal !== undefined && now() < refusal.until) throw refusal.failure;
    try {
      const fresh = await obtain(partner);
      refusals.delete(slug);
      held.set(slug, fresh);
      return fresh;
    } catch (failure) {
      const {
        kind,
        message,
        fault = null,
      } = failure instanceof PlatformFailure ? failure : { kind: null, message: '' };
      log.warn({ partner: slug, kind, fault, reason: message }, 'no access token could be obtained');
      if (failure instanceof PlatformFailure && failure.fault !== null) {
        refusals.set(slug, { until: now() + mendingRetryMs, failure });
      }
      throw failure;
    }
  }

  async function obtain(partner: PartnerReference): Promise<HeldToken> {
    const credentials = await store.read(partner);
    if (credentials === null) throw noCredentials(partner);
    const obtainedAt = now();
    if (credentials.kind === 'TOKEN') {
      const { accessToken } = credentials;
      return { token: accessToken, obtainedAt, expiresAt: Number.POSITIVE_INFINITY, renewAt: obtainedAt + rereadMs };
    }
    return store.inTurn(partner, async () => {
      // Somebody else may have had the turn before, and with it another refresh token.
      const latest = await store.read(partner);
      const current = latest?.kind === 'OAUTH' ? latest : credentials;
      const granted = await renewAccessToken(partner, current, { baseUrl, timeoutMs, signal: closing.signal, now });
      if (granted.refreshToken !== current.refreshToken) await store.rotated(partner, current, granted.refreshToken);
      const marginMs = Math.min(granted.expiresInMs / 10, longestMarginMs);
      const expiresAt = obtainedAt + granted.expiresInMs;
      log.debug({ partner: partner.slug, expiresInMs: granted.expiresInMs }, 'access token renewed');
      return { token: granted.accessToken, obtainedAt, expiresAt, renewAt: expiresAt - marginMs };
    });
  }

  return { token, replace, close: () => closing.abort() };
}

function noCredentials({ slug }: PartnerReference): PlatformFailure {
  const message = `The partner ${slug} has no credentials for Webex: store them with npm run partner -- credentials --slug ${slug}. Nothing was sent.`;
  return new PlatformFailure({
    kind: 'busy',
    fault: 'CREDENTIALS',
    message,
    retryAfterMs: mendingRetryMs,
  });
}
