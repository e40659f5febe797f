// A customer that is provisioned on the sandbox platform, and single changes to it carried through to their end.

import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { createSeedTemplate } from '../../../prisma/seed.ts';
import { provisionCustomer } from '../../../src/domain/customer/provision-customer.ts';
import type { Outcome } from '../../../src/domain/outcome.ts';
import { provisionUser } from '../../../src/domain/user/provision-user.ts';
import type { ProvisionUserInput } from '../../../src/domain/user/provision-user.ts';
import { openWorkbench } from '../../support/workbench.ts';

export async function openOffice() {
  const bench = await openWorkbench();
  const viewer = await bench.viewer('acme');
  const { context } = bench;
  const provisioningId = await createSeedTemplate(context, viewer, {
    name: 'Template',
    countryCode: 'US',
    brandName: 'Acme',
  });
  const mark = randomUUID().slice(0, 8);
  let count = 0;

  const created = accepted(
    await provisionCustomer(context, viewer, {
      idempotencyKey: mark,
      provisioningId,
      externalId: mark,
      packages: [{ package: 'WEBEX_CALLING' }, { package: 'WEBEX_MEETINGS' }],
      billingAddress: place('Headquarters').address,
      customerInformation: { companyName: 'Office', adminEmail: `owner@${mark}.example` },
      headquarters: place('Headquarters'),
    }),
  );
  const customerId = created.customerId ?? '';
  expect(await bench.ended(created.operationId ?? '')).toMatchObject({ status: 'SUCCEEDED' });
  const headquarters = await context.database.location.findFirstOrThrow({ where: { customerId } });

  /** A calling user with an extension unless told otherwise. */
  async function beginUser(overrides: Partial<ProvisionUserInput> = {}) {
    const index = count++;
    const { userId, operationId } = accepted(
      await provisionUser(context, viewer, {
        idempotencyKey: randomUUID(),
        customerId,
        firstName: 'User',
        lastName: 'Winter',
        email: `user${index}@${mark}.example`,
        package: 'WEBEX_CALLING',
        extension: String(3_000 + index),
        ...overrides,
      }),
    );
    return { userId: userId ?? '', operationId: operationId ?? '' };
  }

  return {
    bench,
    context,
    viewer,
    mark,
    customerId,
    headquartersId: headquarters.id,
    newNumber: () => `+1217555${String(1_001 + count++)}`,
    beginUser,
    /** As beginUser; answers when the operation has ended. */
    async addUser(overrides: Partial<ProvisionUserInput> = {}) {
      const { userId, operationId } = await beginUser(overrides);
      return { userId, operation: await bench.ended(operationId) };
    },
    /** What the platform did more than once. */
    async repeatedEffects() {
      const effects = Object.values(await bench.sandbox.effects()).flat();
      expect(effects.length).toBeGreaterThan(0);
      return effects.filter((effect) => effect.count !== 1);
    },
  };
}

export type Office = Awaited<ReturnType<typeof openOffice>>;

export function place(name: string) {
  return {
    name,
    address: {
      addressLine1: '1 Mill Lane',
      city: 'Springfield',
      stateOrProvince: 'IL',
      zipOrPostalCode: '62701',
      countryCode: 'US',
    },
    timeZone: 'America/Chicago',
    language: 'en_us',
  };
}

export function accepted<T>({ value, problems }: Outcome<T>): T {
  expect(problems).toEqual([]);
  if (value === null) throw new Error('the command answered nothing');
  return value;
}
