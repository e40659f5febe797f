// The wholesale subscriber calls that read, precheck and mail. Creation, update and removal: subscriber-writes.ts.

import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { partnerOf } from './auth.ts';
import { callOf } from './call.ts';
import { findCustomer } from './customer-record.ts';
import { precheckPassed } from './customers.ts';
import { checkNewCustomer } from './customer-checks.ts';
import { notFound, refusal } from './errors.ts';
import { moment, parseInput } from './input.ts';
import { answerPage, pageOf, pageQuery } from './paging.ts';
import type { Sandbox } from './sandbox.ts';
import { findRows, inTransaction } from './state.ts';
import type { Database } from './state.ts';
import { checkSubPartner } from './sub-partners.ts';
import { checkEmail, checkLimit, checkPackageOfCustomer, checkPlace, emailTaken } from './subscriber-checks.ts';
import { askAgain } from './subscriber-consent.ts';
import { checkTelephony, packageOf, subscriberPrecheck } from './subscriber-input.ts';
import {
  hasSubscriber,
  lockSubscriber,
  requireSubscriber,
  selectSubscribers,
  showSubscriber,
} from './subscriber-record.ts';
import type { SubscriberRow } from './subscriber-record.ts';
import { createSubscriber, removeSubscriber, updateSubscriber } from './subscriber-writes.ts';

const listQuery = z.object({
  ...pageQuery,
  customerId: z.string().optional(),
  personId: z.string().optional(),
  externalCustomerId: z.string().optional(),
  email: z.string().optional(),
  status: z.string().optional(),
  after: moment.optional(),
  lastStatusChange: moment.optional(),
  sortBy: z.enum(['created', 'lastStatusChange']).default('created'),
  sortOrder: z
    .string()
    .transform((order) => order.toUpperCase())
    .pipe(z.enum(['ASC', 'DESC']))
    .default('ASC'),
});

const sortColumns = { created: 's.created_at', lastStatusChange: 's.status_changed_at' } as const;

type WithSubscriber = { Params: { subscriberId: string } };

export function subscriberRoutes(app: FastifyInstance, sandbox: Sandbox): void {
  const { pool, clock } = sandbox;

  app.get('/wholesale/subscribers', async (request, reply) => {
    const asked = parseInput(listQuery, request.query);
    const page = pageOf(asked, { defaultMax: 50, cap: 100 });
    const filters: string[] = [];
    const values: unknown[] = [partnerOf(request)];
    const filter = (value: unknown, condition: (place: string) => string) => {
      if (value !== undefined) filters.push(condition(`$${values.push(value)}`));
    };
    filter(asked.customerId, (place) => `s.customer_id = ${place}`);
    filter(asked.personId, (place) => `s.person_id = ${place}`);
    filter(asked.externalCustomerId, (place) => `c.external_id = ${place}`);
    filter(asked.email, (place) => `lower(s.email) = lower(${place})`);
    filter(asked.status, (place) => `s.status = ${place}`);
    // "After" includes the moment itself: whoever reads on from the last moment seen must not miss what else happened in it.
    filter(asked.after, (place) => `s.created_at >= ${place}`);
    filter(asked.lastStatusChange, (place) => `s.status_changed_at >= ${place}`);
    const rows = await findRows<SubscriberRow>(
      pool,
      `${selectSubscribers} where s.partner = $1 ${filters.map((condition) => `and ${condition}`).join(' ')}
       order by ${sortColumns[asked.sortBy]} ${asked.sortOrder}, s.seq ${asked.sortOrder}
       limit $${values.push(page.max + 1)} offset $${values.push(page.offset)}`,
      values,
    );
    return { items: answerPage(request, reply, rows, page).map(showSubscriber) };
  });

  app.get<WithSubscriber>('/wholesale/subscribers/:subscriberId', async (request) =>
    showSubscriber(await requireSubscriber(pool, partnerOf(request), request.params.subscriberId)),
  );

  app.post('/wholesale/subscribers/validate', async (request) => {
    checkSubPartner(request, 'POST');
    await inTransaction(pool, (db) => precheck(db, request));
    return precheckPassed;
  });

  app.post('/wholesale/subscribers', (request, reply) => createSubscriber(sandbox, request, reply));

  app.put<WithSubscriber>('/wholesale/subscribers/:subscriberId', (request, reply) =>
    updateSubscriber(sandbox, request, reply, request.params.subscriberId),
  );

  app.delete<WithSubscriber>('/wholesale/subscribers/:subscriberId', async (request, reply) => {
    await removeSubscriber(sandbox, request, request.params.subscriberId);
    return reply.code(204).send();
  });

  // Cisco's file has the path without /wholesale, its other calls suggest the one with it.
  for (const prefix of ['', '/wholesale']) {
    app.post<WithSubscriber>(`${prefix}/subscribers/:subscriberId/emails/consentMove`, async (request, reply) => {
      await inTransaction(pool, async (db) => {
        const subscriber = await lockSubscriber(db, partnerOf(request), request.params.subscriberId);
        if (subscriber.status !== 'pending_user_migration') {
          throw refusal('notPendingMigration', 'The subscriber is not waiting for consent to move.');
        }
        await askAgain(db, subscriber, clock.now());
      });
      callOf(request).effect = 'consent-mail-sent';
      return reply.code(204).send();
    });
  }
}

/** @throws what the creation would throw, as far as the given parts tell. */
async function precheck(db: Database, request: FastifyRequest): Promise<void> {
  const partner = partnerOf(request);
  const asked = parseInput(subscriberPrecheck, request.body);
  const name = packageOf(asked);
  const telephony = asked.provisioningParameters ?? {};
  if (name !== null && asked.provisioningParameters !== undefined) checkTelephony(name, telephony);
  checkEmail(asked.email);
  await checkNewCustomer(db, partner, { provisioningId: asked.provisioningId });
  if (asked.customerId === undefined) return;
  const customer = await findCustomer(db, partner, asked.customerId);
  if (customer === null) throw notFound('customer');
  if (await hasSubscriber(db, customer.id, asked.email)) throw emailTaken(asked.email);
  if (name === null) return;
  await checkPlace(db, checkPackageOfCustomer(customer, name), name, telephony);
  await checkLimit(db, customer, name);
}
