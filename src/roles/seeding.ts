// What a fresh sandbox is filled with. However many processes start at the same time, the seed is sown once: they take turns,
// and whoever comes later finds it done.

import { setTimeout as delay } from 'node:timers/promises';
import { seedDemo, seedPartnerRows } from '../../prisma/seed.ts';
import { inTurn } from '../database/advisory-lock.ts';
import type { DomainContext } from '../domain/context.ts';

export interface SeedOptions {
  readonly url: string;
  readonly domain: DomainContext;
  readonly sandboxOrigin: string;
}

/** The partners that the sandbox knows. */
export async function seedPartners({ url, domain }: SeedOptions): Promise<void> {
  await inTurn(url, 'seed partners', () => seedPartnerRows(domain.database));
}

/** Templates and customers. They come into being like everybody's, so this is for a process that works on operations. */
export async function seedDemoData({ url, domain, sandboxOrigin }: SeedOptions): Promise<void> {
  await inTurn(url, 'seed demo', async () => {
    await untilAnswering(sandboxOrigin);
    await seedDemo(domain, (advanceMs) => turnClock(sandboxOrigin, advanceMs));
  });
}

const pauseMs = 100;
const answersWithinMs = 60_000;

/** Processes may be started in any order. */
async function untilAnswering(origin: string): Promise<void> {
  for (let waitedMs = 0; waitedMs < answersWithinMs; waitedMs += pauseMs) {
    const isThere = await fetch(`${origin}/sandbox/healthz`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isThere) return;
    await delay(pauseMs);
  }
  throw new Error(
    `the sandbox does not answer at ${origin}: start a process with the role "sandbox", or set SANDBOX_URL`,
  );
}

async function turnClock(origin: string, advanceMs: number): Promise<void> {
  const response = await fetch(`${origin}/sandbox/clock`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ advanceMs }),
  });
  // A sandbox on another machine lets nobody turn its clock; its delays then take their time.
  if (!response.ok && response.status !== 403) {
    throw new Error(`the sandbox did not turn its clock: ${response.status}`);
  }
}
