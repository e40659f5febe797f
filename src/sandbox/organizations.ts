// Organisations: the public calls for those that the partner manages, and the sandbox's own look-up with the facts that decide an attach.

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { partnerOf } from './auth.ts';
import { callOf } from './call.ts';
import { notFound } from './errors.ts';
import type { LicenseState } from './fixtures.ts';
import { email, parseInput, text } from './input.ts';
import type { Sandbox } from './sandbox.ts';
import { findRow, findRows } from './state.ts';
import type { Database } from './state.ts';

interface OrganizationRow {
  id: string;
  name: string;
  preferred_language: string | null;
  admin_email: string;
  other_admins: string[];
  created_at: number;
  is_existing: boolean;
  is_suggested: boolean;
  user_count: number;
  has_verified_domain: boolean;
  has_claimed_domain: boolean;
  is_trial: boolean;
  is_managed: boolean;
  is_own: boolean;
  is_wholesale: boolean;
  has_basic_branding: boolean;
  license_state: LicenseState;
  has_customer: boolean;
  people_count: number;
}

const selectOrganizations = `select o.*,
    exists (select 1 from sandbox.customers c where c.org_id = o.id) as has_customer,
    (select count(*) from sandbox.people p where p.org_id = o.id) as people_count
  from sandbox.organizations o`;

/** What the public API shows a partner: its own, what it manages, what it made. Others exist only for the attach look-up. */
const isVisible = `(not o.is_existing or o.is_managed or o.is_own or o.is_wholesale
  or exists (select 1 from sandbox.customers c where c.org_id = o.id))`;

/** Any organisation that could be attached, visible or not. */
export async function findOrganization(db: Database, partner: string, id: string): Promise<OrganizationRow | null> {
  const sql = `${selectOrganizations} where o.id = $1 and o.partner = $2`;
  return findRow<OrganizationRow>(db, sql, [id, partner]);
}

/** @throws 404 for one that the partner may not administer. */
export async function requireVisibleOrganization(db: Database, partner: string, id: string): Promise<OrganizationRow> {
  const sql = `${selectOrganizations} where o.id = $1 and o.partner = $2 and ${isVisible}`;
  const row = await findRow<OrganizationRow>(db, sql, [id, partner]);
  if (row === null) throw notFound('organization');
  return row;
}

export function isWholesaleCustomer(row: OrganizationRow): boolean {
  return row.is_wholesale || row.has_customer;
}

/** The rule A1 of the product: approval is needed where nobody manages the organisation and it is large or has a domain. */
export function needsConsent(row: OrganizationRow): boolean {
  const isManaged = row.is_managed || isWholesaleCustomer(row);
  return !isManaged && (userCountOf(row) >= 100 || row.has_verified_domain || row.has_claimed_domain);
}

function userCountOf(row: OrganizationRow): number {
  return row.user_count + row.people_count;
}

function showFacts(row: OrganizationRow) {
  return {
    organizationId: row.id,
    name: row.name,
    isSuggested: row.is_suggested,
    userCount: userCountOf(row),
    hasVerifiedDomain: row.has_verified_domain,
    hasClaimedDomain: row.has_claimed_domain,
    isTrial: row.is_trial,
    isManagedByWholesalePartner: row.is_managed || isWholesaleCustomer(row),
    isPartnerOwnOrganization: row.is_own,
    isWholesaleCustomer: isWholesaleCustomer(row),
    hasBasicBranding: row.has_basic_branding,
    // Of the licences from before: that wholesale ones are there is said by isWholesaleCustomer.
    licenseState: row.is_existing || !isWholesaleCustomer(row) ? row.license_state : 'ACTIVE',
  };
}

const identitySchema = 'urn:cisco:codev:identity:organization:core:1.0';
const renaming = z.object({
  schemas: z.array(z.string()).min(1),
  displayName: text,
  preferredLanguage: z.string().optional(),
});

export function organizationRoutes(app: FastifyInstance, { pool }: Sandbox): void {
  app.get('/organizations', async (request) => {
    const sql = `${selectOrganizations} where o.partner = $1 and ${isVisible} order by o.seq`;
    return { items: (await findRows<OrganizationRow>(pool, sql, [partnerOf(request)])).map(showOrganization) };
  });

  app.get<{ Params: { orgId: string } }>('/organizations/:orgId', async (request) =>
    showOrganization(await requireVisibleOrganization(pool, partnerOf(request), request.params.orgId)),
  );

  app.get<{ Params: { orgId: string } }>('/identity/organizations/:orgId', async (request) =>
    showIdentity(await requireVisibleOrganization(pool, partnerOf(request), request.params.orgId)),
  );

  app.patch<{ Params: { orgId: string } }>('/identity/organizations/:orgId', async (request) => {
    const asked = parseInput(renaming, request.body);
    const { id } = await requireVisibleOrganization(pool, partnerOf(request), request.params.orgId);
    await pool.query(
      'update sandbox.organizations set name = $2, preferred_language = coalesce($3, preferred_language) where id = $1',
      [id, asked.displayName, asked.preferredLanguage ?? null],
    );
    callOf(request).effect = 'organization-renamed';
    return showIdentity(await requireVisibleOrganization(pool, partnerOf(request), id));
  });
}

export function organizationLookupRoutes(app: FastifyInstance, { pool }: Sandbox): void {
  app.get('/organizations', async (request) => {
    const { adminEmail } = parseInput(z.object({ adminEmail: email }), request.query);
    // What is a customer by our own doing is no candidate; after a detach it is one again.
    const sql = `${selectOrganizations} where o.partner = $1 and lower(o.admin_email) = lower($2)
      and (o.is_existing or not exists (select 1 from sandbox.customers c where c.org_id = o.id))
      order by o.is_suggested desc, o.seq`;
    const rows = await findRows<OrganizationRow>(pool, sql, [partnerOf(request), adminEmail]);
    return { items: rows.map(showFacts) };
  });

  app.get<{ Params: { organizationId: string } }>('/organizations/:organizationId', async (request) => {
    const row = await findOrganization(pool, partnerOf(request), request.params.organizationId);
    if (row === null) throw notFound('organization');
    return showFacts(row);
  });
}

function showOrganization(row: OrganizationRow) {
  return { id: row.id, displayName: row.name, created: new Date(row.created_at).toISOString() };
}

function showIdentity(row: OrganizationRow) {
  const created = new Date(row.created_at).toISOString();
  return {
    schemas: [identitySchema],
    id: row.id,
    displayName: row.name,
    ...(row.preferred_language === null ? {} : { preferredLanguage: row.preferred_language }),
    meta: { created, lastModified: created, version: '1' },
  };
}
