// A status is moved along an arrow of its table or not at all: every pair of statuses is tried on a row.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/database/client.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import type { Transaction } from '../../src/database/transaction.ts';
import { changeConsentStatus, consentTransitions } from '../../src/domain/customer/change-consent.ts';
import { changeCustomerStatus, changePackageStatus } from '../../src/domain/customer/change-status.ts';
import { customerTransitions, packageTransitions } from '../../src/domain/customer/status.ts';
import { changeLocationStatus, locationTransitions } from '../../src/domain/location/change-status.ts';
import { moveOperation, moveStep } from '../../src/domain/operation/move.ts';
import { operationTransitions, stepTransitions } from '../../src/domain/operation/status.ts';
import { changeTemplateStatus, templateTransitions } from '../../src/domain/template/change-status.ts';
import { changeUserStatus, changeUsersStatus, userTransitions } from '../../src/domain/user/change-status.ts';
import { openWorld } from './setup/world.ts';
import type { World } from './setup/world.ts';

let world: World;
let database: Database;
let customerId: string;
let userId: string;
let locationId: string;
let consentId: string;
let operationId: string;
let stepId: string;
let templateId: string;

const now = new Date('2026-03-01T09:00:00.000Z');
const none = { errors: [], warnings: [] };

beforeAll(async () => {
  world = await openWorld();
  ({ database } = world.context);
  const { partnerId } = world.viewer;
  customerId = await world.addCustomer(world.viewer);
  userId = await world.addUser(customerId, { email: 'ada@blue.example' });
  const operation = await database.provisioningOperation.create({
    data: {
      partnerId,
      customerId,
      kind: 'ATTACH_CUSTOMER',
      input: {},
      correlationId: '00000000-0000-4000-8000-000000000001',
      requestedBy: 'somebody',
      acceptedAt: now,
      steps: { create: { position: 0, kind: 'OBTAIN_CONSENT', totalItems: 1 } },
    },
    include: { steps: true },
  });
  operationId = operation.id;
  stepId = operation.steps[0]?.id ?? '';
  locationId = (await database.location.findFirstOrThrow({ where: { customerId } })).id;
  const consent = { partnerId, customerId, operationId, reasons: [], sentTo: [], requestedAt: now, expiresAt: now };
  consentId = (await database.attachConsent.create({ data: consent })).id;
  const admin = await database.serviceProviderAdmin.create({ data: { partnerId, name: 'A', email: 'a@b.example' } });
  const subscription = await database.wholesaleSubscription.create({ data: { partnerId, name: 'S', number: 'Sub1' } });
  const template = await database.onboardingTemplate.create({
    data: {
      partnerId,
      name: 'Moved',
      offer: 'WEBEX_FOR_WHOLESALE',
      countryCode: 'US',
      serviceProviderAdminId: admin.id,
      wholesaleSubscriptionId: subscription.id,
      authenticationMethod: 'WEBEX',
      restrictAdminInviteEmails: false,
      disableCallOnWebex: false,
      createdBy: 'somebody',
      createdAt: now,
    },
  });
  templateId = template.id;
});
afterAll(() => world.close());

const code = 'WEBEX_CALLING';

/**
 * @param put Brings the row to a status, whatever it was.
 * @param move What is tested.
 * @param read The row's status afterwards.
 */
function describeMoves<Status extends string>(
  noun: string,
  transitions: Record<Status, readonly Status[]>,
  statuses: readonly Status[],
  moves: {
    put: (status: Status) => Promise<unknown>;
    move: (transaction: Transaction, from: Status, to: Status) => Promise<unknown>;
    read: () => Promise<{ status: Status }>;
  },
): void {
  describe(noun, () => {
    it.each(statuses)(`moves from %s along its arrows only`, async (from) => {
      for (const to of statuses.filter((status) => status !== from)) {
        await moves.put(from);
        const moved = inTransaction(database, (transaction) => moves.move(transaction, from, to));
        if (transitions[from].includes(to)) await moved;
        else await expect(moved, `${from} -> ${to}`).rejects.toThrow(`cannot go from ${from} to ${to}`);
        const { status } = await moves.read();
        expect([from, status]).toEqual([from, transitions[from].includes(to) ? to : from]);
      }
    });
  });
}

function statusesOf<Status extends string>(transitions: Record<Status, readonly Status[]>): Status[] {
  const isStatus = (key: string): key is Status => key in transitions;
  return Object.keys(transitions).filter(isStatus);
}

describeMoves('a customer', customerTransitions, statusesOf(customerTransitions), {
  put: (status) => database.customer.update({ where: { id: customerId }, data: { status } }),
  move: (transaction, _from, to) => changeCustomerStatus(transaction, customerId, to),
  read: () => database.customer.findUniqueOrThrow({ where: { id: customerId } }),
});

describeMoves('a package', packageTransitions, statusesOf(packageTransitions), {
  put: (status) => database.customerPackage.updateMany({ where: { customerId, code }, data: { status } }),
  move: (transaction, _from, to) => changePackageStatus(transaction, customerId, code, to, none),
  read: () => database.customerPackage.findFirstOrThrow({ where: { customerId, code } }),
});

describeMoves('a user', userTransitions, statusesOf(userTransitions), {
  put: (status) => database.user.update({ where: { id: userId }, data: { status } }),
  move: (transaction, _from, to) => changeUserStatus(transaction, userId, to, now),
  read: () => database.user.findUniqueOrThrow({ where: { id: userId } }),
});

describeMoves('a location', locationTransitions, statusesOf(locationTransitions), {
  put: (status) => database.location.update({ where: { id: locationId }, data: { status } }),
  move: (transaction, _from, to) => changeLocationStatus(transaction, locationId, to),
  read: () => database.location.findUniqueOrThrow({ where: { id: locationId } }),
});

describeMoves('a consent', consentTransitions, statusesOf(consentTransitions), {
  put: (status) => database.attachConsent.update({ where: { id: consentId }, data: { status } }),
  move: (transaction, _from, to) => changeConsentStatus(transaction, consentId, to, now),
  read: () => database.attachConsent.findUniqueOrThrow({ where: { id: consentId } }),
});

describeMoves('an operation', operationTransitions, statusesOf(operationTransitions), {
  put: (status) => database.provisioningOperation.update({ where: { id: operationId }, data: { status } }),
  move: (transaction, status, to) => moveOperation(transaction, { id: operationId, status }, to, {}),
  read: () => database.provisioningOperation.findUniqueOrThrow({ where: { id: operationId } }),
});

describeMoves('a step', stepTransitions, statusesOf(stepTransitions), {
  put: (status) => database.operationStep.update({ where: { id: stepId }, data: { status } }),
  move: (transaction, status, to) => moveStep(transaction, { id: stepId, status }, to, {}),
  read: () => database.operationStep.findUniqueOrThrow({ where: { id: stepId } }),
});

describeMoves('a template', templateTransitions, statusesOf(templateTransitions), {
  put: (status) => database.onboardingTemplate.update({ where: { id: templateId }, data: { status } }),
  move: (transaction, status, to) =>
    changeTemplateStatus(transaction, { id: templateId, partnerId: world.viewer.partnerId, status }, to, {
      message: 'Moved.',
      at: now,
    }),
  read: () => database.onboardingTemplate.findUniqueOrThrow({ where: { id: templateId } }),
});

describe('many users at a time', () => {
  it.each(statusesOf(userTransitions))('who are %s stay where no arrow leads on', async (from) => {
    for (const to of statusesOf(userTransitions)) {
      await database.user.update({ where: { id: userId }, data: { status: from } });
      const events = await inTransaction(database, (transaction) => changeUsersStatus(transaction, [userId], to, now));
      const isMoved = userTransitions[from].includes(to);
      const { status } = await database.user.findUniqueOrThrow({ where: { id: userId } });
      expect([from, status]).toEqual([from, isMoved ? to : from]);
      expect(events.map(({ fromStatus, toStatus }) => [fromStatus, toStatus])).toEqual(isMoved ? [[from, to]] : []);
    }
  });
});

describe('being there already', () => {
  it('is no change, and told to nobody', async () => {
    await database.customer.update({ where: { id: customerId }, data: { status: 'UPDATING' } });
    await database.user.update({ where: { id: userId }, data: { status: 'PROVISIONED' } });
    const events = await inTransaction(database, async (transaction) => [
      ...(await changeCustomerStatus(transaction, customerId, 'UPDATING')),
      ...(await changeUserStatus(transaction, userId, 'PROVISIONED', now)),
    ]);
    expect(events).toEqual([]);
  });
});
