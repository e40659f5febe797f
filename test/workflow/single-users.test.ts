// Users one by one, behind the API: what the sandbox platform sees of it, once, whatever is lost on the way.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addPhoneNumbers } from '../../src/domain/phone-number/add-phone-numbers.ts';
import { accepted, openOffice } from './support/office.ts';
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

const rowOf = (userId: string) =>
  office.bench.database.user.findUnique({ where: { id: userId }, include: { phoneNumber: true } });

describe('provisioning a user', () => {
  it('creates the user with a new number, each once', async () => {
    const phoneNumber = office.newNumber();
    const { userId, operation } = await office.addUser({ phoneNumber });
    expect(operation).toMatchObject({ kind: 'CREATE_USER', status: 'SUCCEEDED', nextAction: 'NONE' });
    expect(operation.steps.map(({ kind }) => kind)).toEqual([
      'ADD_PHONE_NUMBERS',
      'CREATE_USERS',
      'ASSIGN_PHONE_NUMBERS',
    ]);
    expect(await rowOf(userId)).toMatchObject({ status: 'PROVISIONED', phoneNumber: { status: 'PROVISIONED' } });
    expect(await office.repeatedEffects()).toEqual([]);
  });

  it('creates the user once though the answer was lost', async () => {
    await office.bench.sandbox.setFaults([
      { method: 'POST', path: '/v1/wholesale/subscribers', kind: 'reset-after', remaining: 1 },
    ]);
    const { userId, operation } = await office.addUser();
    expect(operation.status).toBe('SUCCEEDED');
    expect(await rowOf(userId)).toMatchObject({ status: 'PROVISIONED' });
    expect(await office.repeatedEffects()).toEqual([]);
  });

  it('succeeds though another operation adds the same number at the same moment', async () => {
    const { bench, context, viewer, headquartersId: locationId } = office;
    const phoneNumber = office.newNumber();
    // Both have looked, and found the number missing, before either has added it.
    await bench.sandbox.setFaults([{ method: 'POST', path: '/v1/telephony', kind: 'latency', latencyMs: 800 }]);
    const added = accepted(
      await addPhoneNumbers(context, viewer, { idempotencyKey: phoneNumber, locationId, numbers: [phoneNumber] }),
    );
    const { userId, operation } = await office.addUser({ phoneNumber });
    expect(operation.status).toBe('SUCCEEDED');
    expect((await bench.ended(added.operationId)).status).toBe('SUCCEEDED');
    expect(await rowOf(userId)).toMatchObject({
      status: 'PROVISIONED',
      phoneNumber: { status: 'PROVISIONED', errors: [] },
    });
    expect(await office.repeatedEffects()).toEqual([]);
  });
});
