// How a call to the platform fails. Three kinds, because callers have three things they can do.

/**
 * - busy: nothing happened; wait (retryAfterMs where the platform said how long) and do the same again.
 * - rejected: nothing happened and nothing will; the request itself must change.
 * - unknown: it may or may not have happened; look before doing it again.
 */
export type PlatformFailureKind = 'busy' | 'rejected' | 'unknown';

/**
 * Why the platform cannot be used at all, whatever the request. The first two are an operator's of the gateway to mend:
 * - CREDENTIALS: what the partner authenticates with is missing, wrong, expired or revoked.
 * - ADDRESS: what answers at the configured address is not the platform, or cannot prove that it is.
 * - AWAY: it has not answered for a while, and is not asked until it does.
 */
export type PlatformFault = 'CREDENTIALS' | 'ADDRESS' | 'AWAY';

export interface PlatformFailureDetails {
  readonly kind: PlatformFailureKind;
  /** For the person who must act; never a token, never the platform's raw body. */
  readonly message: string;
  /** The platform's own error code, for example 10022 (e-mail in use) or 8361 (number unavailable). */
  readonly platformCode?: string | null;
  /** The platform's id of the failed call, for a support case. */
  readonly trackingId?: string | null;
  readonly retryAfterMs?: number | null;
  /** HTTP status of the answer; null where there was none. For logs and metrics only. */
  readonly status?: number | null;
  readonly fault?: PlatformFault | null;
  readonly cause?: unknown;
}

export class PlatformFailure extends Error {
  readonly kind: PlatformFailureKind;
  readonly platformCode: string | null;
  readonly trackingId: string | null;
  readonly retryAfterMs: number | null;
  readonly status: number | null;
  readonly fault: PlatformFault | null;

  constructor(details: PlatformFailureDetails) {
    super(details.message, { cause: details.cause });
    this.name = 'PlatformFailure';
    this.kind = details.kind;
    this.platformCode = details.platformCode ?? null;
    this.trackingId = details.trackingId ?? null;
    this.retryAfterMs = details.retryAfterMs ?? null;
    this.status = details.status ?? null;
    this.fault = details.fault ?? null;
  }
}
