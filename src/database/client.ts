// The connection to PostgreSQL: a bounded pool under Prisma's client. Who runs the server is embedded.ts's business, what
// the tables look like migrate.ts's.

import { PrismaPg } from '@prisma/adapter-pg';
import { DriverAdapterError } from '@prisma/driver-adapter-utils';
import type { Transaction as DriverTransaction } from '@prisma/driver-adapter-utils';
import pg from 'pg';
import { withSessionSettings } from './connection-url.ts';
import { PrismaClient } from './generated/client.ts';

export type Database = PrismaClient & {
  /** Waits for what is under way. Any later use is refused: a plain $disconnect would let it connect again. */
  readonly close: () => Promise<void>;
};

export interface DatabaseOptions {
  readonly url: string;
  /** Most connections this process opens; a caller that finds none free for 10 s is refused. */
  readonly poolSize: number;
  /** Longest one SQL statement may run, waiting for locks included; 10,000 unless told. */
  readonly statementTimeoutMs?: number;
}

const connectionTimeoutMs = 10_000;
const idleInTransactionTimeoutMs = 30_000;

/** Connects when first used. */
export function createDatabase({ url, poolSize, statementTimeoutMs = 10_000 }: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: withSessionSettings(url, {
      // The driver adapter writes and reads timestamps without their offset: in another zone every one of them would shift.
      TimeZone: 'UTC',
      // Prisma's own transaction timeout cannot interrupt a statement; it waits behind it on the same connection.
      statement_timeout: statementTimeoutMs,
      idle_in_transaction_session_timeout: idleInTransactionTimeoutMs,
    }),
    max: poolSize,
    connectionTimeoutMillis: connectionTimeoutMs,
    fallback_application_name: 'gateway',
    keepAlive: true,
  });
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

/**
 * Prisma can send a statement it was about to send when a transaction timed out after that transaction's ROLLBACK: it
 * would commit on its own, perhaps inside somebody else's transaction (prisma issue 29762). Once the end is on its way
 * such a latecomer is refused.
 */
export function sealTransactions(factory: PrismaPg): PrismaPg {
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    const startTransaction = adapter.startTransaction.bind(adapter);
    adapter.startTransaction = async (isolationLevel) => seal(await startTransaction(isolationLevel));
    return adapter;
  };
  return factory;
}

function seal(transaction: DriverTransaction): DriverTransaction {
  let isEnding = false;
  const queryRaw = transaction.queryRaw.bind(transaction);
  const executeRaw = transaction.executeRaw.bind(transaction);
  const refuseLatecomer = (): void => {
    if (isEnding)
      throw new DriverAdapterError({ kind: 'TransactionAlreadyClosed', cause: 'the transaction has ended' });
  };
  transaction.queryRaw = async (query) => {
    refuseLatecomer();
    return queryRaw(query);
  };
  transaction.executeRaw = async (query) => {
    refuseLatecomer();
    isEnding = query.sql === 'COMMIT' || query.sql === 'ROLLBACK';
    return executeRaw(query);
  };
  return transaction;
}
