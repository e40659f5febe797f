// What a sub-partner may do: everything while it is active, only take away while it is suspended or gone.

import type { SubPartner } from '../../database/generated/client.ts';
import type { Reader } from '../../database/transaction.ts';
import { problem } from '../problem.ts';
import type { Problem } from '../problem.ts';

export type SubPartnerStanding = Pick<SubPartner, 'provisioningState' | 'vanishedAt'>;

export const standingColumns = { provisioningState: true, vanishedAt: true } as const;

/** @param subPartner Whose the customer is; null: the partner's own. */
export function judgeStanding(subPartner: SubPartnerStanding | null, path: readonly string[]): Problem[] {
  if (subPartner === null || (subPartner.provisioningState === 'ACTIVE' && subPartner.vanishedAt === null)) return [];
  const message =
    'The sub-partner is suspended: its customers can be detached and their users removed, and nothing else, until Cisco lifts that.';
  return [problem('SUB_PARTNER_SUSPENDED', path, message)];
}

/** For a customer to be. @param id Null: the partner itself sells to it. */
export async function judgeSubPartner(reader: Reader, partnerId: string, id: string | null): Promise<Problem[]> {
  if (id === null) return [];
  const path = ['subPartnerId'];
  const found = await reader.subPartner.findFirst({ where: { id, partnerId }, select: standingColumns });
  return found ? judgeStanding(found, path) : [problem('NOT_FOUND', path, 'There is no such sub-partner.')];
}
