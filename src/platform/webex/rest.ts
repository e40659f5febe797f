// REST as one partner speaks it: statuses become failures, bodies are parsed, lists are followed page by page.
// Knows no resource; the nouns (customers.ts, users.ts ...) say what to ask.

import { z } from 'zod';
import type { PartnerReference } from '../port.ts';
import type { HttpClient, PlatformLog, RestAnswer, RestRequest } from './client.ts';
import { failureOfAnswer, failureOfBody, refusal } from './failures.ts';
import type { PlatformFailure } from '../failure.ts';
import { errorBody } from './wire.ts';

export interface RestOptions {
  readonly client: HttpClient;
  readonly partner: PartnerReference;
  /** Paths are appended to it; pages are followed within its origin only. */
  readonly root: string;
  readonly log: PlatformLog;
  readonly now: () => number;
}

export type ListRequest = Pick<RestRequest, 'operation' | 'path' | 'query'>;

export interface Rest {
  readonly root: string;
  /** @throws PlatformFailure unless the status is 2xx. */
  send(request: RestRequest): Promise<RestAnswer>;
  sendFor<T extends z.ZodType>(request: RestRequest, schema: T): Promise<z.infer<T>>;
  /** Null where the platform answers, in its own JSON, with one of the statuses in `absent` (404 unless told). */
  readOrNull<T extends z.ZodType>(
    request: ListRequest,
    schema: T,
    absent?: readonly number[],
  ): Promise<z.infer<T> | null>;
  /** One page. @param page what an earlier call gave as nextPage; null: the first. */
  readPage<T extends z.ZodType>(
    request: ListRequest,
    item: T,
    page: string | null,
  ): Promise<{ readonly items: z.infer<T>[]; readonly nextPage: string | null }>;
  /** Every item of every page. @param keys Under which of them the page has its list; "items" unless told. */
  readAll<T extends z.ZodType>(request: ListRequest, item: T, keys?: readonly string[]): Promise<z.infer<T>[]>;
}

const maxPages = 200;

export function createRest({ client, partner, root, log, now }: RestOptions): Rest {
  const base = root.replace(/\/+$/, '');
  const { origin } = new URL(base);

  async function send(request: RestRequest): Promise<RestAnswer> {
    return complied(request, await client.exchange(partner, request, addressOf(base, request, partner)));
  }

  async function readOrNull<T extends z.ZodType>(asked: ListRequest, schema: T, absent: readonly number[] = [404]) {
    const request = get(asked);
    const answer = await client.exchange(partner, request, addressOf(base, request, partner));
    // A 404 that is not in the platform's words comes from a proxy or a wrong address: no proof of absence.
    if (absent.includes(answer.status) && answer.body.kind === 'json') return null;
    return parse(request, complied(request, answer), schema);
  }

  async function readAll<T extends z.ZodType>(
    asked: ListRequest,
    item: T,
    keys: readonly string[] = ['items'],
  ): Promise<z.infer<T>[]> {
    const request = get(asked);
    const page = z
      .record(z.string(), z.unknown())
      .transform((body) => keys.map((key) => body[key]).find((list) => list !== undefined))
      .pipe(z.array(item));
    const items: z.infer<T>[] = [];
    const visited = new Set<string>();
    let url: string | null = addressOf(base, request, partner);
    while (url !== null) {
      visited.add(url);
      const answer: RestAnswer = complied(request, await client.exchange(partner, request, url));
      items.push(...parse(request, answer, page));
      url = answer.nextPage === null ? null : followed(request, answer.nextPage, url, visited);
    }
    return items;
  }

  async function readPage<T extends z.ZodType>(asked: ListRequest, item: T, page: string | null) {
    const request = get(asked);
    const first = addressOf(base, request, partner);
    const url = page === null ? first : followed(request, page, first, new Set());
    const answer = complied(request, await client.exchange(partner, request, url));
    const { items } = parse(request, answer, z.object({ items: z.array(item) }));
    const { nextPage } = answer;
    return { items, nextPage: nextPage === null ? null : followed(request, nextPage, url, new Set([url])) };
  }

  function followed(request: RestRequest, link: string, from: string, visited: ReadonlySet<string>): string {
    const url = URL.canParse(link, from) ? new URL(link, from) : null;
    if (url?.origin !== origin) {
      throw refusal(
        `Expected the next page at ${origin} when asking Webex to ${request.operation}, found another origin; the access token is not sent there.`,
      );
    }
    if (visited.has(url.href) || visited.size >= maxPages) {
      throw refusal(
        `Expected at most ${maxPages} pages when asking Webex to ${request.operation}, found more or one twice.`,
      );
    }
    return url.href;
  }

  function complied(request: RestRequest, answer: RestAnswer): RestAnswer {
    if (answer.status >= 200 && answer.status < 300) return answer;
    const failure = failureOf(request, answer, now());
    const { kind, platformCode, trackingId, status } = failure;
    const fields = { partner: partner.slug, operation: request.operation, kind, platformCode, trackingId, status };
    log.warn(fields, 'platform did not comply');
    throw failure;
  }

  return {
    root: base,
    send,
    sendFor: async (request, schema) => parse(request, await send(request), schema),
    readOrNull,
    readPage,
    readAll,
  };
}

function failureOf(request: RestRequest, answer: RestAnswer, nowMs: number): PlatformFailure {
  const body = answer.body.kind === 'json' ? errorBody.safeParse(answer.body.value).data : undefined;
  const refused = {
    status: answer.status,
    retryAfter: answer.retryAfter,
    trackingId: body?.trackingId ?? answer.trackingId,
    message: body?.message ?? null,
    errors: body?.errors ?? [],
    isForeign: answer.body.kind === 'unusable',
  };
  return failureOfAnswer(request, refused, nowMs);
}

function parse<T extends z.ZodType>(request: RestRequest, answer: RestAnswer, schema: T): z.infer<T> {
  if (answer.body.kind !== 'json') {
    throw failureOfBody(request, answer, answer.body.kind === 'none' ? 'it is empty' : answer.body.found);
  }
  const parsed = schema.safeParse(answer.body.value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue === undefined || issue.path.length === 0 ? 'the body' : issue.path.join('.');
  throw failureOfBody(request, answer, `${where}: ${issue?.message ?? 'unreadable'}`);
}

function get(asked: ListRequest): RestRequest {
  return { ...asked, effect: 'read', method: 'GET' };
}

/** What can be asked on behalf of a sub-partner. */
const delegable = /^\/wholesale\/(customers|subscribers)(\/|$)|^\/subscribers\//;

function addressOf(base: string, request: RestRequest, { onBehalfOf }: PartnerReference): string {
  const url = new URL(base + request.path);
  if (onBehalfOf != null && delegable.test(request.path)) url.searchParams.set('onBehalfOfSubPartnerOrgId', onBehalfOf);
  for (const [name, value] of Object.entries(request.query ?? {})) {
    for (const single of [value ?? []].flat()) url.searchParams.append(name, single);
  }
  return url.href;
}
