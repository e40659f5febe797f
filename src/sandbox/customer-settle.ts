// Writes down what has happened to customers since anybody last looked: the organisation appears, the headquarters, the mail, the end.
// Called before everything that reads, so that nothing has to run in the background.

import type { CustomerRow } from './customer-record.ts';
import { customerAt } from './customer-timeline.ts';
import { fixedId, newId } from './ids.ts';
import { createLocation } from './location-record.ts';
import { fullAdminRole } from './fixtures.ts';
import { sendMails } from './mailbox.ts';
import { rememberPerson } from './people.ts';
import type { Sandbox } from './sandbox.ts';
import { findRow, findRows, inTransaction } from './state.ts';
import type { Database } from './state.ts';

/** Brings every customer of the partner up to date. One cheap query where nothing is due. */
export async function settleDue({ pool, clock }: Pick<Sandbox, 'pool' | 'clock'>, partner: string): Promise<void> {
  const at = { provisioning: clock.provisioningNow(), now: clock.now() };
  const due = await findRows<{ id: string }>(
    pool,
    'select id from sandbox.customers where partner = $1 and next_change_at <= $2 order by next_change_at, seq',
    [partner, at.provisioning],
  );
  for (const { id } of due) {
    await inTransaction(pool, async (db) => {
      const customer = await findRow<CustomerRow>(
        db,
        'select * from sandbox.customers where id = $1 and next_change_at <= $2 for update',
        [id, at.provisioning],
      );
      if (customer !== null) await settle(db, customer, at);
    });
  }
}

async function settle(
  db: Database,
  customer: CustomerRow,
  at: { readonly provisioning: number; readonly now: number },
): Promise<void> {
  const { attempt } = customer;
  if (attempt === null) return;
  const snapshot = customerAt(attempt, at.provisioning);
  if (attempt.kind === 'delete' && snapshot.isSettled) {
    await db.query('delete from sandbox.customers where id = $1', [customer.id]);
    return;
  }

  let orgId = customer.org_id;
  if (attempt.kind !== 'delete' && snapshot.hasOrganization) {
    orgId ??= customer.requested_org_id ?? (await createOrganization(db, customer, at.now));
    await ensureHeadquarters(db, customer, orgId);
  }
  const { status, packages, errors, isSettled, nextChangeAt } = snapshot;
  await db.query(
    `update sandbox.customers set org_id = $2, status = $3, packages = $4, errors = $5, attempt = $6, next_change_at = $7
     where id = $1`,
    [
      customer.id,
      orgId,
      status,
      JSON.stringify(isSettled ? packages : customer.packages),
      JSON.stringify(errors),
      isSettled ? null : JSON.stringify(attempt),
      nextChangeAt,
    ],
  );
}

async function createOrganization(db: Database, customer: CustomerRow, now: number): Promise<string> {
  // Derived from the customer, so that it is the same on a second look.
  const id = fixedId('ORGANIZATION', customer.id);
  const adminEmail = customer.admin_email ?? '';
  await db.query(
    `insert into sandbox.organizations (id, partner, name, preferred_language, admin_email, created_at, is_existing, license_state)
     values ($1, $2, $3, $4, $5, $6, false, 'NONE')`,
    [id, customer.partner, customer.company_name, customer.language, adminEmail, now],
  );
  await rememberPerson(db, {
    id: newId('PEOPLE'),
    partner: customer.partner,
    orgId: id,
    email: adminEmail,
    firstName: null,
    lastName: null,
    roles: [fullAdminRole],
    now,
  });
  const template = await findRow<{ brand: string | null }>(
    db,
    `select setting->>'brandName' as brand from sandbox.templates where provisioning_id = $1`,
    [customer.provisioning_id],
  );
  await sendMails(db, {
    partner: customer.partner,
    to: [adminEmail],
    subject: `Welcome to ${template?.brand ?? 'Webex'}`,
    body: `${customer.company_name} is ready. You are its first administrator: sign in with ${adminEmail}.`,
    consentToken: null,
    now,
  });
  return id;
}

async function ensureHeadquarters(db: Database, customer: CustomerRow, orgId: string): Promise<void> {
  const { headquarters } = customer;
  if (headquarters === null) return;
  // A customer without telephony may have brought its headquarters itself.
  const known = await findRow(
    db,
    'select 1 from sandbox.locations where org_id = $1 and (is_headquarters or name = $2)',
    [orgId, headquarters.name],
  );
  if (known !== null) return;
  const { address } = headquarters;
  await createLocation(db, {
    partner: customer.partner,
    orgId,
    isHeadquarters: true,
    name: headquarters.name,
    timeZone: headquarters.timezone,
    preferredLanguage: headquarters.language,
    announcementLanguage: headquarters.language,
    address: {
      address1: address.addressLine1,
      ...(address.addressLine2 === undefined ? {} : { address2: address.addressLine2 }),
      city: address.city,
      state: address.stateOrProvince ?? '',
      postalCode: address.zipOrPostalCode ?? '',
      country: address.country,
    },
  });
}
