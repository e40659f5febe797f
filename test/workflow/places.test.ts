// Locations and numbers without the wizard, behind the API: once at the platform, also when an answer was lost.

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addLocation } from '../../src/domain/location/add-location.ts';
import { addPhoneNumbers } from '../../src/domain/phone-number/add-phone-numbers.ts';
import { accepted, openOffice, place } from './support/office.ts';
import type { Office } from './support/office.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(async () => {
  await office.bench.close();
});
beforeEach(async () => {
  await office.bench.sandbox.setFaults([]);
});

async function addBranch(name: string) {
  const { locationId, operationId } = accepted(
    await addLocation(office.context, office.viewer, {
      idempotencyKey: randomUUID(),
      customerId: office.customerId,
      location: place(name),
    }),
  );
  return { locationId, operation: await office.bench.ended(operationId) };
}

async function addNumbers(locationId: string, numbers: readonly string[]) {
  const { operationId } = accepted(
    await addPhoneNumbers(office.context, office.viewer, { idempotencyKey: randomUUID(), locationId, numbers }),
  );
  return office.bench.ended(operationId);
}

describe('places without the wizard', () => {
  it('creates a location with its numbers, and a user who has one of them', async () => {
    const { locationId, operation } = await addBranch('Chicago');
    expect(operation).toMatchObject({ kind: 'CREATE_LOCATION', status: 'SUCCEEDED' });
    const numbers = [office.newNumber(), office.newNumber()];
    expect(await addNumbers(locationId, numbers)).toMatchObject({ kind: 'ADD_PHONE_NUMBERS', status: 'SUCCEEDED' });
    const { operation: creation } = await office.addUser({ locationId, phoneNumber: numbers[0] });
    expect(creation.steps.map(({ kind, status }) => [kind, status])).toEqual([
      ['CREATE_USERS', 'SUCCEEDED'],
      ['ASSIGN_PHONE_NUMBERS', 'SUCCEEDED'],
    ]);
    const row = await office.bench.database.location.findUniqueOrThrow({ where: { id: locationId } });
    expect(row).toMatchObject({ status: 'PROVISIONED', platformId: expect.any(String) as string });
    expect(await office.repeatedEffects()).toEqual([]);
  });

  it('does neither twice though the answers were lost', async () => {
    await office.bench.sandbox.setFaults([
      { method: 'POST', path: '/v1/locations', kind: 'reset-after', remaining: 1 },
      { method: 'POST', path: '/v1/telephony/config/locations/*/numbers', kind: 'reset-after', remaining: 1 },
    ]);
    const { locationId, operation } = await addBranch('Peoria');
    expect(operation.status).toBe('SUCCEEDED');
    expect((await addNumbers(locationId, [office.newNumber()])).status).toBe('SUCCEEDED');
    expect(await office.repeatedEffects()).toEqual([]);
  });

  it('tells which number the platform does not have, and adds the others', async () => {
    const good = office.newNumber();
    const operation = await addNumbers(office.headquartersId, [good, '+12175570000']);
    expect(operation).toMatchObject({ status: 'PARTIALLY_SUCCEEDED', nextAction: 'CORRECT_AND_RETRY' });
    const rows = await office.bench.database.phoneNumber.findMany({
      where: { number: { in: [good, '+12175570000'] } },
      orderBy: { status: 'asc' },
    });
    expect(rows.map(({ number, status }) => [number, status])).toEqual([
      [good, 'PROVISIONED'],
      ['+12175570000', 'ERROR'],
    ]);
  });
});
