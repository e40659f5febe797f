// Roles of users at the platform: assigned once, replaced, taken away.

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OrganizationRole } from '../../src/database/generated/enums.ts';
import { assignOrganizationRoles } from '../../src/domain/user/assign-roles.ts';
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

async function assign(userId: string, roles: OrganizationRole[]) {
  const { operationId } = accepted(
    await assignOrganizationRoles(office.context, office.viewer, { idempotencyKey: randomUUID(), userId, roles }),
  );
  return office.bench.ended(operationId ?? '');
}
const rolesOf = async (id: string) => (await office.bench.database.user.findUniqueOrThrow({ where: { id } })).roles;
const timesAssigned = () => office.bench.sandbox.requestCount('roles-assigned');

describe('assigning roles', () => {
  it('S11: replaces the roles of a user, and does nothing where they are right already', async () => {
    const { userId } = await office.addUser();
    const before = await timesAssigned();
    expect(await assign(userId, ['SUPPORT_ADMIN', 'DEVICE_ADMIN'])).toMatchObject({
      kind: 'ASSIGN_ROLES',
      status: 'SUCCEEDED',
    });
    expect(await rolesOf(userId)).toEqual(['DEVICE_ADMIN', 'SUPPORT_ADMIN']);
    await assign(userId, ['DEVICE_ADMIN', 'SUPPORT_ADMIN']);
    expect((await timesAssigned()) - before).toBe(1);
    await assign(userId, []);
    expect(await rolesOf(userId)).toEqual([]);
    expect((await timesAssigned()) - before).toBe(2);
  });

  it('assigns once though the answer was lost', async () => {
    const { userId } = await office.addUser();
    const before = await timesAssigned();
    await office.bench.sandbox.setFaults([{ method: 'PUT', path: '/v1/people/*', kind: 'reset-after', remaining: 1 }]);
    expect((await assign(userId, ['FULL_ADMIN'])).status).toBe('SUCCEEDED');
    expect(await rolesOf(userId)).toEqual(['FULL_ADMIN']);
    expect((await timesAssigned()) - before).toBe(1);
  });

  it('fails, and leaves the roles, where the platform does not know the person', async () => {
    const { userId } = await office.addUser();
    await office.bench.database.user.update({ where: { id: userId }, data: { personId: 'nobody' } });
    expect(await assign(userId, ['FULL_ADMIN'])).toMatchObject({ status: 'FAILED', nextAction: 'CORRECT_AND_RETRY' });
    expect(await rolesOf(userId)).toEqual([]);
  });
});
