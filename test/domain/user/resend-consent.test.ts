// Asking a user again to move a free account: who can be asked, and what a failure of the platform is told as.

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UserStatus } from '../../../src/database/generated/enums.ts';
import { resendUserConsent } from '../../../src/domain/user/resend-consent.ts';
import { PlatformFailure } from '../../../src/platform/failure.ts';
import { accepted, openWorld, told } from '../setup/world.ts';
import type { World } from '../setup/world.ts';

describe('asking a user again', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  async function addUser(status: UserStatus = 'AWAITING_USER_CONSENT', owner = world.viewer) {
    const userId = await world.addUser(await world.addCustomer(owner), { email: 'ada@blue.example' });
    await world.context.database.user.update({ where: { id: userId }, data: { status, platformId: 'there' } });
    return userId;
  }

  /** @param failure What the platform answers with; nothing: it sends the mail. */
  async function resend(userId: string, failure?: Error) {
    const asked: unknown[] = [];
    const directory = {
      ...world.context.directory,
      async resendUserConsent(...question: unknown[]) {
        asked.push(question);
        if (failure) throw failure;
      },
    };
    const outcome = await resendUserConsent({ ...world.context, directory }, world.viewer, { userId });
    return { outcome, asked };
  }

  it('has the platform send the mail', async () => {
    const userId = await addUser();
    const { outcome, asked } = await resend(userId);
    expect(accepted(outcome)).toEqual({ userId });
    expect(asked).toEqual([['acme', 'there']]);
  });

  it('asks nobody who is not waiting to answer', async () => {
    for (const status of ['PENDING', 'PROVISIONED', 'ERROR'] as const) {
      const { outcome, asked } = await resend(await addUser(status));
      expect(told(outcome)).toEqual(['USER_NOT_AWAITING_CONSENT userId']);
      expect(asked).toEqual([]);
    }
  });

  it('refuses foreign and missing users alike', async () => {
    const foreign = await addUser('AWAITING_USER_CONSENT', await world.addPartner('other'));
    expect(told((await resend(foreign)).outcome)).toEqual(['NOT_FOUND userId']);
    expect(told((await resend(randomUUID())).outcome)).toEqual(['NOT_FOUND userId']);
  });

  it.each([
    ['rejected', 'PLATFORM_REJECTED'],
    ['busy', 'PLATFORM_UNAVAILABLE'],
    ['unknown', 'PLATFORM_UNAVAILABLE'],
  ] as const)('tells a failure that is %s as %s', async (kind, code) => {
    const userId = await addUser();
    const failure = new PlatformFailure({ kind, message: 'No.', platformCode: '4711', trackingId: 'track' });
    const { outcome } = await resend(userId, failure);
    expect(outcome.value).toEqual({ userId });
    expect(outcome.problems).toMatchObject([{ code, path: ['userId'], platformCode: '4711', trackingId: 'track' }]);
  });

  it('hides no other failure', async () => {
    await expect(resend(await addUser(), new Error('a bug'))).rejects.toThrow('a bug');
  });
});
