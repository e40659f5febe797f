// A customer as it is stored, and as the API shows it.

import type { Attempt, CustomerStatus, PackageState } from './customer-timeline.ts';
import { customerAt } from './customer-timeline.ts';
import type { Headquarters } from './customer-input.ts';
import type { PlatformError } from './errors.ts';
import { fixedId } from './ids.ts';
import type { WholesaleAddress } from './input.ts';
import type { CustomerPackage, PackageLimits } from './packages.ts';
import { findRow } from './state.ts';
import type { Database } from './state.ts';

export interface CustomerRow {
  id: string;
  partner: string;
  external_id: string;
  provisioning_id: string;
  /** The existing organisation that was asked for; null: a new one. */
  requested_org_id: string | null;
  /** Null until the organisation is there. */
  org_id: string | null;
  company_name: string;
  admin_email: string | null;
  language: string | null;
  address: WholesaleAddress;
  headquarters: Headquarters | null;
  limits: PackageLimits;
  /** The packages last asked for. */
  package_names: CustomerPackage[];
  /** As the last settled attempt left them. */
  packages: PackageState[];
  errors: PlatformError[];
  /** Right as of the last transition; settleDue brings it up to date. */
  status: CustomerStatus;
  is_flaky: boolean;
  /** What is under way; null once settled. */
  attempt: Attempt | null;
  next_change_at: number | null;
}

export async function findCustomer(db: Database, partner: string, id: string): Promise<CustomerRow | null> {
  return findRow<CustomerRow>(db, 'select * from sandbox.customers where id = $1 and partner = $2', [id, partner]);
}

export function isProvisioned({ status }: Pick<CustomerRow, 'status'>): boolean {
  return status === 'provisioned' || status === 'provisioned_with_errors';
}

export function showCustomer(row: CustomerRow, provisioningNow: number, withLicenses: boolean) {
  const { packages, errors } = row.attempt === null ? row : customerAt(row.attempt, provisioningNow);
  // Webex tells the organisation once the customer is provisioned, not while it is being made.
  const isOrganizationTold = row.org_id !== null && row.attempt?.kind !== 'create';
  return {
    id: row.id,
    ...(isOrganizationTold ? { orgId: row.org_id } : {}),
    externalId: row.external_id,
    address: row.address,
    status: row.status,
    packages: row.package_names,
    resourceDetails: { packages: packages.map((state) => showPackage(row, state, withLicenses)) },
    ...(errors.length === 0 ? {} : { errors }),
  };
}

function showPackage(row: CustomerRow, { name, status, warnings, errors }: PackageState, withLicenses: boolean) {
  return {
    name,
    status,
    ...(warnings.length === 0 ? {} : { warnings }),
    ...(errors.length === 0 ? {} : { errors }),
    ...(withLicenses && status === 'provisioned' ? { licenseIds: [fixedId('LICENSE', `${row.id}:${name}`)] } : {}),
  };
}
