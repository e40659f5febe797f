// A database connection that breaks in the middle of the sandbox's work costs that piece of work, not the process.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { findRow, inTransaction, openState } from '../../src/sandbox/state.ts';
import { createBareDatabase, runSql } from '../support/database.ts';
import { waitFor } from '../support/wait-for.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
let test: Awaited<ReturnType<typeof createBareDatabase>>;
beforeAll(async () => {
  test = await createBareDatabase();
});
afterAll(() => test.drop());

it('a transaction whose connection is cut between two statements fails, and the process goes on', async () => {
  const pool = await openState(test.url, log);
  try {
    const cut = inTransaction(pool, async (db) => {
      const own = await findRow<{ pid: number }>(db, 'select pg_backend_pid() as pid', []);
      await runSql(test.url, `select pg_terminate_backend(${own?.pid})`);
      // By the time another connection can no longer see it, its end has been told to this process too.
      await waitFor(async () => {
        const { rowCount } = await pool.query('select 1 from pg_stat_activity where pid = $1', [own?.pid]);
        return rowCount === 0;
      });
      await db.query('select 1');
    });
    await expect(cut).rejects.toThrow();
    expect(await findRow(pool, 'select 1 as one', [])).toEqual({ one: 1 });
  } finally {
    await pool.end();
  }
});
