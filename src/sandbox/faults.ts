// Faults on demand: what a rule looks like, and which rule hits which request. Pure; fault-switchboard.ts remembers the rules.

import { z } from 'zod';
import { text } from './input.ts';
import { chanceOf } from './random.ts';

const wholeNumber = z.number().int().min(0);

const faultRule = z.object({
  /** Absent: every method. */
  method: z
    .string()
    .transform((method) => method.toUpperCase())
    .optional(),
  /** A prefix, or with * (one segment or a part of it) and ** (anything) a pattern for the whole path. With or without /v1. */
  path: text.default('/'),
  /**
   * unauthorized 401, as after a token was revoked; forbidden 403; locked 423, too-many-requests 429, unavailable 503, server-error 500; reset-before: cut off before the effect;
   * reset-after: the effect is done, the answer lost; hang-before, hang-after: the same, with a connection that stays open and silent; double-answer: answered twice over the
   * same connection; latency: answered later; stuck: provisioning stands still everywhere, whatever the path.
   */
  kind: z.enum([
    'unauthorized',
    'forbidden',
    'locked',
    'too-many-requests',
    'unavailable',
    'server-error',
    'reset-before',
    'reset-after',
    'hang-before',
    'hang-after',
    'double-answer',
    'latency',
    'stuck',
  ]),
  /** The share of the requests that it hits. */
  rate: z.number().min(0).max(1).default(1),
  retryAfterSeconds: wholeNumber.optional(),
  latencyMs: wholeNumber.max(60_000).default(500),
  /** How many more requests it hits; absent: until switched off. */
  remaining: wholeNumber.optional(),
});
export type FaultRule = z.infer<typeof faultRule>;

export const faultSetting = z.object({
  faults: z.array(faultRule).max(100),
  /** The same seed hits the same requests, if they come in the same order. */
  seed: z.number().int().default(1),
});
export type FaultSetting = z.infer<typeof faultSetting>;

export interface FaultHit {
  readonly rule: FaultRule;
  readonly index: number;
}

/**
 * What hits a request: latencies add up, the first other fault ends the search.
 * @param draw counts the requests since the rules were set.
 */
export function faultsHitting(
  { faults, seed }: FaultSetting,
  request: { readonly method: string; readonly path: string },
  draw: number,
): FaultHit[] {
  const hits: FaultHit[] = [];
  for (const [index, rule] of faults.entries()) {
    if (rule.kind === 'stuck' || rule.remaining === 0 || !concerns(rule, request)) continue;
    if (chanceOf(`${seed}:${draw}:${index}`) >= rule.rate) continue;
    hits.push({ rule, index });
    if (rule.kind !== 'latency') break;
  }
  return hits;
}

export function isStuck({ faults }: FaultSetting): boolean {
  return faults.some((rule) => rule.kind === 'stuck' && rule.rate > 0);
}

function concerns(rule: FaultRule, { method, path }: { readonly method: string; readonly path: string }): boolean {
  if (rule.method !== undefined && rule.method !== method) return false;
  return [path, path.replace(/^\/v1(?=\/|$)/, '')].some((candidate) => matchesPath(rule.path, candidate));
}

function matchesPath(pattern: string, path: string): boolean {
  if (!pattern.includes('*')) return path.startsWith(pattern);
  const parts = pattern.split(/(\*\*|\*)/).map((part) => {
    if (part === '**') return '.*';
    return part === '*' ? '[^/]*' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('')}$`).test(path);
}
