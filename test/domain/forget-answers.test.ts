// Answers kept under idempotency keys: for a day at least, not for ever.

import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { addLocation } from '../../src/domain/location/add-location.ts';
import { forgetAnswers } from '../../src/domain/forget-answers.ts';
import { forgottenAnswers } from '../../src/workflow/sweeps/forgotten-answers.ts';
import { accepted, branch, openWorld, told } from './setup/world.ts';
import type { World } from './setup/world.ts';

const hour = 3_600_000;

let world: World;
let customerId: string;
beforeAll(async () => {
  world = await openWorld();
  customerId = await world.addCustomer(world.viewer);
});
afterEach(async () => {
  await world.context.database.idempotencyRecord.deleteMany();
});
afterAll(async () => {
  await world.close();
});

const add = (idempotencyKey: string, name: string) =>
  addLocation(world.context, world.viewer, { idempotencyKey, customerId, location: branch(name) });

const sweep = () => forgottenAnswers.removeSome(world.context.database, world.context.now());

const count = () => world.context.database.idempotencyRecord.count();

async function addOld(records: number): Promise<void> {
  const { partnerId } = world.viewer;
  const createdAt = new Date(world.context.now().getTime() - 48 * hour);
  await world.context.database.idempotencyRecord.createMany({
    data: Array.from({ length: records }, () => ({
      ...{ partnerId, key: randomUUID(), mutation: 'addLocation', inputHash: 'x', result: {}, createdAt },
    })),
  });
}

it('are the same to the last second of the day that was promised, and a little longer', async () => {
  const first = accepted(await add('for a day', 'Promised'));
  world.moveClock(24 * hour);
  expect(await sweep()).toBe(0);
  expect(accepted(await add('for a day', 'Promised'))).toEqual(first);
  expect(told(await add('for a day', 'Another'))).toEqual(['IDEMPOTENCY_MISMATCH idempotencyKey']);
});

it('are forgotten afterwards, and their keys may be used for something else', async () => {
  accepted(await add('used twice', 'Before'));
  world.moveClock(26 * hour);
  const first = accepted(await add('younger', 'Younger'));
  expect(await sweep()).toBe(1);
  accepted(await add('used twice', 'After'));
  expect(accepted(await add('younger', 'Younger'))).toEqual(first);
});

it('are forgotten a bounded number at a time, until none is left', async () => {
  await addOld(2_300);
  accepted(await add('kept', 'Kept'));
  const removed: number[] = [];
  while (removed.at(-1) !== 0) removed.push(await sweep());
  expect(removed).toEqual([1_000, 1_000, 300, 0]);
  expect(await count()).toBe(1);
});

it('are forgotten once by several processes at the same time', async () => {
  await addOld(1_500);
  const removed = await Promise.all([1, 2, 3].map(() => forgetAnswers(world.context.database, world.context.now())));
  expect(removed.reduce((sum, some) => sum + some, 0)).toBe(1_500 - (await count()));
});

it('are not missed by a call that comes while they are forgotten', async () => {
  const keys = Array.from({ length: 40 }, () => randomUUID());
  for (const key of keys) accepted(await add(key, `Old ${key}`));
  world.moveClock(26 * hour);
  const [calls] = await Promise.all([
    Promise.all(keys.map((key) => add(key, `New ${key}`))),
    Promise.all(keys.map(() => sweep())),
  ]);
  // Whoever came first was refused, whoever came later was served; nobody found a key without an answer.
  expect(
    calls.map(told).filter((codes) => codes.length > 0 && codes[0] !== 'IDEMPOTENCY_MISMATCH idempotencyKey'),
  ).toEqual([]);
});
