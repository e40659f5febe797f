// Tells from an error whether a unique index objected: somebody else's commit was first.

import { z } from 'zod';

/** Prisma tells of one as P2002, of one in raw SQL with PostgreSQL's own code inside. */
const uniqueViolation = z.union([
  z.object({ code: z.literal('P2002') }),
  z.object({
    meta: z.object({ driverAdapterError: z.object({ cause: z.object({ originalCode: z.literal('23505') }) }) }),
  }),
]);

export function isUniqueViolation(error: unknown): boolean {
  return uniqueViolation.safeParse(error).success;
}
