// Row level security as the API's connections meet it: one partner's rows and nothing else, whatever is asked, in whatever
// order partners come to share connections and ticks.

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { asPartner, PartnerPool, tenantRole } from '../../src/database/partner-pool.ts';
import { poolOptions } from '../../src/database/pool-options.ts';
import { createTenants } from '../../src/database/tenants.ts';
import type { Tenants } from '../../src/database/tenants.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { fillPartner } from '../house/support/many-customers.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';

let test: TestDatabase;
let tenants: Tenants;
let acme: string;
let nordic: string;

beforeAll(async () => {
  test = await createTestDatabase();
  acme = await fillPartner(test.database, 'acme', 3);
  nordic = await fillPartner(test.database, 'nordic', 2);
});

beforeEach(() => {
  tenants = createTenants({ url: test.url, poolSize: 2 });
});

afterEach(() => tenants.close());
afterAll(() => test.drop());

const firstOf = (partnerId: string) => test.database.customer.findFirstOrThrow({ where: { partnerId } });

describe("a partner's database", () => {
  it('shows its rows without being asked for them, also to raw SQL and inside a transaction', async () => {
    const [own, other] = [tenants.of(acme), tenants.of(nordic)];
    expect(await own.customer.count()).toBe(3);
    expect(await other.customer.count()).toBe(2);
    expect(await own.$queryRaw`SELECT count(*)::int AS count FROM "Customer"`).toEqual([{ count: 3 }]);
    expect(await inTransaction(other, (transaction) => transaction.customer.count())).toBe(2);
  });

  it('shows nothing foreign by id, nor through a relation of its own row', async () => {
    const foreign = await firstOf(nordic);
    const { id } = await firstOf(acme);
    expect(await tenants.of(acme).customer.findUnique({ where: { id: foreign.id } })).toBeNull();
    const template = await test.database.onboardingTemplate.findFirstOrThrow({ where: { partnerId: nordic } });
    await test.database.customer.update({ where: { id }, data: { templateId: template.id } });
    const seen = await tenants.of(acme).customer.findUniqueOrThrow({ where: { id }, include: { template: true } });
    expect(seen.template).toBeNull();
  });

  it('neither changes, nor removes, nor gives away, nor takes in a row of another', async () => {
    const own = tenants.of(acme);
    const foreign = await firstOf(nordic);
    const where = { id: foreign.id };
    expect(await own.customer.updateMany({ where, data: { companyName: 'taken' } })).toEqual({ count: 0 });
    expect(await own.customer.deleteMany({ where })).toEqual({ count: 0 });
    await expect(own.customer.updateMany({ data: { partnerId: nordic } })).rejects.toThrow('row-level security');
    await expect(own.eventLog.create({ data: { partnerId: nordic, head: 1n } })).rejects.toThrow('row-level security');
    expect(await firstOf(nordic)).toEqual(foreign);
  });

  it('answers each of two partners who ask for one thing in the same tick', async () => {
    const ids = { [acme]: (await firstOf(acme)).id, [nordic]: (await firstOf(nordic)).id };
    const ask = (asking: string, owner: string) =>
      tenants.of(asking).customer.findUnique({ where: { id: ids[owner] ?? '' }, select: { partnerId: true } });
    for (let round = 0; round < 20; round++) {
      expect(await Promise.all([ask(acme, acme), ask(nordic, nordic), ask(acme, nordic), ask(nordic, acme)])).toEqual([
        { partnerId: acme },
        { partnerId: nordic },
        null,
        null,
      ]);
    }
  });

  it('stays itself while many share two connections, and transactions are broken off among them', async () => {
    const partners = Array.from({ length: 200 }, (_, index) => (index % 3 === 0 ? nordic : acme));
    const counted = await Promise.all(
      partners.map(async (partnerId, index) => {
        const database = tenants.of(partnerId);
        if (index % 5 !== 0) return database.customer.count();
        const broken = inTransaction(database, async (transaction) => {
          await transaction.customer.count();
          throw new Error('broken off');
        });
        await expect(broken).rejects.toThrow('broken off');
        return inTransaction(database, (transaction) => transaction.customer.count());
      }),
    );
    expect(counted).toEqual(partners.map((partnerId) => (partnerId === acme ? 3 : 2)));
  });

  it('goes on with another connection where one was cut', async () => {
    const own = tenants.of(acme);
    await own.customer.count();
    await test.database.$queryRaw`
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE '%count%'`;
    await expect.poll(() => own.customer.count().catch(() => null)).toBe(3);
  });
});

describe('a connection', () => {
  it('shows nothing while it has no partner, also after having had one', async () => {
    const pool = new PartnerPool(poolOptions({ url: test.url, poolSize: 1 }, { role: tenantRole }));
    const countCustomers = async () => (await pool.query('SELECT count(*)::int AS count FROM "Customer"')).rows;
    expect(await countCustomers()).toEqual([{ count: 0 }]);
    expect(await asPartner(acme, countCustomers)).toEqual([{ count: 3 }]);
    expect(await countCustomers()).toEqual([{ count: 0 }]);
    await pool.end();
  });

  it('has no right to what is not for partners, not even after RESET ROLE', async () => {
    const pool = new PartnerPool(poolOptions({ url: test.url, poolSize: 1 }, { role: tenantRole }));
    await pool.query('RESET ROLE');
    for (const table of ['"AccessRevocation"', '_prisma_migrations']) {
      await expect(asPartner(acme, () => pool.query(`SELECT * FROM ${table}`))).rejects.toThrow('permission denied');
    }
    await expect(asPartner(acme, () => pool.query(`UPDATE "Partner" SET "name" = 'x'`))).rejects.toThrow(
      'permission denied',
    );
    await pool.end();
  });
});
