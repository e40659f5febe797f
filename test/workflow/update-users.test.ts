// Users with another package at the platform, and users who are what they were because the platform refused.

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { updateUser } from '../../src/domain/user/update-user.ts';
import type { UpdateUserInput } from '../../src/domain/user/update-user.ts';
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

async function update(userId: string, wishes: Partial<UpdateUserInput>) {
  const { operationId } = accepted(
    await updateUser(office.context, office.viewer, { idempotencyKey: randomUUID(), userId, ...wishes }),
  );
  return office.bench.ended(operationId ?? '');
}
const rowOf = (id: string) =>
  office.bench.database.user.findUniqueOrThrow({ where: { id }, include: { phoneNumber: true } });
const platform = () => office.bench.platform.forPartner({ slug: 'acme' });
const packageAtPlatform = async (userId: string) =>
  (await platform().getUser((await rowOf(userId)).platformId ?? ''))?.package;

describe('changing a user', () => {
  it('lets a Meetings user call, with a new number, and not any more', async () => {
    const phoneNumber = office.newNumber();
    const { userId } = await office.addUser({ package: 'WEBEX_MEETINGS', extension: null });
    const begun = await update(userId, { package: 'WEBEX_CALLING', phoneNumber, extension: '4001' });
    expect(begun.steps.map(({ kind, status }) => [kind, status])).toEqual([
      ['ADD_PHONE_NUMBERS', 'SUCCEEDED'],
      ['UPDATE_USERS', 'SUCCEEDED'],
      ['ASSIGN_PHONE_NUMBERS', 'SUCCEEDED'],
    ]);
    expect(await rowOf(userId)).toMatchObject({
      status: 'PROVISIONED',
      package: 'WEBEX_CALLING',
      extension: '4001',
      phoneNumber: { number: phoneNumber, status: 'PROVISIONED' },
    });
    expect(await packageAtPlatform(userId)).toBe('WEBEX_CALLING');

    expect((await update(userId, { package: 'WEBEX_MEETINGS' })).status).toBe('SUCCEEDED');
    expect(await rowOf(userId)).toMatchObject({ package: 'WEBEX_MEETINGS', extension: null, phoneNumber: null });
    expect(await packageAtPlatform(userId)).toBe('WEBEX_MEETINGS');
    expect(await office.repeatedEffects()).toEqual([]);
  });

  it('asks once where the answer was lost: it looks, and finds it done', async () => {
    const { userId } = await office.addUser({ package: 'WEBEX_MEETINGS', extension: null });
    const since = await office.bench.sandbox.requestCount('subscriber-updated');
    await office.bench.sandbox.setFaults([
      { method: 'PUT', path: '/v1/wholesale/subscribers/*', kind: 'reset-after', remaining: 1 },
    ]);
    expect((await update(userId, { package: 'WEBEX_CALLING', extension: '4002' })).status).toBe('SUCCEEDED');
    expect(await rowOf(userId)).toMatchObject({ status: 'PROVISIONED', package: 'WEBEX_CALLING' });
    expect((await office.bench.sandbox.requestCount('subscriber-updated')) - since).toBe(1);
  });

  it('puts everything back where the platform refuses, and can be tried again', async () => {
    const { userId } = await office.addUser({ package: 'WEBEX_MEETINGS', extension: null });
    const refused = await update(userId, { package: 'WEBEX_CALLING', phoneNumber: '+12175580000' });
    expect(refused.steps.map(({ kind, status }) => [kind, status])).toEqual([
      ['ADD_PHONE_NUMBERS', 'FAILED'],
      ['UPDATE_USERS', 'FAILED'],
      ['ASSIGN_PHONE_NUMBERS', 'FAILED'],
    ]);
    expect(await rowOf(userId)).toMatchObject({
      status: 'ERROR',
      package: 'WEBEX_MEETINGS',
      phoneNumber: null,
      errors: [{ code: 'NUMBER_UNAVAILABLE' }],
    });
    expect(await packageAtPlatform(userId)).toBe('WEBEX_MEETINGS');

    expect((await update(userId, { package: 'WEBEX_CALLING', extension: '4003' })).status).toBe('SUCCEEDED');
    expect(await rowOf(userId)).toMatchObject({ status: 'PROVISIONED', package: 'WEBEX_CALLING', errors: [] });
  });

  it('fails where the platform does not know the user any more', async () => {
    const { userId } = await office.addUser();
    const { platformId } = await rowOf(userId);
    await platform().removeUser(platformId ?? '');
    expect((await update(userId, { package: 'WEBEX_MEETINGS' })).status).toBe('FAILED');
    const row = await rowOf(userId);
    expect(row).toMatchObject({
      status: 'ERROR',
      package: 'WEBEX_CALLING',
      errors: [{ code: 'USER_NOT_PROVISIONED' }],
    });
    expect(row.extension).not.toBeNull();
  });
});
