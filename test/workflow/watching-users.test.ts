// Users who have to answer a mail are watched together: the platform is asked who has changed since the last look. When that was
// is in our clock, and the platform goes by its own: here both are turned together, unless a test is about their difference.

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { provisionUser } from '../../src/domain/user/provision-user.ts';
import { ownLookEvery } from '../../src/workflow/watching/batch.ts';
import { waitFor } from '../support/wait-for.ts';
import { openWorkbench } from '../support/workbench.ts';
import type { Workbench } from '../support/workbench.ts';
import { accepted, customersOf } from './support/customers.ts';
import type { Customers } from './support/customers.ts';

let bench: Workbench;
let customers: Customers;
let customerId: string;
beforeAll(async () => {
  bench = await openWorkbench({ watches: false });
  customers = await customersOf(bench);
  const made = await customers.provision({ packages: [{ package: 'WEBEX_CALLING' }, { package: 'WEBEX_MEETINGS' }] });
  customerId = made.customerId;
  await waitFor(async () => {
    await pass(1_000);
    await bench.lookOnce();
    const { status } = await bench.database.provisioningOperation.findUniqueOrThrow({
      where: { id: made.operationId },
    });
    return status === 'SUCCEEDED';
  });
});
afterAll(async () => {
  await bench.close();
});

/** Here and at the platform. */
async function pass(byMs: number): Promise<void> {
  await bench.sandbox.turnClock(byMs);
  bench.turnClock(byMs);
}

interface Asked {
  readonly email: string;
  readonly operationId: string;
}

/** So many users with a free account, each in an operation of its own that sleeps until the mail is answered. */
async function askUsers(count: number): Promise<Asked[]> {
  const watched = await bench.database.platformWatch.count();
  const asked = await Promise.all(
    Array.from({ length: count }, async () => {
      const email = `user-${randomUUID()}@consumer.example`;
      const { operationId } = accepted(
        await provisionUser(bench.context, customers.viewer, {
          idempotencyKey: randomUUID(),
          customerId,
          firstName: 'User',
          lastName: 'Winter',
          email,
          package: 'WEBEX_MEETINGS',
        }),
      );
      return { email, operationId: operationId ?? '' };
    }),
  );
  await waitFor(async () => (await bench.database.platformWatch.count()) === watched + count);
  return asked;
}

async function approve({ email }: Asked): Promise<void> {
  const [mail] = await bench.sandbox.mails(email);
  await bench.sandbox.answer(mail?.consentToken ?? '', 'APPROVE');
}

it('users of one organisation who have to answer a mail cost one request a look, and only who has answered is woken', async () => {
  const users = await askUsers(12);
  await pass(2_000);
  const before = (await bench.sandbox.requests()).length;
  await bench.lookOnce();
  const asked = (await bench.sandbox.requests()).slice(before);
  expect(asked).toHaveLength(1);
  expect(asked[0]).toMatch(/^GET \/v1\/wholesale\/subscribers\?customerId=[^&]+&max=100&lastStatusChange=/);

  const [, decided] = users;
  if (!decided) throw new Error('nobody was asked');
  await approve(decided);
  await pass(2_000);
  await bench.lookOnce();
  expect(await bench.ended(decided.operationId)).toMatchObject({ status: 'SUCCEEDED' });
  expect(await bench.database.platformWatch.count()).toBe(11);
});

it('users whose answers the list leaves out, the clocks being apart, are found by a look of their own', async () => {
  const [user] = await askUsers(1);
  if (!user) throw new Error('nobody was asked');
  bench.turnClock(86_400_000);
  await bench.lookOnce();
  await approve(user);
  for (let looks = 1; looks < ownLookEvery; looks++) {
    bench.turnClock(300_000);
    await bench.lookOnce();
  }
  expect(await bench.ended(user.operationId)).toMatchObject({ status: 'SUCCEEDED' });
});
