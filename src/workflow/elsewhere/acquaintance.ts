// Whom of a customer we know already.

import type { Database } from '../../database/client.ts';
import type { Acquaintance } from './read-details.ts';

export async function acquaintanceOf(
  database: Database,
  partnerId: string,
  customerPlatformId: string,
): Promise<Acquaintance> {
  const customer = await database.customer.findFirst({
    where: { partnerId, platformId: customerPlatformId, status: { not: 'DELETED' } },
    select: { users: { where: { platformId: { not: null } }, select: { platformId: true } } },
  });
  return { userPlatformIds: customer && new Set(customer.users.flatMap(({ platformId }) => platformId ?? [])) };
}
