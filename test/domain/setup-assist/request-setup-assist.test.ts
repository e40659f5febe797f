// Asking for Cisco's onboarding service.

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requestSetupAssist } from '../../../src/domain/setup-assist/request-setup-assist.ts';
import type { RequestSetupAssistInput } from '../../../src/domain/setup-assist/request-setup-assist.ts';
import { accepted, openWorld, told } from '../setup/world.ts';
import type { World } from '../setup/world.ts';
import { addLocationRow } from '../user/support.ts';

describe('S12: asking for Setup Assist', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  const ask = (customerId: string, locationId: string, overrides: Partial<RequestSetupAssistInput> = {}) =>
    requestSetupAssist(world.context, world.viewer, {
      customerId,
      locationId,
      contactEmail: 'Help@Blue.example',
      ...overrides,
    });
  const load = (id: string) => world.context.database.setupAssistRequest.findUniqueOrThrow({ where: { id } });

  it.each([
    [0, 'EXPRESS'],
    [25, 'EXPRESS'],
    [26, 'STANDARD'],
  ])('orders for %i users at the location %s', async (users, sku) => {
    const customerId = await world.addCustomer(world.viewer);
    const locationId = await addLocationRow(world, customerId, 'Branch');
    await world.context.database.user.createMany({
      data: Array.from({ length: users }, (_, index) => ({
        partnerId: world.viewer.partnerId,
        customerId,
        locationId,
        firstName: 'User',
        lastName: 'Winter',
        email: `user${index}@blue.example`,
        package: 'WEBEX_CALLING' as const,
      })),
    });
    await world.addUser(customerId, { email: 'elsewhere@blue.example' });
    const { requestId } = accepted(await ask(customerId, locationId, { notes: ' Ring twice\nthen wait ' }));
    expect(await load(requestId)).toMatchObject({
      sku,
      customerId,
      locationId,
      contactEmail: 'help@blue.example',
      notes: 'Ring twice\nthen wait',
      requestedAt: world.context.now(),
    });
  });

  it('tells everything that is wrong at once and writes nothing', async () => {
    const customerId = await world.addCustomer(world.viewer, { status: 'PROVISIONING' });
    const elsewhere = await addLocationRow(world, await world.addCustomer(world.viewer), 'Branch');
    expect(told(await ask(customerId, elsewhere, { contactEmail: 'nobody', notes: 'x'.repeat(2_001) }))).toEqual([
      'INVALID_FORMAT contactEmail',
      'TOO_LONG notes',
      'CUSTOMER_NOT_PROVISIONED customerId',
      'NOT_FOUND locationId',
    ]);
    expect(told(await ask(customerId, elsewhere, { notes: 'a\u0000b' }))).toContain('INVALID_FORMAT notes');
    expect(await world.context.database.setupAssistRequest.count({ where: { customerId } })).toBe(0);
  });

  it('refuses foreign and missing customers alike', async () => {
    const foreign = await world.addCustomer(await world.addPartner('other'));
    const locationId = await addLocationRow(world, foreign, 'Branch');
    expect(told(await ask(foreign, locationId))).toEqual(['NOT_FOUND customerId']);
    expect(told(await ask(randomUUID(), locationId))).toEqual(['NOT_FOUND customerId']);
  });
});
