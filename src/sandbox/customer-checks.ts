// The checks of a new customer that need to know what is there already. Shared by the creation and its precheck, hence every part
// of the request may be missing.

import type { CustomerCreation } from './customer-input.ts';
import { asyncErrors, notFound, refusal } from './errors.ts';
import type { PlatformError } from './errors.ts';
import { findOrganization, isWholesaleCustomer, needsConsent } from './organizations.ts';
import { findRow } from './state.ts';
import type { Database } from './state.ts';

interface CheckedOrganization {
  readonly name: string;
  /** Accepted, but it will end in this error. */
  readonly refusal: PlatformError | null;
}

/** @throws where the request cannot be accepted; null: a new organisation. */
export async function checkNewCustomer(
  db: Database,
  partner: string,
  asked: { readonly [K in 'provisioningId' | 'externalId' | 'orgId']?: CustomerCreation[K] | undefined },
): Promise<CheckedOrganization | null> {
  if (asked.provisioningId !== undefined) {
    const sql = 'select 1 from sandbox.templates where provisioning_id = $1 and partner = $2';
    if ((await findRow(db, sql, [asked.provisioningId, partner])) === null) {
      throw refusal('unknownProvisioningId', 'The provisioningId belongs to no onboarding template of this partner.');
    }
  }
  if (asked.externalId !== undefined) await checkExternalId(db, partner, asked.externalId, null);
  return asked.orgId === undefined ? null : checkAttach(db, partner, asked.orgId, null);
}

/** @param exceptCustomerId the customer that may have it. */
export async function checkExternalId(
  db: Database,
  partner: string,
  externalId: string,
  exceptCustomerId: string | null,
): Promise<void> {
  const sql = 'select id from sandbox.customers where partner = $1 and external_id = $2';
  const holder = await findRow<{ id: string }>(db, sql, [partner, externalId]);
  if (holder !== null && holder.id !== exceptCustomerId) throw externalIdTaken(externalId);
}

export function externalIdTaken(externalId: string): Error {
  return refusal('externalIdTaken', `The externalId ${externalId} is already used by a customer of this partner.`);
}

/** Locks the organisation, so that two customers cannot take it at the same time. */
export async function checkAttach(
  db: Database,
  partner: string,
  orgId: string,
  exceptCustomerId: string | null,
): Promise<CheckedOrganization> {
  await db.query('select 1 from sandbox.organizations where id = $1 and partner = $2 for update', [orgId, partner]);
  const organization = await findOrganization(db, partner, orgId);
  if (organization === null) throw notFound('organization');
  // An attempt that ended in an error holds nothing.
  const taken = await findRow(
    db,
    `select 1 from sandbox.customers where (org_id = $1 or requested_org_id = $1) and status <> 'error' and id is distinct from $2`,
    [orgId, exceptCustomerId],
  );
  if (taken !== null || (isWholesaleCustomer(organization) && exceptCustomerId === null)) {
    throw refusal('organizationAlreadyWholesale', 'The organization is a wholesale customer already.');
  }
  if (organization.is_trial) {
    throw refusal('trialOrganization', 'A trial organization cannot be converted to a wholesale customer.');
  }
  const isAsked = needsConsent(organization) && !(await isApproved(db, partner, orgId));
  return { name: organization.name, refusal: isAsked ? asyncErrors.approvalRequired : null };
}

async function isApproved(db: Database, partner: string, orgId: string): Promise<boolean> {
  const sql = `select 1 from sandbox.consents where partner = $1 and org_id = $2 and status = 'APPROVED'`;
  return (await findRow(db, sql, [partner, orgId])) !== null;
}
