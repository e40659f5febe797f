// From an answer or a broken call to the kind of failure and a sentence for the person who must act. Pure: the clock is an argument.

import { PlatformFailure } from '../failure.ts';
import type { PlatformFailureKind, PlatformFault } from '../failure.ts';
import { mostTelling, safeText, toIssue } from './issues.ts';
import type { ReportedError } from './issues.ts';

/** What was tried; both parts decide what an unclear ending means. */
export interface Attempt {
  /** Completes "Webex refused to …", for example "create the customer". */
  readonly operation: string;
  /** A read changes nothing whatever happens to its answer, so an unclear ending is no unknown one. */
  readonly effect: 'read' | 'write';
}

export interface RefusedAnswer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly trackingId: string | null;
  readonly message: string | null;
  readonly errors: readonly ReportedError[];
  /** Not in the form of the platform: a proxy, or another server, has answered. */
  readonly isForeign?: boolean;
}

/** closed: by us, on shutdown. */
export type BrokenBy = 'timeout' | 'closed' | 'network';

const longestRetryAfterMs = 15 * 60_000;

/** Until refused credentials or a wrong address are tried again, by themselves: somebody may have mended them. */
export const mendingRetryMs = 30_000;

const busyStatuses: ReadonlyMap<number, string> = new Map([
  [
    401,
    "the partner's access token is missing, expired, revoked or lacks a scope; renew the partner's credentials, and the work goes on",
  ],
  [408, 'it did not receive the whole request'],
  [423, 'what it is about is locked at the moment'],
  [425, 'it is not ready for the request yet'],
  [429, 'too many requests were made'],
  [503, 'it is overloaded or under maintenance'],
]);

const gatewayFault = 'the gateway asked in a form that Webex does not accept; report this with the tracking ID';
const rejectedStatuses: ReadonlyMap<number, string> = new Map([
  [400, 'the request is not acceptable'],
  [
    403,
    "the partner's access token is valid but not allowed to do this; a partner full administrator with the Webex for Wholesale role and every scope that the gateway uses is needed",
  ],
  [404, 'what it refers to does not exist at Webex, or no longer'],
  [405, gatewayFault],
  [406, gatewayFault],
  [409, 'it conflicts with the present state at Webex'],
  [410, 'what it refers to is gone'],
  [415, gatewayFault],
  [428, gatewayFault],
  [501, 'Webex does not offer this'],
]);

/** Codes of a call that ended before a byte of the request was sent. */
const nothingSentCodes: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Codes of a server that could not prove who it is, or does not speak TLS: nothing was sent either. */
const untrustedCodes: ReadonlySet<string> = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'ERR_SSL_WRONG_VERSION_NUMBER',
]);

/** Our own refusal of something that cannot be asked; nothing was sent. */
export function refusal(message: string): PlatformFailure {
  return new PlatformFailure({ kind: 'rejected', message });
}

export function failureOfAnswer(attempt: Attempt, answer: RefusedAnswer, nowMs: number): PlatformFailure {
  const fault = faultOf(answer);
  const kind = fault === null ? kindOfStatus(attempt, answer.status) : 'busy';
  const reported = mostTelling(answer.errors);
  const issue = reported === null ? null : toIssue(reported);
  const quoted = issue?.message ?? (answer.message === null ? null : safeText(answer.message));
  const code = issue?.platformCode == null ? '' : ` (code ${issue.platformCode})`;
  const detail = quoted === null ? '' : ` Reason given${code}: ${quoted}`;
  return new PlatformFailure({
    kind,
    message:
      (fault === 'ADDRESS' ? strangerSentence(attempt, answer.status) : sentence(attempt, kind, answer.status)) +
      detail,
    platformCode: issue?.platformCode ?? null,
    trackingId: answer.trackingId,
    retryAfterMs:
      kind === 'busy' ? (retryAfterMs(answer.retryAfter, nowMs) ?? (fault === null ? null : mendingRetryMs)) : null,
    status: answer.status,
    fault,
  });
}

export function failureOfCall(
  attempt: Attempt,
  brokenBy: BrokenBy,
  timeoutMs: number,
  cause: unknown,
): PlatformFailure {
  const code = brokenBy === 'network' ? networkCode(cause) : null;
  if (code !== null && untrustedCodes.has(code)) {
    const message = `The server at the configured address of Webex is not trusted when asked to ${attempt.operation} (${code}): its certificate is not valid for this address, or comes from an authority that is unknown here. Check WEBEX_BASE_URL and NODE_EXTRA_CA_CERTS. Nothing was sent.`;
    return new PlatformFailure({ kind: 'busy', fault: 'ADDRESS', message, cause, retryAfterMs: mendingRetryMs });
  }
  if (code !== null && nothingSentCodes.has(code)) {
    const message = `Webex could not be reached to ${attempt.operation} (${code}). Nothing was sent.`;
    return new PlatformFailure({ kind: 'busy', message, cause });
  }
  const reasons: Record<BrokenBy, string> = {
    timeout: `no answer within ${timeoutMs} ms`,
    closed: 'the gateway is shutting down',
    network: `the connection broke${code === null ? '' : `, ${code}`}`,
  };
  const kind = brokenBy === 'closed' ? 'unknown' : unclear(attempt);
  return new PlatformFailure({ kind, message: unclearSentence(attempt, kind, reasons[brokenBy]), cause });
}

/** The platform said yes, in a form we cannot use. */
export function failureOfBody(
  attempt: Attempt,
  answer: { readonly status: number; readonly trackingId: string | null },
  found: string,
): PlatformFailure {
  const kind = unclear(attempt);
  const message = unclearSentence(attempt, kind, `the answer is not of the expected form: ${found}`);
  return new PlatformFailure({ kind, message, trackingId: answer.trackingId, status: answer.status });
}

/** Seconds or an HTTP date, at most a quarter of an hour; null where the header says nothing usable. */
export function retryAfterMs(header: string | null, nowMs: number): number | null {
  const text = header?.trim() ?? '';
  const isDate = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text);
  const waitMs = /^\d+$/.test(text) ? Number(text) * 1000 : isDate ? Date.parse(text) - nowMs : Number.NaN;
  return Number.isNaN(waitMs) ? null : Math.min(Math.max(waitMs, 0), longestRetryAfterMs);
}

function kindOfStatus(attempt: Attempt, status: number): PlatformFailureKind {
  if (busyStatuses.has(status)) return 'busy';
  if (status < 500 || rejectedStatuses.has(status)) return 'rejected';
  return unclear(attempt);
}

function unclear(attempt: Attempt): PlatformFailureKind {
  return attempt.effect === 'read' ? 'busy' : 'unknown';
}

function faultOf({ status, isForeign }: RefusedAnswer): PlatformFault | null {
  if (status === 401) return 'CREDENTIALS';
  const isElsewhere = (status >= 300 && status < 400) || (isForeign === true && [403, 404, 405].includes(status));
  return isElsewhere ? 'ADDRESS' : null;
}

function strangerSentence(attempt: Attempt, status: number): string {
  const found = status < 400 ? 'a redirect was found' : `a page with status ${status} was found`;
  return `Webex did not ${attempt.operation}: an answer of its REST API was expected, ${found}; check the configured address of the platform (WEBEX_BASE_URL). Nothing was changed, and the work goes on when it is mended.`;
}

function sentence(attempt: Attempt, kind: PlatformFailureKind, status: number): string {
  if (kind === 'rejected') {
    return `Webex refused to ${attempt.operation}: ${rejectedStatuses.get(status) ?? 'the request is not acceptable'}.`;
  }
  const reason = busyStatuses.get(status);
  if (reason !== undefined) return `Webex cannot ${attempt.operation} now: ${reason}.`;
  return unclearSentence(attempt, kind, 'it reported an internal error or a time-out of its own');
}

function unclearSentence(attempt: Attempt, kind: PlatformFailureKind, reason: string): string {
  const consequence =
    kind === 'unknown'
      ? 'It may or may not have happened: look before asking again.'
      : 'Nothing was changed: ask again later.';
  return `Webex gave no usable answer when asked to ${attempt.operation} (${reason}). ${consequence}`;
}

/** The code deepest in the chain of causes, where fetch hides it. */
function networkCode(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error.cause;
  const own = 'code' in error && typeof error.code === 'string' ? error.code : null;
  return networkCode(first) ?? own;
}
