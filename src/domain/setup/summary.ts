// The set-up wizard's review in figures, for as many drafts as one likes in one query. Submitted drafts keep theirs.

import type { PackageCode } from '../../database/generated/enums.ts';
import type { Reader } from '../../database/transaction.ts';
import { packageOfferings } from '../catalogue/packages.ts';

export interface SetupSummary {
  readonly newLocations: number;
  readonly newUsers: number;
  /** Users with a calling package that still have neither phone number nor extension. */
  readonly usersNeedingNumbers: number;
  /** Users with a phone number, an extension, or both. */
  readonly usersWithNumbers: number;
}

const callingPackages: readonly PackageCode[] = Object.values(packageOfferings)
  .filter(({ includesCalling }) => includesCalling)
  .map(({ code }) => code);

/** By draft; drafts that do not exist are left out. Whose drafts they are is the caller's to know. */
export async function loadSetupSummaries(
  reader: Reader,
  draftIds: readonly string[],
): Promise<ReadonlyMap<string, SetupSummary>> {
  const rows = await reader.$queryRaw<({ draftId: string } & SetupSummary)[]>`
    SELECT draft."id" AS "draftId",
           jsonb_array_length(draft."locations") AS "newLocations",
           count(draft_user."draftId")::int AS "newUsers",
           count(*) FILTER (
             WHERE draft_user."package"::text = ANY (${[...callingPackages]}::text[]) AND numbers."given" = 0
           )::int AS "usersNeedingNumbers",
           count(*) FILTER (WHERE numbers."given" > 0)::int AS "usersWithNumbers"
    FROM "SetupDraft" draft
    LEFT JOIN "SetupDraftUser" draft_user ON draft_user."draftId" = draft."id"
    CROSS JOIN LATERAL (SELECT num_nonnulls(draft_user."phoneNumber", draft_user."extension") AS "given") numbers
    WHERE draft."id" = ANY (${[...draftIds]}::uuid[])
    GROUP BY draft."id"`;
  return new Map(rows.map(({ draftId, ...summary }) => [draftId, summary]));
}
