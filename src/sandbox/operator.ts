// What the person at the keyboard and the tests may do: turn the clock, switch faults on, see what was asked and what came of it.

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { recognize, requireLoopback } from './auth.ts';
import { callOf } from './call.ts';
import { readEffects } from './effects.ts';
import { faultSetting } from './faults.ts';
import { moment, parseInput } from './input.ts';
import type { Sandbox } from './sandbox.ts';

/** Ten years: enough for every time-out, and dates stay printable. */
const farthestAdvanceMs = 10 * 365 * 24 * 3_600_000;

const turn = z.object({ advanceMs: z.number().int().min(0).max(farthestAdvanceMs) });

export function operatorRoutes(app: FastifyInstance, { pool, clock, faults, journal, retryWindows }: Sandbox): void {
  app.addHook('onRequest', async (request) => {
    requireLoopback(request);
    recognize(request, clock.now());
  });

  const showClock = () => ({ now: new Date(clock.now()).toISOString(), advanceMs: clock.advanceMs() });

  app.get('/clock', showClock);

  // Every call adds to what was advanced before; the clock never goes back.
  app.put('/clock', async (request) => {
    await clock.advance(parseInput(turn, request.body).advanceMs);
    return showClock();
  });

  app.get('/faults', () => faults.setting());

  app.put('/faults', async (request) => {
    await faults.replace(parseInput(faultSetting, request.body));
    return faults.setting();
  });

  app.get('/log', async (request) => {
    const { since } = parseInput(z.object({ since: moment.optional() }), request.query);
    return { items: await journal.read(since ?? null) };
  });

  // How many answers named a time to come back, and which requests came before it all the same.
  app.get('/retry-after', () => retryWindows.report());

  app.get('/effects', (request) => readEffects(pool, callOf(request).partner));
}
