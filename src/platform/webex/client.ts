// The one HTTP client: every request to the platform leaves through it, in its turn. It authenticates, bounds time and size, refuses
// redirects and turns a broken call into a PlatformFailure. Statuses, pages and body shapes are left to rest.ts; nothing is repeated but
// what was refused for a token that has been renewed since.

import { PlatformFailure } from '../failure.ts';
import type { PartnerReference } from '../port.ts';
import { readBody } from './body.ts';
import type { AnswerBody } from './body.ts';
import { failureOfCall, refusal } from './failures.ts';
import type { Attempt, BrokenBy } from './failures.ts';
import { nextLink } from './link-header.ts';
import type { TokenSource } from './tokens.ts';
import type { Traffic } from './traffic/traffic.ts';

/** The part of a pino logger that the adapter needs. */
export interface PlatformLog {
  debug(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

export interface HttpClientOptions {
  readonly tokens: TokenSource;
  readonly traffic: Traffic;
  readonly log: PlatformLog;
  /** From the start of the request to the end of the answer. */
  readonly timeoutMs: number;
}

export interface RestRequest extends Attempt {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Made by restPath, so that ids are encoded. */
  readonly path: string;
  /** A list is sent as the same parameter several times. */
  readonly query?: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body?: object;
}

export interface RestAnswer {
  readonly status: number;
  readonly location: string | null;
  readonly nextPage: string | null;
  readonly retryAfter: string | null;
  readonly trackingId: string | null;
  readonly body: AnswerBody;
}

export interface HttpClient {
  /** The answer, whatever its status. */
  exchange(partner: PartnerReference, request: RestRequest, url: string): Promise<RestAnswer>;
  /** Ends the calls under way with a failure of kind "unknown" and waits for them; later calls are refused unsent. */
  close(): Promise<void>;
}

const maxBodyBytes = 4 * 1024 * 1024;

export function createHttpClient({ tokens, traffic, log, timeoutMs }: HttpClientOptions): HttpClient {
  const underWay = new Map<Promise<RestAnswer>, () => void>();
  let isClosed = false;

  async function exchange(partner: PartnerReference, request: RestRequest, url: string): Promise<RestAnswer> {
    const startedAt = performance.now();
    const fields = { partner: partner.slug, operation: request.operation, method: request.method, path: request.path };
    const durationMs = () => Math.round(performance.now() - startedAt);
    try {
      const answer = await callWithToken(partner, request, url);
      const { status, trackingId } = answer;
      log.debug({ ...fields, status, trackingId, durationMs: durationMs() }, 'platform answered');
      return answer;
    } catch (error) {
      const reason = error instanceof PlatformFailure ? { kind: error.kind, reason: error.message } : {};
      log.warn({ ...fields, ...reason, durationMs: durationMs() }, 'platform gave no answer');
      throw error;
    }
  }

  async function callWithToken(partner: PartnerReference, request: RestRequest, url: string): Promise<RestAnswer> {
    const token = await tokenOf(partner);
    const answer = await traffic.inTurn(partner, request, () => call(request, url, token));
    if (answer.status !== 401 || !(await tokens.replace(partner, token))) return answer;
    const renewed = await tokenOf(partner);
    return traffic.inTurn(partner, request, () => call(request, url, renewed));
  }

  // Every request passes here, nothing sent yet.
  async function call(request: RestRequest, url: string, token: string): Promise<RestAnswer> {
    if (isClosed) {
      const message = `The gateway is shutting down and did not ask Webex to ${request.operation}.`;
      throw new PlatformFailure({ kind: 'busy', message });
    }
    const abort = new AbortController();
    let brokenBy: BrokenBy = 'network';
    const end = (reason: BrokenBy) => {
      brokenBy = reason;
      abort.abort();
    };
    const timer = setTimeout(() => end('timeout'), timeoutMs);
    const answer = fetchAnswer(request, url, token, abort.signal);
    underWay.set(answer, () => end('closed'));
    try {
      return await answer;
    } catch (error) {
      throw failureOfCall(request, brokenBy, timeoutMs, error);
    } finally {
      clearTimeout(timer);
      underWay.delete(answer);
    }
  }

  async function tokenOf(partner: PartnerReference): Promise<string> {
    let token: string;
    try {
      token = await tokens.token(partner);
    } catch (cause) {
      if (cause instanceof PlatformFailure) throw cause;
      const message = `No access token could be obtained for the partner ${partner.slug}. Nothing was sent.`;
      throw new PlatformFailure({ kind: 'busy', message, cause });
    }
    // fetch would quote an unfit token in its own error.
    if (/^[\x21-\x7e]+$/.test(token)) return token;
    throw refusal(
      `Expected an access token of printable characters for the partner ${partner.slug}, found another text.`,
    );
  }

  async function close(): Promise<void> {
    isClosed = true;
    traffic.close();
    tokens.close();
    const answers = [...underWay.keys()];
    for (const end of underWay.values()) end();
    await Promise.allSettled(answers);
  }

  return { exchange, close };
}

async function fetchAnswer(request: RestRequest, url: string, token: string, signal: AbortSignal): Promise<RestAnswer> {
  const response = await fetch(url, {
    method: request.method,
    headers: {
      accept: 'application/json',
      authorization: `Bearer ${token}`,
      'user-agent': 'webex-wholesale-gateway',
      ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: request.body === undefined ? null : JSON.stringify(request.body),
    redirect: 'manual',
    signal,
  });
  return {
    status: response.status,
    location: response.headers.get('location'),
    nextPage: nextLink(response.headers.get('link')),
    retryAfter: response.headers.get('retry-after'),
    trackingId: response.headers.get('trackingid'),
    body: await readBody(response, maxBodyBytes, token),
  };
}
