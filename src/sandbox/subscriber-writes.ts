// Provisions a subscriber, changes its package, removes it. All of it is done when the answer is sent.

import type { FastifyReply, FastifyRequest } from 'fastify';
import { partnerOf } from './auth.ts';
import { callOf, originOf } from './call.ts';
import { findCustomer } from './customer-record.ts';
import { notFound, refusal } from './errors.ts';
import { parseInput } from './input.ts';
import { includesCalling } from './packages.ts';
import type { SubscriberPackage } from './packages.ts';
import type { Sandbox } from './sandbox.ts';
import { inTransaction } from './state.ts';
import type { Database } from './state.ts';
import {
  checkEmail,
  checkLimit,
  checkPackageOfCustomer,
  checkPlace,
  releaseNumbers,
  takeNumber,
} from './subscriber-checks.ts';
import type { CalledPlace } from './subscriber-checks.ts';
import { insertSubscriber } from './subscriber-insert.ts';
import { checkTelephony, packageOf, subscriberCreation, subscriberUpdate } from './subscriber-input.ts';
import { lockSubscriber, requireSubscriber, showSubscriber } from './subscriber-record.ts';
import type { SubscriberRow } from './subscriber-record.ts';
import { checkSubPartner } from './sub-partners.ts';

export async function createSubscriber(
  sandbox: Sandbox,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const { pool, clock } = sandbox;
  const partner = partnerOf(request);
  checkSubPartner(request, 'POST');
  const asked = parseInput(subscriberCreation, request.body);
  const name = required(packageOf(asked));
  const parameters = asked.provisioningParameters;
  checkTelephony(name, parameters);
  const customer = await findCustomer(pool, partner, asked.customerId);
  if (customer === null) throw notFound('customer');
  const orgId = checkPackageOfCustomer(customer, name);
  checkEmail(asked.email);
  const row = await insertSubscriber(sandbox, customer, {
    place: await checkPlace(pool, orgId, name, parameters),
    email: asked.email,
    package: name,
    firstName: parameters.firstName ?? null,
    lastName: parameters.lastName ?? null,
    now: clock.now(),
  });
  callOf(request).effect = 'subscriber-created';
  return answer(request, reply.code(row.status === 'provisioned' ? 200 : 202), row);
}

export async function updateSubscriber(
  { pool, clock, assignments }: Sandbox,
  request: FastifyRequest,
  reply: FastifyReply,
  id: string,
): Promise<unknown> {
  const partner = partnerOf(request);
  checkSubPartner(request, 'PUT');
  const asked = parseInput(subscriberUpdate, request.body);
  const name = required(packageOf(asked));
  const { customer_id: customerId } = await requireSubscriber(pool, partner, id);
  const row = await assignments.take(customerId, () =>
    inTransaction(pool, async (db) => {
      const subscriber = await lockSubscriber(db, partner, id);
      if (subscriber.package === name) return subscriber;
      await changePackage(db, subscriber, name, asked.provisioningParameters ?? {}, clock.now());
      return requireSubscriber(db, partner, id);
    }),
  );
  callOf(request).effect = 'subscriber-updated';
  return answer(request, reply, row);
}

async function changePackage(
  db: Database,
  subscriber: SubscriberRow,
  name: SubscriberPackage,
  telephony: Parameters<typeof checkPlace>[3],
  now: number,
): Promise<void> {
  const customer = await findCustomer(db, subscriber.partner, subscriber.customer_id);
  if (customer === null) throw notFound('customer');
  const orgId = checkPackageOfCustomer(customer, name);
  await checkLimit(db, customer, name);
  let place: CalledPlace = {
    phoneNumber: subscriber.phone_number,
    extension: subscriber.extension,
    locationId: subscriber.location_id,
  };
  // Who is a calling user already keeps number and place, whatever is asked.
  if (includesCalling(name) && !includesCalling(subscriber.package)) {
    checkTelephony(name, telephony);
    place = await checkPlace(db, orgId, name, telephony);
    await takeNumber(db, orgId, subscriber.id, place);
  }
  if (!includesCalling(name)) {
    place = { phoneNumber: null, extension: null, locationId: null };
    await releaseNumbers(db, subscriber.id);
  }
  await db.query(
    `update sandbox.subscribers set package = $2, phone_number = $3, extension = $4, location_id = $5, status_changed_at = $6
     where id = $1`,
    [subscriber.id, name, place.phoneNumber, place.extension, place.locationId, now],
  );
}

export async function removeSubscriber({ pool }: Sandbox, request: FastifyRequest, id: string): Promise<void> {
  checkSubPartner(request, 'DELETE');
  // The person stays in the organisation; the number becomes free by its foreign key.
  const sql = 'delete from sandbox.subscribers where id = $1 and partner = $2';
  const removed = await pool.query(sql, [id, partnerOf(request)]);
  if (removed.rowCount === 0) throw notFound('subscriber');
  callOf(request).effect = 'subscriber-removed';
}

function answer(request: FastifyRequest, reply: FastifyReply, row: SubscriberRow): FastifyReply {
  const url = `${originOf(request)}/v1/wholesale/subscribers/${row.id}`;
  return reply.header('location', url).send(showSubscriber(row));
}

function required(name: SubscriberPackage | null): SubscriberPackage {
  if (name === null) throw refusal('missingParameter', 'packages must not be null.');
  return name;
}
