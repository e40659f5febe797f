// Pages of a list: how many, from where, and the Link header that leads to the next one.

import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';

export interface Page {
  readonly offset: number;
  readonly max: number;
}

interface PageRules {
  readonly defaultMax: number;
  readonly cap: number;
  /** The parameter that says where to start; telephony calls it otherwise. */
  readonly offsetName?: 'offset' | 'start';
}

const wholeNumber = z.coerce.number().int().min(0);
const query = z.object({ max: wholeNumber.optional(), offset: wholeNumber.optional(), start: wholeNumber.optional() });

/** The part of a query schema that every list shares; pageOf reads it. */
export const pageQuery = query.shape;

/** A max above the cap is lowered silently. */
export function pageOf(asked: z.infer<typeof query>, rules: PageRules): Page {
  const max = Math.max(1, Math.min(asked.max ?? rules.defaultMax, rules.cap));
  return { max, offset: asked[rules.offsetName ?? 'offset'] ?? 0 };
}

/** Takes rows fetched with `limit max + 1`: the one too many tells that there is a next page. */
export function answerPage<T>(
  request: FastifyRequest,
  reply: FastifyReply,
  found: readonly T[],
  page: Page,
  offsetName: 'offset' | 'start' = 'offset',
): T[] {
  if (found.length > page.max) {
    const next = new URL(request.url, `http://${request.host}`);
    next.searchParams.set(offsetName, String(page.offset + page.max));
    next.searchParams.set('max', String(page.max));
    void reply.header('link', `<${next.href}>; rel="next"`);
  }
  return found.slice(0, page.max);
}
