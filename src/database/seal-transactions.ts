// Keeps a statement that comes too late from being carried out after its transaction has ended.

import type { PrismaPg } from '@prisma/adapter-pg';
import { DriverAdapterError } from '@prisma/driver-adapter-utils';
import type { Transaction as DriverTransaction } from '@prisma/driver-adapter-utils';

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
