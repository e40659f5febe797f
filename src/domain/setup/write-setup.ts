// Turns a complete set-up draft into the rows that its operation works through, in bulk statements, and says which step
// has which of them to do. All start PENDING: nothing has happened on the platform yet.

import type { CustomerOrigin } from '../../database/generated/enums.ts';
import type { Transaction } from '../../database/transaction.ts';
import { locationKey } from '../address.ts';
import type { PlannedStep } from '../operation/accept.ts';
import type { UserFacts } from '../user/values.ts';
import { newId } from './ids.ts';
import type { SetupValues } from './values.ts';

export interface SetupTarget {
  readonly partnerId: string;
  readonly customerId: string;
  readonly origin: CustomerOrigin;
  readonly createdAt: Date;
}

/** Ids by the key that the draft knows a thing by: a location's locationKey, a user's e-mail address. */
type Ids = ReadonlyMap<string, string>;

/** Steps without anything to do are left out. */
export async function writeSetup(
  transaction: Transaction,
  target: SetupTarget,
  values: SetupValues,
  facts: UserFacts,
): Promise<PlannedStep[]> {
  const newLocations = await writeLocations(transaction, target, values);
  const locationIds = new Map([...facts.locationIds, ...newLocations]);
  const userIds = await writeUsers(transaction, target, values, facts, locationIds);
  const numberIds = await writeNumbers(transaction, target, values, facts, locationIds, userIds);
  const withNumber = values.users.filter(({ phoneNumber }) => phoneNumber !== null);
  const steps: PlannedStep[] = [
    { kind: 'CREATE_LOCATIONS', items: [...newLocations.values()] },
    { kind: 'ADD_PHONE_NUMBERS', items: numberIds },
    { kind: 'CREATE_USERS', items: values.users.map(({ email }) => idOf(userIds, email)) },
    { kind: 'ASSIGN_PHONE_NUMBERS', items: withNumber.map(({ email }) => idOf(userIds, email)) },
  ];
  return steps.filter(({ items }) => items.length > 0);
}

async function writeLocations(
  transaction: Transaction,
  { partnerId, customerId, createdAt }: SetupTarget,
  { locations }: SetupValues,
): Promise<Ids> {
  const rows = await transaction.location.createManyAndReturn({
    data: locations.map(({ address, ...location }) => ({
      ...location,
      ...address,
      partnerId,
      customerId,
      createdAt,
      kind: 'BRANCH' as const,
    })),
    select: { id: true, name: true },
  });
  return new Map(rows.map(({ id, name }) => [locationKey(name), id]));
}

async function writeUsers(
  transaction: Transaction,
  { partnerId, customerId, origin, createdAt }: SetupTarget,
  { users }: SetupValues,
  { adminEmail }: UserFacts,
  locationIds: Ids,
): Promise<Ids> {
  const rows = users.map(({ firstName, lastName, email, package: code, locationName, extension }, index) => ({
    id: newId(createdAt, index),
    locationId: idOf(locationIds, locationKey(locationName)),
    firstName,
    lastName,
    email,
    package: code,
    extension,
    // Whoever administers an attached organisation does so already; its first wholesale user is not made an administrator (A7).
    isCustomerAdmin: origin === 'NEW' && email === adminEmail,
  }));
  await transaction.$executeRaw`
    INSERT INTO "User" ("partnerId", "customerId", "createdAt", "lastStatusChangeAt", "roles",
      "id", "locationId", "firstName", "lastName", "email", "package", "extension", "isCustomerAdmin")
    SELECT ${partnerId}::uuid, ${customerId}::uuid, ${createdAt}::timestamptz, ${createdAt}::timestamptz, '{}', given.*
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS given (
      "id" uuid, "locationId" uuid, "firstName" text, "lastName" text, "email" text, "package" "PackageCode",
      "extension" text, "isCustomerAdmin" boolean
    )`;
  return new Map(rows.map(({ id, email }) => [email, id]));
}

/** Answers the ids of the numbers that the platform does not have yet. */
async function writeNumbers(
  transaction: Transaction,
  target: SetupTarget,
  { users }: SetupValues,
  { numbers }: UserFacts,
  locationIds: Ids,
  userIds: Ids,
): Promise<string[]> {
  const assigned = users.flatMap(({ email, locationName, phoneNumber }) =>
    phoneNumber === null
      ? []
      : [
          {
            number: phoneNumber,
            userId: idOf(userIds, email),
            locationId: idOf(locationIds, locationKey(locationName)),
          },
        ],
  );
  const known = assigned.flatMap(({ number, userId }) => {
    const row = numbers.get(number);
    return row ? [{ ...row, userId }] : [];
  });
  const added = assigned.filter(({ number }) => !numbers.has(number));
  await handOver(transaction, known);
  return [
    ...known.filter(({ isProvisioned }) => !isProvisioned).map(({ id }) => id),
    ...(await add(transaction, target, added)),
  ];
}

/** Numbers that were free at the users' locations. */
async function handOver(
  transaction: Transaction,
  numbers: readonly { readonly id: string; readonly userId: string }[],
) {
  await transaction.$executeRaw`
    UPDATE "PhoneNumber" AS number
    SET "userId" = given."userId", "status" = CASE number."status" WHEN 'PROVISIONED' THEN number."status" ELSE 'PENDING' END
    FROM json_to_recordset(${JSON.stringify(numbers)}::json) AS given ("id" uuid, "userId" uuid)
    WHERE number."id" = given."id"`;
}

async function add(
  transaction: Transaction,
  { partnerId, customerId, createdAt }: SetupTarget,
  numbers: readonly { readonly number: string; readonly userId: string; readonly locationId: string }[],
): Promise<string[]> {
  const rows = numbers.map((number, index) => ({ ...number, id: newId(createdAt, index) }));
  await transaction.$executeRaw`
    INSERT INTO "PhoneNumber" ("partnerId", "customerId", "createdAt", "id", "number", "userId", "locationId")
    SELECT ${partnerId}::uuid, ${customerId}::uuid, ${createdAt}::timestamptz, given.*
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS given ("id" uuid, "number" text, "userId" uuid, "locationId" uuid)`;
  return rows.map(({ id }) => id);
}

/** Complete drafts name nothing that does not exist. */
function idOf(ids: Ids, key: string): string {
  const id = ids.get(key);
  if (id === undefined) throw new Error('a complete set-up draft names something that does not exist');
  return id;
}
