// What all pools have in common: how many connections, and how long anything may take.

import type { PoolConfig } from 'pg';
import { withSessionSettings } from './connection-url.ts';

export interface DatabaseOptions {
  readonly url: string;
  /** Most connections this process opens; a caller that finds none free for 10 s is refused. */
  readonly poolSize: number;
  /** Longest one SQL statement may run, waiting for locks included; 10,000 unless told. */
  readonly statementTimeoutMs?: number;
}

const connectionTimeoutMs = 10_000;
const idleInTransactionTimeoutMs = 30_000;

/** @param settings what sessions start with besides */
export function poolOptions(
  { url, poolSize, statementTimeoutMs = 10_000 }: DatabaseOptions,
  settings: Readonly<Record<string, string>> = {},
): PoolConfig {
  return {
    connectionString: withSessionSettings(url, {
      // The driver adapter writes and reads timestamps without their offset: in another zone every one of them would shift.
      TimeZone: 'UTC',
      // Prisma's own transaction timeout cannot interrupt a statement; it waits behind it on the same connection.
      statement_timeout: statementTimeoutMs,
      idle_in_transaction_session_timeout: idleInTransactionTimeoutMs,
      ...settings,
    }),
    max: poolSize,
    connectionTimeoutMillis: connectionTimeoutMs,
    fallback_application_name: 'gateway',
    keepAlive: true,
  };
}
