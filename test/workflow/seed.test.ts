// The demonstration data of a fresh sandbox: complete in the end, however often its making was broken off, and made once.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { seedPartners } from '../../prisma/seed-data.ts';
import { seedDemo } from '../../prisma/seed.ts';
import type { DomainContext } from '../../src/domain/context.ts';
import { createSandboxControl } from '../support/sandbox-control.ts';
import { openWorkbench } from '../support/workbench.ts';
import type { Workbench } from '../support/workbench.ts';

let bench: Workbench;
beforeAll(async () => {
  bench = await openWorkbench();
});
afterAll(async () => {
  await bench.close();
});

/** Every command reads the clock: after so many readings none gets any further. */
function killedAfter(readings: number): DomainContext {
  let left = readings;
  return {
    ...bench.context,
    now() {
      if (left-- <= 0) throw new Error('killed');
      return bench.context.now();
    },
  };
}

const seed = (context: DomainContext) =>
  seedDemo(context, async (advanceMs) => {
    await bench.sandbox.turnClock(advanceMs);
  });

/** By partner: its templates, and its customers with what belongs to them. */
function loadAll() {
  return bench.database.partner.findMany({
    orderBy: { slug: 'asc' },
    select: {
      slug: true,
      seededAt: true,
      templates: { select: { name: true, status: true } },
      customers: {
        orderBy: { externalId: 'asc' },
        select: {
          externalId: true,
          status: true,
          locations: { select: { status: true } },
          users: { select: { status: true, phoneNumber: { select: { status: true } } } },
          operations: { select: { kind: true, status: true } },
        },
      },
    },
  });
}

it(
  'is complete after seeding was killed again and again, and nothing was made twice',
  { timeout: 120_000 },
  async () => {
    // The templates take about forty readings, customers and set-ups a hundred.
    const attempts = [10, 30, 50, 6, 10, 15, 20, 25];
    let kills = 0;
    for (const readings of attempts) await seed(killedAfter(readings)).catch(() => kills++);
    expect(kills).toBe(attempts.length);
    await seed(bench.context);

    const there = { status: 'PROVISIONED' };
    const partners = await loadAll();
    expect(partners).toEqual(
      seedPartners
        .toSorted((a, b) => (a.slug < b.slug ? -1 : 1))
        .map(({ slug, template, customers }) => ({
          slug,
          seededAt: expect.any(Date),
          templates: [{ name: template.name, status: 'ACTIVE' }],
          customers: customers
            .map(({ externalId }) => externalId)
            .toSorted()
            .map((externalId) => ({
              externalId,
              ...there,
              locations: [there, there],
              users: Array.from({ length: 5 }, () => ({ ...there, phoneNumber: there })),
              operations: [
                { kind: 'CREATE_CUSTOMER', status: 'SUCCEEDED' },
                { kind: 'SET_UP_CUSTOMER', status: 'SUCCEEDED' },
              ],
            })),
        })),
    );
    for (const { slug } of seedPartners) {
      const effects = Object.values(await createSandboxControl(bench.sandbox.origin, slug).effects()).flat();
      expect(effects.filter(({ count }) => count !== 1)).toEqual([]);
    }
  },
);

it('brings nothing back that was changed or taken away afterwards', async () => {
  await bench.database.customer.updateMany({ data: { externalId: 'mine' }, where: { externalId: 'seed-blue-harbor' } });
  await bench.database.onboardingTemplate.updateMany({ data: { name: 'Mine' } });
  const before = await loadAll();
  await seed(bench.context);
  expect(await loadAll()).toEqual(before);
});
