// Adding phone numbers to a location.

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addPhoneNumbers } from '../../../src/domain/phone-number/add-phone-numbers.ts';
import { accepted, openWorld, told } from '../setup/world.ts';
import type { World } from '../setup/world.ts';
import { addLocationRow, planOf } from '../user/support.ts';

describe('adding phone numbers', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  const add = (locationId: string, numbers: readonly string[], idempotencyKey: string = randomUUID()) =>
    addPhoneNumbers(world.context, world.viewer, { idempotencyKey, locationId, numbers });
  const many = (count: number) => Array.from({ length: count }, (_, index) => `+1217556${String(1_000 + index)}`);

  it('writes the numbers and accepts the operation that adds them', async () => {
    const customerId = await world.addCustomer(world.viewer);
    const locationId = await addLocationRow(world, customerId, 'Branch');
    const first = accepted(await add(locationId, ['+14155550142', '+1 (415) 555-0141'], 'once'));
    const rows = await world.context.database.phoneNumber.findMany({
      where: { customerId },
      orderBy: { number: 'asc' },
    });
    expect(rows.map(({ number, status, userId }) => [number, status, userId])).toEqual([
      ['+14155550141', 'PENDING', null],
      ['+14155550142', 'PENDING', null],
    ]);
    expect(first.phoneNumberIds).toEqual([rows[1]?.id, rows[0]?.id]);
    expect(await planOf(world, first.operationId)).toEqual([
      'ADD_PHONE_NUMBERS',
      ['ADD_PHONE_NUMBERS', ...first.phoneNumberIds],
    ]);
    expect(accepted(await add(locationId, ['+14155550142', '+14155550141'], 'once'))).toEqual(first);
  });

  it('tells everything that is wrong at once and writes nothing', async () => {
    const customerId = await world.addCustomer(world.viewer);
    await world.addNumber(customerId, '+14155550143');
    const locationId = await addLocationRow(world, customerId, 'Branch', 'ERROR');
    const refusal = await add(locationId, ['415', '+14155550143', '+14155550144', '+1 415 555 0144']);
    expect(told(refusal)).toEqual([
      'INVALID_FORMAT numbers.0',
      'DUPLICATE numbers.3',
      'INVALID_VALUE locationId',
      'NUMBER_UNAVAILABLE numbers.1',
    ]);
    expect(await world.context.database.phoneNumber.count({ where: { customerId } })).toBe(1);
  });

  it('takes 1 to 500 numbers in one call', async () => {
    const locationId = await addLocationRow(world, await world.addCustomer(world.viewer), 'Branch');
    expect(told(await add(locationId, []))).toEqual(['REQUIRED numbers']);
    expect(told(await add(locationId, many(501)))).toEqual(['TOO_MANY numbers']);
    expect(accepted(await add(locationId, many(500))).phoneNumberIds).toHaveLength(500);
  });

  it('gives a number to one of two customers that ask at once', async () => {
    const locations = await Promise.all(
      [1, 2].map(async () => addLocationRow(world, await world.addCustomer(world.viewer), 'Branch')),
    );
    const answers = await Promise.all(locations.map((locationId) => add(locationId, ['+14155550145'])));
    expect(answers.map(told).sort()).toEqual([[], ['NUMBER_UNAVAILABLE numbers.0']]);
  });

  it('refuses foreign and missing locations alike, and unfinished customers', async () => {
    const foreign = await world.addCustomer(await world.addPartner('other'));
    expect(told(await add(await addLocationRow(world, foreign, 'Branch'), ['+14155550146']))).toEqual([
      'NOT_FOUND locationId',
    ]);
    expect(told(await add(randomUUID(), ['+14155550146']))).toEqual(['NOT_FOUND locationId']);
    const unfinished = await world.addCustomer(world.viewer, { status: 'ERROR' });
    expect(told(await add(await addLocationRow(world, unfinished, 'Branch'), ['+14155550146']))).toEqual([
      'CUSTOMER_NOT_PROVISIONED locationId',
    ]);
  });
});
