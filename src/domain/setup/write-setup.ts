// Turns a complete set-up draft into the rows that its operation works through, in bulk statements, and says which step
// has which of them to do. All start PENDING: nothing has happened on the platform yet.

import type { CustomerOrigin } from '../../database/generated/enums.ts';
import type { Transaction } from '../../database/transaction.ts';
import { locationKey } from '../address.ts';
import type { PlannedStep } from '../operation/accept.ts';
import type { SetupFacts, SetupValues } from './values.ts';

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
  facts: SetupFacts,
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
  { adminEmail }: SetupFacts,
  locationIds: Ids,
): Promise<Ids> {
  const rows = await transaction.user.createManyAndReturn({
    data: users.map(({ firstName, lastName, email, package: code, locationName, extension }) => ({
      partnerId,
      customerId,
      locationId: idOf(locationIds, locationKey(locationName)),
      firstName,
      lastName,
      email,
      package: code,
      extension,
      // Whoever administers an attached organisation does so already; the first wholesale user of one becomes nothing (A7).
      isCustomerAdmin: origin === 'NEW' && email === adminEmail,
      createdAt,
      lastStatusChangeAt: createdAt,
    })),
    select: { id: true, email: true },
  });
  return new Map(rows.map(({ id, email }) => [email, id]));
}

/** Answers the ids of the numbers that the platform does not have yet. */
async function writeNumbers(
  transaction: Transaction,
  { partnerId, customerId, createdAt }: SetupTarget,
  { users }: SetupValues,
  { numbers }: SetupFacts,
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
  await transaction.$executeRaw`
    UPDATE "PhoneNumber" AS number
    SET "userId" = given."userId", "status" = CASE number."status" WHEN 'PROVISIONED' THEN number."status" ELSE 'PENDING' END
    FROM unnest(${known.map(({ id }) => id)}::uuid[], ${known.map(({ userId }) => userId)}::uuid[]) AS given ("id", "userId")
    WHERE number."id" = given."id"`;
  const added = await transaction.phoneNumber.createManyAndReturn({
    data: assigned
      .filter(({ number }) => !numbers.has(number))
      .map((number) => ({ ...number, partnerId, customerId, createdAt })),
    select: { id: true },
  });
  return [...known.filter(({ isProvisioned }) => !isProvisioned), ...added].map(({ id }) => id);
}

/** Complete drafts name nothing that does not exist. */
function idOf(ids: Ids, key: string): string {
  const id = ids.get(key);
  if (id === undefined) throw new Error('a complete set-up draft names something that does not exist');
  return id;
}
