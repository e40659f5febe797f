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
  /** The work is to be done and the connection to be cut instead of answered. */
  isAnswerLost: boolean;
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
    isAnswerLost: false,
  };
  calls.set(request.raw, call);
  return call;
}

/** The address under which the client knows us, for Location and Link. */
export function originOf(request: FastifyRequest): string {
  return `http://${request.host}`;
}
