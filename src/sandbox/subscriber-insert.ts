// Adds a subscriber with everything that belongs to it. One statement, since thousands of these come at once; its unique indexes
// decide where two requests want the same thing.

import type pg from 'pg';
import type { CustomerRow } from './customer-record.ts';
import { countSql } from './effects.ts';
import { newId } from './ids.ts';
import { sendMails } from './mailbox.ts';
import { addPersonSql } from './people.ts';
import type { SubscriberPackage } from './packages.ts';
import type { Sandbox } from './sandbox.ts';
import { findRow, inTransaction } from './state.ts';
import type { Database } from './state.ts';
import { checkLimit, emailTaken, extensionTaken, numberUnavailable } from './subscriber-checks.ts';
import type { CalledPlace } from './subscriber-checks.ts';
import { moveMail, newConsentToken } from './subscriber-consent.ts';
import { hasFreeAccount } from './subscriber-input.ts';
import { hasSubscriber } from './subscriber-record.ts';
import type { SubscriberRow } from './subscriber-record.ts';

export interface NewSubscriber {
  readonly place: CalledPlace;
  readonly email: string;
  readonly package: SubscriberPackage;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly now: number;
}

/** @throws what the unique indexes and the package's limit object to. */
export async function insertSubscriber(
  { pool, assignments }: Sandbox,
  customer: CustomerRow,
  wanted: NewSubscriber,
): Promise<SubscriberRow> {
  const add = () =>
    hasFreeAccount(wanted.email) ? insertPending(pool, customer, wanted) : insert(pool, customer, wanted, null);
  const isLimited = customer.limits[wanted.package] !== undefined;
  const added = isLimited
    ? await assignments.take(customer.id, async () => {
        await checkLimit(pool, customer, wanted.package);
        return add();
      })
    : await add();
  return { ...added, external_id: customer.external_id, org_id: customer.org_id ?? '' };
}

async function insertPending(pool: pg.Pool, customer: CustomerRow, wanted: NewSubscriber): Promise<SubscriberRow> {
  const token = newConsentToken();
  return inTransaction(pool, async (db) => {
    await sendMails(db, moveMail(customer.partner, wanted.email, token, wanted.now));
    return insert(db, customer, wanted, token);
  });
}

const insertSql = `with added as (
    insert into sandbox.subscribers (id, partner, customer_id, email, package, status, person_id, first_name, last_name,
      phone_number, extension, location_id, consent_token, created_at, status_changed_at)
    values ($1, $2, $3, $4, $5, $6,
      -- Somebody of this e-mail, an administrator for example, may be in the organisation already.
      case when $6 = 'provisioned'
        then coalesce((select p.id from sandbox.people p where p.org_id = $7 and lower(p.email) = lower($4)), $8) end,
      $9, $10, $11, $12, $13, $14, $15, $15)
    on conflict do nothing returning *
  ), person as (
    ${addPersonSql(`select person_id, partner, $7, email, first_name, last_name, '{}'::text[], created_at from added where person_id is not null`)}
  ), taken as (
    update sandbox.numbers n set subscriber_id = added.id from added where n.org_id = $7 and n.number = added.phone_number
  ), counted as (
    ${countSql('subscriber', 'select partner, customer_id, email from added')}
  )
  select * from added`;

async function insert(
  db: Database,
  customer: CustomerRow,
  wanted: NewSubscriber,
  token: string | null,
): Promise<SubscriberRow> {
  const { email, place } = wanted;
  const added = await findRow<SubscriberRow>(db, insertSql, [
    newId('SUBSCRIBER'),
    customer.partner,
    customer.id,
    email,
    wanted.package,
    token === null ? 'provisioned' : 'pending_user_migration',
    customer.org_id,
    newId('PEOPLE'),
    wanted.firstName,
    wanted.lastName,
    place.phoneNumber,
    place.extension,
    place.locationId,
    token,
    wanted.now,
  ]);
  if (added !== null) return added;
  if (await hasSubscriber(db, customer.id, email)) throw emailTaken(email);
  // The other two were free when checkPlace looked, a moment ago.
  throw place.extension === null ? numberUnavailable(place.phoneNumber ?? '') : extensionTaken(place.extension);
}
