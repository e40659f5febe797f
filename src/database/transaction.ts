// Short transactions: a few statements, no waiting for anything but the database. What happens inside is the caller's.

import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { Database } from './client.ts';
import type { Prisma } from './generated/client.ts';

/** The `never` keeps a plain Database from passing for one: what must be atomic cannot be called outside a transaction. */
export type Transaction = Prisma.TransactionClient & { readonly $connect?: never };

/** For what reads only and does not care. */
export type Reader = Database | Transaction;

const timing = { maxWait: 5_000, timeout: 10_000 } as const;
const maxAttempts = 5;
const firstBackoffMs = 10;

/**
 * READ COMMITTED, as all row locks here expect. Whatever `work` throws rolls everything back and is thrown on. When
 * PostgreSQL breaks the transaction off because it collided with another (serialization failure, deadlock), `work` runs
 * again from the start, so it must touch nothing but its transaction.
 */
export async function inTransaction<T>(database: Database, work: (transaction: Transaction) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await database.$transaction(work, { ...timing, isolationLevel: 'ReadCommitted' });
    } catch (error) {
      if (attempt === maxAttempts || !isCollision(error)) throw error;
      await delay(firstBackoffMs * 2 ** attempt * Math.random());
    }
  }
}

const collisionCodes: readonly string[] = ['40001', '40P01'];

/** Prisma tells of a collision as P2034, of one in raw SQL as P2010 with PostgreSQL's own code inside. */
const collision = z.union([
  z.object({ code: z.literal('P2034') }),
  z.object({
    meta: z.object({
      driverAdapterError: z.object({
        cause: z.object({ originalCode: z.string().refine((code) => collisionCodes.includes(code)) }),
      }),
    }),
  }),
]);

function isCollision(error: unknown): boolean {
  return collision.safeParse(error).success;
}
