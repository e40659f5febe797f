// Every table is under row level security: a policy ties its rows to the partner of the connection. A new table fails here
// until its migration says so (ARCHITECTURE.md, "Add a table"), or until it is listed below with a reason.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { tenantRole } from '../../src/database/partner-pool.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';

const withoutPolicy: Readonly<Record<string, string>> = {
  _prisma_migrations: 'which migrations are applied; the role has no right to it',
};

/** No right at all, or fewer than reading and writing. */
const fewerRights: Readonly<Record<string, readonly string[]>> = {
  _prisma_migrations: [],
  AccessRevocation: [],
  PartnerCredentials: [],
  Partner: ['SELECT'],
  SubPartner: ['SELECT'],
};

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

interface Table {
  readonly name: string;
  readonly isSecured: boolean;
  /** Conditions for reading, for writing; null: the same as for reading. */
  readonly policies: readonly { readonly using: string | null; readonly check: string | null }[];
  readonly rights: readonly string[];
}

const readTables = () => test.database.$queryRaw<Table[]>`
  SELECT c.relname AS name, c.relrowsecurity AS "isSecured",
    (SELECT coalesce(json_agg(json_build_object('using', p.qual, 'check', p.with_check)), '[]') FROM pg_policies p
      WHERE p.schemaname = 'public' AND p.tablename = c.relname AND p.cmd = 'ALL' AND p.roles = ARRAY[${tenantRole}]::name[]) AS policies,
    ARRAY(SELECT r FROM unnest(ARRAY['DELETE', 'INSERT', 'SELECT', 'TRUNCATE', 'UPDATE']) AS r
      WHERE has_table_privilege(${tenantRole}, c.oid, r)) AS rights
  FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f') ORDER BY c.relname`;

it('is what ties every table to a partner, itself or through the row above', async () => {
  const tables = await readTables();
  expect(tables.length).toBeGreaterThan(20);
  const open = tables.filter(({ isSecured, policies }) => {
    const [policy, ...others] = policies;
    const names = /gateway\.partner_id|EXISTS \( SELECT/.test(policy?.using ?? '');
    return !isSecured || !names || policy?.check !== null || others.length > 0;
  });
  expect(open.map(({ name }) => name)).toEqual(Object.keys(withoutPolicy));
});

it('is for a role that may read and write where the API does, and nowhere else', async () => {
  for (const { name, rights } of await readTables()) {
    expect([name, rights]).toEqual([name, fewerRights[name] ?? ['DELETE', 'INSERT', 'SELECT', 'UPDATE']]);
  }
});

it('holds for the role, which can neither sign in nor get around it', async () => {
  const [role] = await test.database.$queryRaw<unknown[]>`
    SELECT rolcanlogin AS login, rolsuper AS super, rolbypassrls AS bypass, rolcreaterole AS roles, rolcreatedb AS databases
    FROM pg_roles WHERE rolname = ${tenantRole}`;
  expect(role).toEqual({ login: false, super: false, bypass: false, roles: false, databases: false });
});
