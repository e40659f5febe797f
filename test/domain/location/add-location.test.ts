// Adding one location without the wizard.

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocationInput } from '../../../src/domain/address.ts';
import { addLocation } from '../../../src/domain/location/add-location.ts';
import { accepted, branch, openWorld, site, told } from '../setup/world.ts';
import type { World } from '../setup/world.ts';
import { eventsOf, planOf } from '../user/support.ts';

describe('adding a location', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  const add = (customerId: string, location: LocationInput, idempotencyKey: string = randomUUID()) =>
    addLocation(world.context, world.viewer, { idempotencyKey, customerId, location });
  const count = (customerId: string) => world.context.database.location.count({ where: { customerId } });

  it('writes a branch and accepts the operation that creates it', async () => {
    const customerId = await world.addCustomer(world.viewer, { isPartnerOwnOrganization: true });
    const { locationId, operationId } = accepted(await add(customerId, branch('Berlin'), 'once'));
    expect(await world.context.database.location.findUniqueOrThrow({ where: { id: locationId } })).toMatchObject({
      ...site('Berlin'),
      kind: 'BRANCH',
      status: 'PENDING',
    });
    expect(await planOf(world, operationId)).toEqual(['CREATE_LOCATION', ['CREATE_LOCATIONS', locationId]]);
    expect(await eventsOf(world, customerId)).toEqual(['OPERATION_ACCEPTED']);
    expect(accepted(await add(customerId, branch('Berlin '), 'once'))).toEqual({ locationId, operationId });
    expect(await count(customerId)).toBe(2);
  });

  it('tells everything that is wrong at once and writes nothing', async () => {
    const customerId = await world.addCustomer(world.viewer);
    const location = { ...branch('HEADQUARTERS', { stateOrProvince: null, addressLine1: '' }), timeZone: 'Nowhere' };
    expect(told(await add(customerId, location, ' '))).toEqual([
      'REQUIRED idempotencyKey',
      'REQUIRED location.address.addressLine1',
      'STATE_REQUIRED location.address.stateOrProvince',
      'TIME_ZONE_UNSUPPORTED location.timeZone',
      'DUPLICATE location.name',
    ]);
    expect(await count(customerId)).toBe(1);
  });

  it('refuses foreign, missing and unfinished customers', async () => {
    const foreign = await world.addCustomer(await world.addPartner('other'));
    expect(told(await add(foreign, branch('Berlin')))).toEqual(['NOT_FOUND customerId']);
    expect(told(await add(randomUUID(), branch('Berlin')))).toEqual(['NOT_FOUND customerId']);
    const unfinished = await world.addCustomer(world.viewer, { status: 'PROVISIONING' });
    expect(told(await add(unfinished, branch('Berlin')))).toEqual(['CUSTOMER_NOT_PROVISIONED customerId']);
  });
});
