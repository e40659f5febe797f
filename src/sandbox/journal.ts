// The log of requests that GET /sandbox/log shows: written in batches, bounded, without bodies and headers, hence without secrets.
// A kill may lose its last lines; what really happened is counted in effects.ts.

import type { FastifyRequest } from 'fastify';
import { callOf } from './call.ts';
import type { Clock } from './clock.ts';
import type { SandboxLog } from './log.ts';
import { findRows } from './state.ts';
import type { Database } from './state.ts';

export interface JournalEntry {
  readonly at: string;
  readonly partner: string | null;
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** Null: no answer was sent. */
  readonly status: number | null;
  /** What the request changed, for example customer-created. */
  readonly effect?: string;
  /** The kind of the fault that hit it. */
  readonly fault?: string;
}

export interface Journal {
  record(entry: JournalEntry): void;
  flush(): Promise<void>;
  read(since: number | null): Promise<JournalEntry[]>;
}

const batchSize = 100;
const keptEntries = 20_000;

export function openJournal(db: Database, log: SandboxLog): Journal {
  let waiting: JournalEntry[] = [];
  let writing: Promise<void> = Promise.resolve();

  async function write(entries: readonly JournalEntry[]): Promise<void> {
    if (entries.length === 0) return;
    const insert = `insert into sandbox.request_log (at, entry)
      select at, entry from unnest($1::bigint[], $2::jsonb[]) with ordinality as given (at, entry, place) order by place`;
    const ats = entries.map((entry) => Date.parse(entry.at));
    try {
      await db.query(insert, [ats, entries.map((entry) => JSON.stringify(entry))]);
      await db.query('delete from sandbox.request_log where seq <= (select max(seq) from sandbox.request_log) - $1', [
        keptEntries,
      ]);
    } catch (error) {
      log.warn({ err: error, lost: entries.length }, 'the sandbox could not write its request log');
    }
  }

  function flush(): Promise<void> {
    const entries = waiting;
    waiting = [];
    writing = writing.then(() => write(entries));
    return writing;
  }

  return {
    record(entry) {
      waiting.push(entry);
      if (waiting.length >= batchSize) void flush();
    },
    flush,
    async read(since) {
      await flush();
      const sql = 'select entry from sandbox.request_log where at >= $1 order by seq';
      return (await findRows<{ entry: JournalEntry }>(db, sql, [since ?? 0])).map(({ entry }) => entry);
    },
  };
}

/** @param status null: no answer was sent. */
export function recordCall(
  { journal, clock }: { readonly journal: Journal; readonly clock: Clock },
  request: FastifyRequest,
  status: number | null,
): void {
  const { partner, effect, fault } = callOf(request);
  journal.record({
    at: new Date(clock.now()).toISOString(),
    partner,
    method: request.method,
    path: request.url,
    status,
    ...(effect === null ? {} : { effect }),
    ...(fault === null ? {} : { fault }),
  });
}
