// Stores users of a draft: one statement however many they are. Prisma's createMany would take seconds for ten thousand.

import type { Transaction } from '../../database/transaction.ts';
import type { SetupUser } from './setup-user.ts';

/** Whoever stands at the same positions gives way. */
export async function writeDraftUsers(
  transaction: Transaction,
  draftId: string,
  users: readonly SetupUser[],
): Promise<void> {
  await transaction.$executeRaw`
    INSERT INTO "SetupDraftUser"
      ("draftId", "position", "firstName", "lastName", "email", "package", "locationName", "phoneNumber", "extension")
    SELECT ${draftId}::uuid, given.*
    FROM json_to_recordset(${JSON.stringify(users)}::json) AS given (
      "position" int, "firstName" text, "lastName" text, "email" text, "package" "PackageCode",
      "locationName" text, "phoneNumber" text, "extension" text
    )
    ON CONFLICT ("draftId", "position") DO UPDATE SET
      "firstName" = excluded."firstName", "lastName" = excluded."lastName", "email" = excluded."email",
      "package" = excluded."package", "locationName" = excluded."locationName",
      "phoneNumber" = excluded."phoneNumber", "extension" = excluded."extension"`;
}
