// Short transactions: all or nothing, again after a collision, and no statement after the end.

import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDatabase } from '../../src/database/client.ts';
import { sealTransactions } from '../../src/database/seal-transactions.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import type { Transaction } from '../../src/database/transaction.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';

let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

beforeEach(async () => {
  await test.database.partner.deleteMany();
  await test.database.partner.createMany({
    data: ['left', 'right'].map((slug) => ({ slug, name: 'unchanged', dataRegion: 'US' as const })),
  });
});

const names = async (): Promise<string[]> =>
  (await test.database.partner.findMany({ orderBy: { slug: 'asc' } })).map(({ name }) => name);

const viaModel = (transaction: Transaction, slug: string, name: string): Promise<unknown> =>
  transaction.partner.update({ where: { slug }, data: { name } });
const viaSql = (transaction: Transaction, slug: string, name: string): Promise<unknown> =>
  transaction.$executeRaw`UPDATE "Partner" SET "name" = ${name} WHERE "slug" = ${slug}`;

/** Resolves for everybody as soon as all have come; later on at once. */
function meetingOf(count: number): () => Promise<null> {
  let missing = count;
  const { promise, resolve } = Promise.withResolvers<null>();
  return () => {
    if (--missing === 0) resolve(null);
    return promise;
  };
}

describe('inTransaction', () => {
  it('commits what was done and answers what the work answers', async () => {
    expect(
      await inTransaction(test.database, async (transaction) => viaModel(transaction, 'left', 'new')),
    ).toMatchObject({
      name: 'new',
    });
    expect(await names()).toEqual(['new', 'unchanged']);
  });

  it('leaves nothing behind when the work throws, and does not try again', async () => {
    let attempts = 0;
    const work = inTransaction(test.database, async (transaction) => {
      attempts++;
      await viaModel(transaction, 'left', 'new');
      throw new Error('changed my mind');
    });
    await expect(work).rejects.toThrow('changed my mind');
    expect(attempts).toBe(1);
    expect(await names()).toEqual(['unchanged', 'unchanged']);
  });

  it.each([
    ['through a model', viaModel],
    ['in raw SQL', viaSql],
  ])('repeats the loser of a deadlock met %s', async (_, write) => {
    const bothHoldOne = meetingOf(2);
    let attempts = 0;
    const crossing = (first: string, second: string, name: string) =>
      inTransaction(test.database, async (transaction) => {
        attempts++;
        await write(transaction, first, name);
        await bothHoldOne();
        await write(transaction, second, name);
      });
    await Promise.all([crossing('left', 'right', 'a'), crossing('right', 'left', 'b')]);
    expect(attempts).toBe(3);
    const [left, right] = await names();
    expect(left).toBe(right);
  });

  it('gives up after five collisions', async () => {
    let attempts = 0;
    const work = inTransaction(test.database, async (transaction) => {
      attempts++;
      await transaction.$executeRaw`DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = 'serialization_failure'; END $$`;
    });
    await expect(work).rejects.toThrow('again');
    expect(attempts).toBe(5);
  });

  it('does not repeat a refusal by the database', async () => {
    let attempts = 0;
    const work = inTransaction(test.database, async (transaction) => {
      attempts++;
      await viaModel(transaction, 'left', 'new');
      await transaction.partner.create({ data: { slug: 'left', name: 'double', dataRegion: 'US' } });
    });
    await expect(work).rejects.toMatchObject({ code: 'P2002' });
    expect(attempts).toBe(1);
    expect(await names()).toEqual(['unchanged', 'unchanged']);
  });
});

describe('a database client', () => {
  it('keeps the instant of a timestamp whatever the time zone of the server', async () => {
    const name = new URL(test.url).pathname.slice(1);
    await test.database.$executeRawUnsafe(`ALTER DATABASE ${name} SET timezone = 'America/New_York'`);
    const other = createDatabase({ url: test.url, poolSize: 1 });
    try {
      const suspendedAt = new Date('2026-07-01T12:00:00.123Z');
      await other.partner.update({ where: { slug: 'left' }, data: { suspendedAt } });
      expect(await other.partner.findUnique({ where: { slug: 'left' } })).toMatchObject({ suspendedAt });
      const [row] = await other.$queryRaw<{ ms: number }[]>`
        SELECT (extract(epoch FROM "suspendedAt") * 1000)::float8 AS ms FROM "Partner" WHERE slug = 'left'`;
      expect(row?.ms).toBe(suspendedAt.getTime());
    } finally {
      await other.close();
      await test.database.$executeRawUnsafe(`ALTER DATABASE ${name} RESET timezone`);
    }
  });

  it("keeps the URL's own session options", async () => {
    const url = new URL(test.url);
    url.searchParams.set('options', '-c search_path=elsewhere');
    const other = createDatabase({ url: url.toString(), poolSize: 1 });
    try {
      expect(
        await other.$queryRaw`SELECT current_setting('search_path') AS path, current_setting('TimeZone') AS zone`,
      ).toEqual([{ path: 'elsewhere', zone: 'UTC' }]);
    } finally {
      await other.close();
    }
  });

  it('breaks off a statement that takes too long', async () => {
    const impatient = createDatabase({ url: test.url, poolSize: 1, statementTimeoutMs: 50 });
    try {
      await expect(impatient.$queryRaw`SELECT pg_sleep(60)::text`).rejects.toThrow('statement timeout');
    } finally {
      await impatient.close();
    }
  });

  it('survives that its connections are cut', async () => {
    const other = createDatabase({ url: test.url, poolSize: 1 });
    try {
      const [row] = await other.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
      await test.database.$queryRaw`SELECT pg_terminate_backend(${row?.pid}::int, 5000)`;
      await expect.poll(() => other.partner.count().catch(() => null)).toBe(2);
    } finally {
      await other.close();
    }
  });

  it('is of no use after its end, and may be closed twice', async () => {
    const other = createDatabase({ url: test.url, poolSize: 1 });
    expect(await other.partner.count()).toBe(2);
    await other.close();
    await other.close();
    await expect(other.partner.count()).rejects.toThrow();
  });

  it('refuses a statement that comes after the end of its transaction', async () => {
    const pool = new pg.Pool({ connectionString: test.url, max: 1 });
    const statement = (sql: string) => ({ sql, args: [], argTypes: [] });
    try {
      const adapter = await sealTransactions(new PrismaPg(pool)).connect();
      const transaction = await adapter.startTransaction();
      await transaction.executeRaw(statement(`UPDATE "Partner" SET "name" = 'new'`));
      const ending = transaction.executeRaw(statement('ROLLBACK'));
      await expect(transaction.executeRaw(statement('DELETE FROM "Partner"'))).rejects.toThrow();
      await expect(transaction.queryRaw(statement('DELETE FROM "Partner" RETURNING 1'))).rejects.toThrow();
      await ending;
      await transaction.rollback();
    } finally {
      await pool.end();
    }
    expect(await names()).toEqual(['unchanged', 'unchanged']);
  });
});
