// Loads what the rules of new users need to know about their customer. Lookups are bounded by what the new users mention,
// so that a customer of many thousand users costs no more than a small one.

import type { Transaction } from '../../database/transaction.ts';
import { locationKey } from '../address.ts';
import type { Viewer } from '../viewer.ts';
import type { KnownNumber, NewUser, UserFacts } from './values.ts';

export type Mention = Pick<NewUser, 'email' | 'phoneNumber' | 'extension'>;

export async function loadUserFacts(
  transaction: Transaction,
  viewer: Viewer,
  customerId: string,
  mentions: readonly Mention[],
): Promise<UserFacts> {
  const customer = await transaction.customer.findUniqueOrThrow({
    where: { id: customerId, partnerId: viewer.partnerId },
    select: {
      adminEmail: true,
      packages: { select: { code: true, limit: true } },
      locations: { select: { id: true, name: true } },
    },
  });
  const assigned = await transaction.user.groupBy({ by: ['package'], where: { customerId }, _count: { _all: true } });
  const emails = mentions.map(({ email }) => email);
  const takenEmails = await transaction.$queryRaw<{ email: string }[]>`
    SELECT "email" FROM "User" WHERE "customerId" = ${customerId}::uuid AND "email" = ANY (${emails}::text[])`;
  const extensions = mentions.flatMap(({ extension }) => extension ?? []);
  const takenExtensions = await transaction.$queryRaw<{ extension: string }[]>`
    SELECT "extension" FROM "User" WHERE "customerId" = ${customerId}::uuid AND "extension" = ANY (${extensions}::text[])`;
  return {
    adminEmail: customer.adminEmail.toLowerCase(),
    packages: new Map(customer.packages.map(({ code, limit }) => [code, limit])),
    assignedUsers: new Map(assigned.map((row) => [row.package, row._count._all])),
    locationIds: new Map(customer.locations.map(({ id, name }) => [locationKey(name), id])),
    takenEmails: new Set(takenEmails.map(({ email }) => email)),
    takenExtensions: new Set(takenExtensions.map(({ extension }) => extension)),
    numbers: await loadNumbers(transaction, viewer, customerId, mentions),
  };
}

async function loadNumbers(
  transaction: Transaction,
  viewer: Viewer,
  customerId: string,
  mentions: readonly Mention[],
): Promise<Map<string, KnownNumber>> {
  const numbers = mentions.flatMap(({ phoneNumber }) => phoneNumber ?? []);
  const rows = await transaction.$queryRaw<
    { id: string; number: string; location: string; isFree: boolean; isProvisioned: boolean }[]
  >`
    SELECT number."id", number."number", location."name" AS "location",
           number."customerId" = ${customerId}::uuid AND number."userId" IS NULL AS "isFree",
           number."status" = 'PROVISIONED' AS "isProvisioned"
    FROM "PhoneNumber" number JOIN "Location" location ON location."id" = number."locationId"
    WHERE number."partnerId" = ${viewer.partnerId}::uuid AND number."number" = ANY (${numbers}::text[])`;
  return new Map(
    rows.map(({ id, number, location, isFree, isProvisioned }) => [
      number,
      { id, freeAt: isFree ? locationKey(location) : null, isProvisioned },
    ]),
  );
}
