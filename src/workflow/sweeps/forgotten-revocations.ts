// Revocations that no token needs any more: whatever they refuse has expired by itself.

import type { Sweep } from '../maintenance.ts';

export const forgottenRevocations: Sweep = {
  name: 'revocations of tokens that have expired',
  // They are few, and once removed the next look finds none.
  removeSome: async (database, now) =>
    (await database.accessRevocation.deleteMany({ where: { expiresAt: { lte: now } } })).count,
};
