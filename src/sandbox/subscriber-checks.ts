// The checks of a subscriber that need to know what is there already: the customer, its limits, its numbers and extensions.

import { isProvisioned } from './customer-record.ts';
import type { CustomerRow } from './customer-record.ts';
import { notFound, refusal } from './errors.ts';
import { includesCalling } from './packages.ts';
import type { SubscriberPackage } from './packages.ts';
import { findRow } from './state.ts';
import type { Database } from './state.ts';
import { isTakenElsewhere } from './subscriber-input.ts';
import type { Telephony } from './subscriber-input.ts';

export interface CalledPlace {
  readonly locationId: string | null;
  readonly phoneNumber: string | null;
  readonly extension: string | null;
}

const nowhere: CalledPlace = { locationId: null, phoneNumber: null, extension: null };

/** @throws 10022 for the e-mail of somebody else. */
export function checkEmail(email: string): void {
  if (isTakenElsewhere(email)) throw emailTaken(email);
}

export function emailTaken(email: string): Error {
  return refusal('emailTaken', `The email ${email} is already associated with an existing user.`);
}

/**
 * @returns the customer's organisation
 * @throws unless the customer is ready and has the package
 */
export function checkPackageOfCustomer(customer: CustomerRow, name: SubscriberPackage): string {
  if (!isProvisioned(customer) || customer.org_id === null) {
    throw refusal('customerNotProvisioned', `The customer is ${customer.status}; it must be provisioned first.`);
  }
  const state = customer.packages.find((entry) => entry.name === name);
  if (state?.status === 'provisioned') return customer.org_id;
  throw refusal('packageNotInCustomer', `The package ${name} is not provisioned for the customer.`);
}

/** @throws when all of the package are assigned. The caller sees to it that nobody else assigns one meanwhile. */
export async function checkLimit(db: Database, customer: CustomerRow, name: SubscriberPackage): Promise<void> {
  const limit = customer.limits[name];
  if (limit === undefined) return;
  const sql = 'select count(*) as used from sandbox.subscribers where customer_id = $1 and package = $2';
  const counted = await findRow<{ used: number }>(db, sql, [customer.id, name]);
  if ((counted?.used ?? 0) >= limit) {
    throw refusal('packageLimitReached', `All ${limit} of the package ${name} are assigned.`);
  }
}

/** Where and how a person can be called; nothing for a package without calling. */
export async function checkPlace(
  db: Database,
  orgId: string,
  name: SubscriberPackage,
  asked: Telephony,
): Promise<CalledPlace> {
  if (!includesCalling(name)) return nowhere;
  const found = await findRow<PlaceRow>(
    db,
    `select l.id, n.location_id as number_location_id, n.subscriber_id as number_holder,
       exists (select 1 from sandbox.subscribers s where s.location_id = l.id and s.extension = $4) as is_extension_taken
     from sandbox.locations l left join sandbox.numbers n on n.org_id = l.org_id and n.number = $3
     where l.org_id = $1 and ($2::text is null or l.id = $2) order by l.is_headquarters desc, l.seq limit 1`,
    [orgId, asked.locationId ?? null, asked.primaryPhoneNumber ?? null, asked.extension ?? null],
  );
  if (found === null) {
    if (asked.locationId !== undefined) throw notFound('location');
    throw refusal('locationRequired', 'The organization has no location yet, which a calling user needs.');
  }
  const place: CalledPlace = {
    locationId: found.id,
    phoneNumber: asked.primaryPhoneNumber ?? null,
    extension: asked.extension ?? null,
  };
  if (place.phoneNumber !== null) checkNumber(place.phoneNumber, found);
  if (place.extension !== null && found.is_extension_taken) throw extensionTaken(place.extension);
  return place;
}

interface PlaceRow {
  id: string;
  number_location_id: string | null;
  number_holder: string | null;
  is_extension_taken: boolean;
}

/** @throws when somebody else took the number since checkPlace looked. */
export async function takeNumber(db: Database, orgId: string, subscriberId: string, place: CalledPlace): Promise<void> {
  if (place.phoneNumber === null) return;
  const sql = `update sandbox.numbers set subscriber_id = $3 where org_id = $1 and number = $2 and subscriber_id is null`;
  const { rowCount } = await db.query(sql, [orgId, place.phoneNumber, subscriberId]);
  if (rowCount === 0) throw numberUnavailable(place.phoneNumber);
}

export async function releaseNumbers(db: Database, subscriberId: string): Promise<void> {
  await db.query('update sandbox.numbers set subscriber_id = null where subscriber_id = $1', [subscriberId]);
}

export function isUnavailableNumber(number: string): boolean {
  return number.endsWith('0000');
}

export function unavailableNumber(number: string): string {
  return `[Error 8361] DN is unavailable : ${number}`;
}

function checkNumber(number: string, found: PlaceRow): void {
  if (isUnavailableNumber(number) || found.number_holder !== null) throw numberUnavailable(number);
  if (found.number_location_id === found.id) return;
  throw refusal('numberNotInInventory', `The number ${number} is not among the numbers of the location.`);
}

export function numberUnavailable(number: string): Error {
  return refusal('numberUnavailable', unavailableNumber(number));
}

export function extensionTaken(extension: string): Error {
  return refusal('extensionTaken', `The extension ${extension} is in use at the location.`);
}
