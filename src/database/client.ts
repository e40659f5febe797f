// The connection to PostgreSQL as the tables' owner: a bounded pool under Prisma's client. Who runs the server is embedded.ts's
// business, what the tables look like migrate.ts's; requests of the API are served by tenants.ts.

import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from './generated/client.ts';
import { poolOptions } from './pool-options.ts';
import type { DatabaseOptions } from './pool-options.ts';
import { sealTransactions } from './seal-transactions.ts';

export type Database = PrismaClient;

export type OpenDatabase = Database & {
  /** Waits for what is under way. Any later use is refused: a plain $disconnect would let it connect again. */
  readonly close: () => Promise<void>;
};

/** Connects when first used. */
export function createDatabase(options: DatabaseOptions): OpenDatabase {
  return openDatabase(new pg.Pool(poolOptions(options)));
}

export function openDatabase(pool: pg.Pool): OpenDatabase {
  // An idle connection that breaks is replaced by the pool; without a listener its error would end the process.
  pool.on('error', () => undefined);
  const client = new PrismaClient({ adapter: sealTransactions(new PrismaPg(pool)) });
  return Object.assign(client, {
    async close() {
      await client.$disconnect();
      if (!pool.ending) await pool.end();
    },
  });
}
