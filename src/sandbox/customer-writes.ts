// Accepts the creation of a customer, a change to it, its removal. What follows from the acceptance is in customer-timeline.ts.

import type { FastifyReply, FastifyRequest } from 'fastify';
import { partnerOf } from './auth.ts';
import { callOf, originOf } from './call.ts';
import { checkAttach, checkExternalId, checkNewCustomer, externalIdTaken } from './customer-checks.ts';
import { checkPackages, customerCreation, customerUpdate } from './customer-input.ts';
import type { CustomerRow } from './customer-record.ts';
import { runningStatus } from './customer-timeline.ts';
import type { Attempt } from './customer-timeline.ts';
import { countEffect } from './effects.ts';
import { notFound, refusal } from './errors.ts';
import { isFlakyName } from './flaky.ts';
import { newId } from './ids.ts';
import { parseInput } from './input.ts';
import type { CustomerPackage } from './packages.ts';
import type { Sandbox } from './sandbox.ts';
import { findRow, findRows, inTransaction } from './state.ts';
import type { Database } from './state.ts';
import { checkSubPartner } from './sub-partners.ts';

/** How long to wait before a customer that is being worked on is tried again. */
const busyRetrySeconds = 1;

export async function createCustomer(
  { pool, clock, stageMs }: Sandbox,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const partner = partnerOf(request);
  checkSubPartner(request, 'POST');
  const asked = parseInput(customerCreation, request.body);
  const headquarters = asked.provisioningParameters?.calling?.location;
  checkPackages({ packages: asked.packages, hasCallingLocation: headquarters !== undefined });
  if (asked.customerInfo === undefined && asked.orgId === undefined) {
    throw refusal('customerInfoRequired', 'customerInfo is required unless orgId names an existing organization.');
  }

  const id = newId('ENTERPRISE');
  await inTransaction(pool, async (db) => {
    const organization = await checkNewCustomer(db, partner, asked);
    const companyName = asked.customerInfo?.name ?? organization?.name ?? '';
    const attempt: Attempt = {
      kind: 'create',
      acceptedAt: clock.acceptanceTime(),
      stageMs,
      seed: `${partner}:${asked.externalId}`,
      screening: screeningOf(companyName),
      refusal: organization?.refusal ?? null,
      isCallingUnderMaintenance: companyName.includes('Calling Maintenance'),
      packages: asked.packages.map((name) => ({ name, action: 'provision' })),
    };
    const inserted = await db.query(
      `insert into sandbox.customers (id, partner, external_id, provisioning_id, requested_org_id, company_name, admin_email,
         language, address, headquarters, limits, package_names, packages, status, is_flaky, attempt, next_change_at, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, '[]', 'provisioning', $13, $14, $15, $16)
       on conflict (partner, external_id) do nothing`,
      [
        id,
        partner,
        asked.externalId,
        asked.provisioningId,
        asked.orgId ?? null,
        companyName,
        asked.customerInfo?.primaryEmail ?? null,
        asked.customerInfo?.language ?? null,
        JSON.stringify(asked.address),
        headquarters === undefined ? null : JSON.stringify(headquarters),
        JSON.stringify(asked.provisioningParameters?.packages?.limits ?? {}),
        asked.packages,
        isFlakyName(companyName),
        JSON.stringify(attempt),
        attempt.acceptedAt,
        clock.now(),
      ],
    );
    if (inserted.rowCount === 0) throw externalIdTaken(asked.externalId);
    await countEffect(db, { partner, kind: 'customer', scope: '', subjects: [asked.externalId] });
  });
  callOf(request).effect = 'customer-created';
  return accept(request, reply, id);
}

export async function updateCustomer(
  sandbox: Sandbox,
  request: FastifyRequest,
  reply: FastifyReply,
  id: string,
): Promise<unknown> {
  checkSubPartner(request, 'PUT');
  const asked = parseInput(customerUpdate, request.body);
  await inTransaction(sandbox.pool, async (db) => {
    const customer = await lockSettledCustomer(db, partnerOf(request), id);
    const parameters = asked.provisioningParameters;
    const headquarters = parameters?.calling?.location ?? customer.headquarters;
    checkPackages({ packages: asked.packages, hasCallingLocation: headquarters !== null });
    if (asked.externalId !== undefined) await checkExternalId(db, customer.partner, asked.externalId, id);
    await checkNotInUse(db, customer, asked.packages);
    await db.query(
      `update sandbox.customers set external_id = $2, address = $3, headquarters = $4, limits = $5, package_names = $6
       where id = $1`,
      [
        id,
        asked.externalId ?? customer.external_id,
        JSON.stringify(asked.address ?? customer.address),
        headquarters === null ? null : JSON.stringify(headquarters),
        JSON.stringify({ ...customer.limits, ...parameters?.packages?.limits }),
        asked.packages,
      ],
    );
    await begin(db, sandbox, customer, {
      kind: 'update',
      ...(await repeatedChecks(db, customer)),
      packages: plannedPackages(customer, asked.packages),
    });
  });
  callOf(request).effect = 'customer-update-accepted';
  return accept(request, reply, id);
}

export async function removeCustomer(
  sandbox: Sandbox,
  request: FastifyRequest,
  reply: FastifyReply,
  id: string,
): Promise<unknown> {
  checkSubPartner(request, 'DELETE');
  await inTransaction(sandbox.pool, async (db) => {
    const customer = await lockSettledCustomer(db, partnerOf(request), id);
    const packages = plannedPackages(customer, []);
    await begin(db, sandbox, customer, { kind: 'delete', screening: 'none', refusal: null, packages });
  });
  callOf(request).effect = 'customer-removal-accepted';
  return reply.code(202).send();
}

/** @throws 423 while something is under way. */
async function lockSettledCustomer(db: Database, partner: string, id: string): Promise<CustomerRow> {
  const sql = 'select * from sandbox.customers where id = $1 and partner = $2 for update';
  const customer = await findRow<CustomerRow>(db, sql, [id, partner]);
  if (customer === null) throw notFound('customer');
  if (customer.attempt === null) return customer;
  throw refusal('customerBusy', `The customer is ${customer.status}; retry when that is over.`, busyRetrySeconds);
}

async function begin(
  db: Database,
  { clock, stageMs }: Sandbox,
  { id, partner, external_id: externalId }: CustomerRow,
  planned: Pick<Attempt, 'kind' | 'screening' | 'refusal' | 'packages'>,
): Promise<void> {
  const attempt: Attempt = {
    ...planned,
    acceptedAt: clock.acceptanceTime(),
    stageMs,
    seed: `${partner}:${externalId}:${planned.kind}`,
    isCallingUnderMaintenance: false,
  };
  await db.query(
    `update sandbox.customers set errors = '[]', status = $2, attempt = $3, next_change_at = $4 where id = $1`,
    [id, runningStatus[attempt.kind], JSON.stringify(attempt), attempt.acceptedAt],
  );
}

function accept(request: FastifyRequest, reply: FastifyReply, id: string): FastifyReply {
  const url = `${originOf(request)}/v1/wholesale/customers/${id}`;
  return reply.code(202).header('location', url).send({ url });
}

function screeningOf(companyName: string): Attempt['screening'] {
  if (companyName.includes('Denied Party')) return 'denies';
  return companyName.includes('Compliance Hold') ? 'clears' : 'none';
}

// A customer that never got its organisation is tried from the start: what stood against it may stand no longer.
async function repeatedChecks(db: Database, customer: CustomerRow): Promise<Pick<Attempt, 'screening' | 'refusal'>> {
  if (customer.org_id !== null) return { screening: 'none', refusal: null };
  const { requested_org_id: orgId, partner, id, company_name: name } = customer;
  const attach = orgId === null ? null : await checkAttach(db, partner, orgId, id);
  return { screening: screeningOf(name) === 'denies' ? 'denies' : 'none', refusal: attach?.refusal ?? null };
}

function plannedPackages(customer: CustomerRow, asked: readonly CustomerPackage[]): Attempt['packages'] {
  const isReady = (name: CustomerPackage) =>
    customer.packages.some((state) => state.name === name && state.status === 'provisioned');
  return [
    ...asked.map((name) => ({ name, action: isReady(name) ? ('keep' as const) : ('provision' as const) })),
    ...customer.packages
      .filter(({ name }) => !asked.includes(name))
      .map(({ name }) => ({ name, action: 'remove' as const })),
  ];
}

async function checkNotInUse(db: Database, customer: CustomerRow, kept: readonly CustomerPackage[]): Promise<void> {
  const sql = 'select distinct package from sandbox.subscribers where customer_id = $1 and not (package = any($2))';
  const used = await findRows<{ package: string }>(db, sql, [customer.id, kept]);
  if (used.length === 0) return;
  const names = used.map((row) => row.package).join(', ');
  throw refusal('packageInUse', `${names} cannot be removed: subscribers still have it.`);
}
