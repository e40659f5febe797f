// What users and locations go through, and the operations that wait for people.

import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { addLocation } from '../../../src/domain/location/add-location.ts';
import { updateUser } from '../../../src/domain/user/update-user.ts';
import { waitFor } from '../../support/wait-for.ts';
import { accepted, place } from '../support/customers.ts';
import type { Scenario } from './arrows.ts';
import type { Stage } from './stage.ts';

const consumer = () => `${randomUUID()}@consumer.example`;

async function office(stage: Stage): Promise<string> {
  const packages = [{ package: 'WEBEX_CALLING' as const }, { package: 'WEBEX_MEETINGS' as const }];
  const { customerId, operation } = await stage.customers.create('Office', { packages });
  expect(operation.status).toBe('SUCCEEDED');
  return customerId;
}

async function addUser(stage: Stage, wishes: Parameters<Stage['beginUser']>[1] = {}) {
  const begun = await stage.beginUser(await office(stage), wishes);
  return { ...begun, operation: await stage.bench.ended(begun.operationId) };
}

/** A user who has been mailed. */
async function ask(stage: Stage) {
  const email = consumer();
  const begun = await stage.beginUser(await office(stage), { email });
  await stage.bench.waitForNextAction(begun.operationId, 'OBTAIN_USER_CONSENT');
  return { ...begun, email };
}

async function toMeetings({ bench, viewer }: Stage, userId: string) {
  const input = { idempotencyKey: randomUUID(), userId, package: 'WEBEX_MEETINGS' as const };
  const { operationId } = accepted(await updateUser(bench.context, viewer, input));
  return bench.ended(operationId ?? '');
}

export const userScenarios: readonly Scenario[] = [
  {
    title: 'a user is made, changed and removed',
    arrows: [
      'user: PENDING -> PROVISIONED',
      'user: PROVISIONED -> UPDATING',
      'user: UPDATING -> PROVISIONED',
      'user: PROVISIONED -> DELETING',
      'user: DELETING -> GONE',
    ],
    async act(stage) {
      const { userId } = await addUser(stage);
      expect((await toMeetings(stage, userId)).status).toBe('SUCCEEDED');
      expect((await stage.removeUser(userId)).status).toBe('SUCCEEDED');
    },
  },
  {
    title: 'a user whose address is taken is tried again, then removed',
    arrows: ['user: PENDING -> ERROR', 'user: ERROR -> PENDING', 'user: ERROR -> DELETING'],
    async act(stage) {
      const { userId, operation } = await addUser(stage, { email: 'taken@existing.example' });
      expect(operation.status).toBe('FAILED');
      expect((await stage.retry(operation.id)).status).toBe('FAILED');
      expect((await stage.removeUser(userId)).status).toBe('SUCCEEDED');
    },
  },
  {
    title: 'a user agrees to move a free account',
    arrows: [
      'user: PENDING -> AWAITING_USER_CONSENT',
      'user: AWAITING_USER_CONSENT -> PROVISIONED',
      'operation: WAITING -> SUCCEEDED',
    ],
    async act(stage) {
      const { email, operationId } = await ask(stage);
      await stage.move(email, 'APPROVE');
      expect((await stage.bench.ended(operationId)).status).toBe('SUCCEEDED');
    },
  },
  {
    title: 'of two users of a set-up one declines to move',
    arrows: [
      'user: AWAITING_USER_CONSENT -> ERROR',
      'operation: WAITING -> PARTIALLY_SUCCEEDED',
      'step: WAITING -> PARTIALLY_SUCCEEDED',
    ],
    async act(stage) {
      const email = consumer();
      const person = {
        firstName: 'Ada',
        lastName: 'Winter',
        package: 'WEBEX_CALLING' as const,
        locationName: 'Branch',
        phoneNumber: null,
      };
      const operationId = await stage.customers.setUp(await office(stage), 'Branch', [
        { ...person, email, extension: '5001' },
        { ...person, email: `${randomUUID()}@arrows.example`, extension: '5002' },
      ]);
      await stage.bench.waitForNextAction(operationId, 'OBTAIN_USER_CONSENT');
      await stage.move(email, 'DECLINE');
      expect((await stage.bench.ended(operationId)).status).toBe('PARTIALLY_SUCCEEDED');
    },
  },
  {
    title: 'a user who was mailed is removed, which the platform refuses; then the user agrees',
    arrows: ['user: AWAITING_USER_CONSENT -> DELETING', 'user: DELETING -> ERROR', 'user: ERROR -> PROVISIONED'],
    async act(stage) {
      const { userId, email, operationId } = await ask(stage);
      const removal = await stage.whilePlatform({ refused: ['removeUser'] }, () => stage.removeUser(userId));
      expect(removal.status).toBe('FAILED');
      await stage.move(email, 'APPROVE');
      expect((await stage.bench.ended(operationId)).status).toBe('SUCCEEDED');
    },
  },
  {
    title: 'a change of a user that the platform refuses, made again',
    arrows: ['user: UPDATING -> ERROR', 'user: ERROR -> UPDATING'],
    async act(stage) {
      const { userId } = await addUser(stage);
      const refused = await stage.whilePlatform({ refused: ['updateUser'] }, () => toMeetings(stage, userId));
      expect(refused.status).toBe('FAILED');
      expect((await toMeetings(stage, userId)).status).toBe('SUCCEEDED');
    },
  },
  {
    title: 'users whom work that has ended left where they were are removed',
    arrows: ['user: PENDING -> DELETING', 'user: PROVISIONING -> DELETING', 'user: UPDATING -> DELETING'],
    async act(stage) {
      for (const status of ['PENDING', 'PROVISIONING', 'UPDATING'] as const) {
        const { userId } = await addUser(stage);
        // No work that ends today leaves anybody so; rows of yesterday may stand so all the same.
        await stage.bench.database.$executeRaw`ALTER TABLE "User" DISABLE TRIGGER note_status`;
        await stage.bench.database.user.update({ where: { id: userId }, data: { status } });
        await stage.bench.database.$executeRaw`ALTER TABLE "User" ENABLE TRIGGER note_status`;
        expect((await stage.removeUser(userId)).status).toBe('SUCCEEDED');
      }
    },
  },
  {
    title: 'a location that the platform refuses is tried again',
    arrows: ['location: PENDING -> ERROR', 'location: ERROR -> PENDING'],
    async act(stage) {
      const { bench, viewer, retry, whilePlatform } = stage;
      const input = { idempotencyKey: randomUUID(), customerId: await office(stage), location: place('Branch') };
      const refused = await whilePlatform({ refused: ['createLocation'] }, async () => {
        const { operationId } = accepted(await addLocation(bench.context, viewer, input));
        return bench.ended(operationId);
      });
      expect(refused.status).toBe('FAILED');
      expect((await retry(refused.id)).status).toBe('SUCCEEDED');
    },
  },
  {
    title: 'a headquarters that the platform refused comes with the first calling package',
    arrows: ['location: ERROR -> PROVISIONED'],
    async act({ customers, update, whilePlatform }) {
      const wishes = { packages: [{ package: 'WEBEX_MEETINGS' as const }] };
      const refusal = { refused: ['createLocation'], hidesLocations: true } as const;
      const { customerId, operation } = await whilePlatform(refusal, () => customers.create('Somewhere', wishes));
      expect(operation.status).toBe('PARTIALLY_SUCCEEDED');
      expect((await update(customerId, { packages: [{ package: 'WEBEX_CALLING' }] })).status).toBe('SUCCEEDED');
    },
  },
  {
    title: 'the platform is away for a moment while a user is made',
    arrows: ['step: RUNNING -> WAITING', 'step: WAITING -> RUNNING'],
    async act(stage) {
      const customerId = await office(stage);
      await stage.bench.sandbox.setFaults([{ method: 'POST', path: '/wholesale/subscribers', kind: 'unavailable' }]);
      const { operationId } = await stage.beginUser(customerId);
      await stage.bench.waitForNextAction(operationId, 'RETRY_LATER');
      await stage.bench.sandbox.setFaults([]);
      expect((await stage.bench.ended(operationId)).status).toBe('SUCCEEDED');
    },
  },
  {
    title: 'a creation is called off while the platform assigns a number',
    arrows: ['operation: RUNNING -> CANCELLED', 'step: RUNNING -> CANCELLED'],
    async act(stage) {
      const customerId = await office(stage);
      await stage.whilePlatform({ hidesOwners: true }, async () => {
        const { operationId } = await stage.beginUser(customerId, { phoneNumber: '+12175557901' });
        await waitFor(() =>
          stage.bench.database.operationStep.findFirst({
            where: { operationId, kind: 'ASSIGN_PHONE_NUMBERS', status: 'RUNNING' },
          }),
        );
        expect((await stage.cancel(operationId)).status).toBe('CANCELLED');
      });
    },
  },
];
