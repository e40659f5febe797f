// What the sandbox notes about a request while it is under way. Kept beside the request, so that fastify's types stay as they are
// for the rest of the program.

import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { PartnerSlug } from './fixtures.ts';

export interface Call {
  readonly trackingId: string;
  partner: PartnerSlug | null;
  /** What it changed, for the journal. */
  effect: string | null;
  fault: string | null;
  /** What becomes of the answer when the work is done: the connection is cut, or stays silent, or brings it twice. */
  answer: 'sent' | 'lost' | 'withheld' | 'doubled';
}

const calls = new WeakMap<object, Call>();

export function callOf(request: FastifyRequest): Call {
  const known = calls.get(request.raw);
  if (known !== undefined) return known;
  const call: Call = {
    trackingId: `SANDBOX_${randomUUID()}`,
    partner: null,
    effect: null,
    fault: null,
    answer: 'sent',
  };
  calls.set(request.raw, call);
  return call;
}

/** The address under which the client knows us, for Location and Link. */
export function originOf(request: FastifyRequest): string {
  return `http://${request.host}`;
}
