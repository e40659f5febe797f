// Remembers which answers named a time to come back (Retry-After), and which requests came before it all the same. By the machine's
// clock, in memory: whoever waits waits really.

import type { FastifyReply, FastifyRequest } from 'fastify';

export interface RetryWindows {
  arrived(request: FastifyRequest): void;
  answered(request: FastifyRequest, reply: FastifyReply): void;
  report(): { readonly announced: number; readonly inside: readonly string[] };
}

/** What was sent before the answer was read is under way for so long. */
const underWayMs = 250;
/** Two machines' clocks, and a timer's: the last moments do not count. */
const earlyMs = 20;

interface Window {
  readonly from: number;
  readonly until: number;
}

export function createRetryWindows(): RetryWindows {
  const windows = new Map<string, Window>();
  const inside: string[] = [];
  let announced = 0;

  const everythingOf = ({ headers }: FastifyRequest): string => headers.authorization ?? '';
  const pathOf = (request: FastifyRequest): string => `${everythingOf(request)} ${request.url.split('?')[0]}`;

  return {
    arrived(request) {
      const now = Date.now();
      const isEarly = [everythingOf(request), pathOf(request)].some((key) => {
        const window = windows.get(key);
        return window !== undefined && now >= window.from && now < window.until;
      });
      if (isEarly) inside.push(`${request.method} ${request.url}`);
    },
    answered(request, reply) {
      const seconds = Number(reply.getHeader('retry-after') ?? 0);
      if (seconds <= 0) return;
      announced += 1;
      const now = Date.now();
      const key = reply.statusCode === 423 ? pathOf(request) : everythingOf(request);
      const until = Math.max(windows.get(key)?.until ?? 0, now + seconds * 1_000 - earlyMs);
      windows.set(key, { from: now + underWayMs, until });
    },
    report: () => ({ announced, inside }),
  };
}
