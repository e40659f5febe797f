// A subscriber as it is stored, and as the API shows it.

import { notFound } from './errors.ts';
import type { PlatformError } from './errors.ts';
import { legacySubscriberPackage } from './packages.ts';
import type { SubscriberPackage } from './packages.ts';
import { findRow } from './state.ts';
import type { Database } from './state.ts';

export interface SubscriberRow {
  id: string;
  partner: string;
  customer_id: string;
  /** Of the customer. */
  external_id: string;
  org_id: string;
  email: string;
  package: SubscriberPackage;
  status: 'provisioned' | 'pending_user_migration';
  person_id: string | null;
  first_name: string | null;
  last_name: string | null;
  phone_number: string | null;
  extension: string | null;
  location_id: string | null;
  errors: PlatformError[];
  consent_token: string | null;
  consent_answer: 'APPROVE' | 'DECLINE' | null;
  created_at: number;
  status_changed_at: number;
}

export const selectSubscribers = `select s.*, c.external_id, c.org_id
  from sandbox.subscribers s join sandbox.customers c on c.id = s.customer_id`;

/** @throws 404 */
export async function requireSubscriber(db: Database, partner: string, id: string): Promise<SubscriberRow> {
  const row = await findRow<SubscriberRow>(db, `${selectSubscribers} where s.id = $1 and s.partner = $2`, [
    id,
    partner,
  ]);
  if (row === null) throw notFound('subscriber');
  return row;
}

export async function hasSubscriber(db: Database, customerId: string, email: string): Promise<boolean> {
  const sql = 'select 1 from sandbox.subscribers where customer_id = $1 and lower(email) = lower($2)';
  return (await findRow(db, sql, [customerId, email])) !== null;
}

/** The same, and nobody else changes it before the transaction ends. */
export async function lockSubscriber(db: Database, partner: string, id: string): Promise<SubscriberRow> {
  await db.query('select 1 from sandbox.subscribers where id = $1 and partner = $2 for update', [id, partner]);
  return requireSubscriber(db, partner, id);
}

export function showSubscriber(row: SubscriberRow) {
  const isLegacy = legacySubscriberPackage.safeParse(row.package).success;
  return {
    id: row.id,
    ...(row.person_id === null ? {} : { personId: row.person_id }),
    email: row.email,
    customerId: row.customer_id,
    externalCustomerId: row.external_id,
    ...(isLegacy ? { package: row.package } : {}),
    packages: [row.package],
    status: row.status,
    ...(row.errors.length === 0 ? {} : { errors: row.errors }),
    created: new Date(row.created_at).toISOString(),
    lastStatusChange: new Date(row.status_changed_at).toISOString(),
  };
}
