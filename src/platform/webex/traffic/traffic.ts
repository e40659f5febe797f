// Every request waits here for its turn: so many of a partner at once, so many a second, none before the time that the platform
// asked for, and none while it is away. Whoever would wait long is sent away with the time instead.

import { setTimeout as delay } from 'node:timers/promises';
import PQueue from 'p-queue';
import { PlatformFailure } from '../../failure.ts';
import type { PartnerReference } from '../../port.ts';
import type { RestAnswer, RestRequest } from '../client.ts';
import { createBreaker } from './breaker.ts';
import { createHolds } from './holds.ts';
import type { Holds } from './holds.ts';

export interface TrafficLimits {
  /** Of one partner; null: no limit. */
  readonly requestsPerSecond: number | null;
  /** Of one partner, under way at the same time. */
  readonly concurrentRequests: number;
}

export interface Traffic {
  /** @throws PlatformFailure of kind "busy", nothing sent, where it is not the time to ask. */
  inTurn(partner: PartnerReference, request: RestRequest, send: () => Promise<RestAnswer>): Promise<RestAnswer>;
  /** The platform has not answered for a while. */
  isAway(): boolean;
  /** Whoever still waits for a turn is refused. */
  close(): void;
}

interface Lane {
  readonly queue: PQueue;
  readonly holds: Holds;
}

/** A shorter hold is waited out. */
const shortHoldMs = 2_000;
/** What a platform answers that is there, and whose parts are not. */
const awayStatuses: ReadonlySet<number> = new Set([502, 503, 504]);

export function createTraffic(limits: TrafficLimits, now: () => number): Traffic {
  const lanes = new Map<string, Lane>();
  const breaker = createBreaker({ now });
  /** One for each request that waits for its turn. */
  const waiting = new Set<AbortController>();

  function laneOf({ slug }: PartnerReference): Lane {
    const known = lanes.get(slug);
    if (known) return known;
    const { requestsPerSecond, concurrentRequests: concurrency } = limits;
    const pace = requestsPerSecond === null ? {} : { interval: 1_000, intervalCap: requestsPerSecond, strict: true };
    const lane = { queue: new PQueue({ concurrency, ...pace }), holds: createHolds(now) };
    lanes.set(slug, lane);
    return lane;
  }

  async function watched(request: RestRequest, send: () => Promise<RestAnswer>): Promise<RestAnswer> {
    const leftMs = breaker.admit();
    if (leftMs > 0) throw away(request, leftMs);
    try {
      const answer = await send();
      if (awayStatuses.has(answer.status)) breaker.unanswered();
      else breaker.answered();
      return answer;
    } catch (failure) {
      // An address that is wrong is somebody's to mend, and says so each time.
      if (failure instanceof PlatformFailure && failure.fault === null) breaker.unanswered();
      throw failure;
    }
  }

  return {
    inTurn(partner, request, send) {
      const { queue, holds } = laneOf(partner);
      const turn = new AbortController();
      const take = async () => {
        waiting.delete(turn);
        await waitOut(holds, request);
        const answer = await watched(request, send);
        holds.note({ path: request.path, ...answer });
        return answer;
      };
      waiting.add(turn);
      return queue.add(take, { signal: turn.signal });
    },
    isAway: () => breaker.isAway(),
    close() {
      const message = 'The gateway is shutting down. Nothing was sent.';
      for (const turn of waiting) turn.abort(new PlatformFailure({ kind: 'busy', message }));
    },
  };
}

async function waitOut(holds: Holds, { operation, path }: RestRequest): Promise<void> {
  for (let leftMs = holds.left(path); leftMs > 0; leftMs = holds.left(path)) {
    if (leftMs > shortHoldMs) {
      const message = `Webex wants to be asked again later, and was not asked to ${operation} before that. Nothing was sent.`;
      throw new PlatformFailure({ kind: 'busy', message, retryAfterMs: leftMs });
    }
    await delay(leftMs);
  }
}

function away({ operation }: RestRequest, leftMs: number): PlatformFailure {
  const message = `Webex has not answered for a while and was not asked to ${operation}. Nothing was sent; the work goes on by itself when Webex answers again.`;
  return new PlatformFailure({ kind: 'busy', fault: 'AWAY', message, retryAfterMs: leftMs });
}
