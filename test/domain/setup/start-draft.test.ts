// Which customers the set-up wizard opens for.

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSetupDraft } from '../../../src/domain/setup/start-draft.ts';
import { openWorld, startOfTest, told } from './world.ts';
import type { World } from './world.ts';

describe('starting the set-up wizard', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  const start = (customerId: string) => startSetupDraft(world.context, world.viewer, { customerId });

  it('opens an empty draft at its first step', async () => {
    const draft = await world.loadDraft(await world.startDraft(await world.addCustomer(world.viewer)));
    expect(draft).toMatchObject({
      version: 1,
      status: 'OPEN',
      currentStep: 'LOCATIONS',
      savedSteps: [],
      locations: [],
      users: [],
      createdBy: 'acme-operator',
      createdAt: startOfTest,
      expiresAt: new Date(startOfTest.getTime() + world.context.draftLifetimeMs),
    });
    expect(draft.steps).toEqual(
      ['LOCATIONS', 'USERS', 'PHONE_NUMBERS', 'REVIEW'].map((step) => ({ step, state: 'PENDING', issues: [] })),
    );
  });

  it.each(['PROVISIONED', 'PROVISIONED_WITH_ERRORS'] as const)('S1: takes a customer that is %s', async (status) => {
    expect(told(await start(await world.addCustomer(world.viewer, { status })))).toEqual([]);
  });

  it.each([
    'AWAITING_CONSENT',
    'PROVISIONING',
    'PENDING_COMPLIANCE_REVIEW',
    'UPDATING',
    'DELETING',
    'DELETED',
    'ERROR',
  ] as const)('S1: refuses a customer that is %s and says so', async (status) => {
    const outcome = await start(await world.addCustomer(world.viewer, { status }));
    expect(told(outcome)).toEqual(['CUSTOMER_NOT_PROVISIONED customerId']);
    expect(outcome.problems[0]?.message).toContain(status);
    expect(outcome.value).toBeNull();
  });

  it("A12: refuses the partner's own organisation", async () => {
    const outcome = await start(await world.addCustomer(world.viewer, { isPartnerOwnOrganization: true }));
    expect(told(outcome)).toEqual(['PARTNER_OWN_ORGANIZATION_API_ONLY customerId']);
  });

  it('refuses a customer while another operation of it has not ended', async () => {
    const customerId = await world.addCustomer(world.viewer);
    const operation = await world.context.database.provisioningOperation.create({
      data: {
        partnerId: world.viewer.partnerId,
        customerId,
        kind: 'UPDATE_CUSTOMER',
        status: 'WAITING',
        correlationId: 'c',
        requestedBy: 'x',
      },
    });
    expect(told(await start(customerId))).toEqual(['CUSTOMER_BUSY customerId']);
    await world.context.database.provisioningOperation.update({
      where: { id: operation.id },
      data: { status: 'FAILED' },
    });
    expect(told(await start(customerId))).toEqual([]);
  });

  it("does not tell another partner's customer from one that does not exist", async () => {
    const foreign = await start(await world.addCustomer(await world.addPartner('nordic')));
    expect(told(foreign)).toEqual(['NOT_FOUND customerId']);
    expect(foreign).toEqual(await start(randomUUID()));
  });
});
