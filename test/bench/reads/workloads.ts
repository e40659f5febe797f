// What is asked: the documents, the variables they go round with, and for the floor the statement that makes the same answer.

import { encodeNodeId } from '../../../schema/shared/global-id.ts';
import { idOf } from './seed.ts';
import type { Sizes } from './sizes.ts';

export type WorkloadName = 'W1' | 'W2' | 'W3' | 'W6';

export interface Asked {
  /** Its number: the token that goes with it is that partner's. */
  readonly partner: number;
  readonly variables: Readonly<Record<string, unknown>>;
  /** For the floor. */
  readonly values: readonly unknown[];
}

export interface Workload {
  readonly about: string;
  readonly query: string;
  readonly sql: string;
  readonly asked: (sizes: Sizes) => readonly Asked[];
}

const nodeId = (type: string, id: string): string =>
  `rtrim(translate(encode(convert_to('${type}:' || ${id}, 'UTF8'), 'base64'), E'+/\\n', '-_'), '=')`;
const time = (column: string): string => `to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const object = (sql: string): string => `(SELECT row_to_json(o) FROM (${sql}) o)`;
const list = (sql: string): string => `(SELECT coalesce(json_agg(a), '[]') FROM (${sql}) a)`;
const answer = (fields: string): string =>
  `SELECT row_to_json(r)::text FROM (SELECT (SELECT row_to_json(d) FROM (SELECT ${fields}) d) AS data) r`;
const cursor = (createdAt: string, id: string): string =>
  `rtrim(translate(encode(convert_to('["createdAt","' || ${time(createdAt)} || '","' || ${id} || '"]', 'UTF8'), 'base64'), E'+/\\n', '-_'), '=')`;

const listFields = `${nodeId('Customer', 'c."id"')} AS "id", c."companyName", c."status"`;

export const workloads: Record<WorkloadName, Workload> = {
  W1: {
    about: 'a customer by id, 8 fields',
    query: `query W1($id: ID!) {
      customer(id: $id) { id companyName adminEmail externalId status origin dataRegion createdAt }
    }`,
    sql: answer(
      `${object(`SELECT ${nodeId('Customer', 'c."id"')} AS "id", "companyName", "adminEmail", "externalId", "status", "origin",
      "dataRegion", ${time('"createdAt"')} AS "createdAt" FROM "Customer" c WHERE "id" = $1 AND "partnerId" = $2`)} AS customer`,
    ),
    asked: (sizes) =>
      Array.from({ length: 500 }, (_, n) => {
        const customer = 1 + ((n * 7919) % sizes.customers);
        const partner = partnerOf(sizes, customer);
        const id = idOf('customer', customer);
        return { partner, variables: { id: encodeNodeId('Customer', id) }, values: [id, idOf('partner', partner)] };
      }),
  },
  W2: {
    about: '20 customers with template, packages, 3 locations, 10 users with their location, newest operation',
    query: `query W2 {
      customers(first: 20) {
        nodes {
          id
          companyName
          status
          template { name }
          packages { offering { code } status }
          locations(first: 3) { nodes { name address { city } } }
          users(first: 10) { nodes { firstName lastName email phoneNumber status location { name } } }
          operations(first: 1) { nodes { kind status acceptedAt } }
        }
      }
    }`,
    sql: answer(
      `(SELECT json_build_object('nodes', ${list(`SELECT ${listFields},
        ${object('SELECT "name" FROM "OnboardingTemplate" WHERE "id" = c."templateId"')} AS "template",
        ${list(`SELECT json_build_object('code', p."code") AS "offering", p."status" FROM "CustomerPackage" p WHERE p."customerId" = c."id" ORDER BY p."code"`)} AS "packages",
        json_build_object('nodes', ${list(`SELECT "name", json_build_object('city', "city") AS "address" FROM "Location" WHERE "customerId" = c."id" ORDER BY "createdAt", "id" LIMIT 3`)}) AS "locations",
        json_build_object('nodes', ${list(`SELECT u."firstName", u."lastName", u."email",
          (SELECT "number" FROM "PhoneNumber" WHERE "userId" = u."id") AS "phoneNumber", u."status",
          ${object('SELECT "name" FROM "Location" WHERE "id" = u."locationId"')} AS "location"
          FROM "User" u WHERE u."customerId" = c."id" ORDER BY u."createdAt", u."id" LIMIT 10`)}) AS "users",
        json_build_object('nodes', ${list(`SELECT "kind", "status", ${time('"acceptedAt"')} AS "acceptedAt" FROM "ProvisioningOperation"
          WHERE "customerId" = c."id" ORDER BY "acceptedAt" DESC, "id" DESC LIMIT 1`)}) AS "operations"
      FROM (SELECT * FROM "Customer" WHERE "partnerId" = $1 AND "status" <> 'DELETED' ORDER BY "createdAt" DESC, "id" DESC LIMIT 20) c`)})) AS customers`,
    ),
    asked: (sizes) =>
      Array.from({ length: sizes.partners }, (_, n) => ({
        partner: n + 1,
        variables: {},
        values: [idOf('partner', n + 1)],
      })),
  },
  W3: {
    about: 'a page of 100 users with location names, by cursor',
    query: `query W3($id: ID!, $after: String) {
      customer(id: $id) {
        users(first: 100, after: $after) {
          edges { cursor node { id firstName lastName email phoneNumber extension status location { name } } }
          pageInfo { endCursor hasNextPage }
        }
      }
    }`,
    sql: `WITH p AS MATERIALIZED (SELECT * FROM "User" WHERE "customerId" = $1 AND "partnerId" = $2 AND "createdAt" >= $3
        AND ("createdAt" > $3 OR "id" > $4) ORDER BY "createdAt", "id" LIMIT 101)
      ${answer(`(SELECT json_build_object('users', (SELECT row_to_json(u) FROM (SELECT
        ${list(`SELECT ${cursor('p."createdAt"', 'p."id"')} AS "cursor", (SELECT row_to_json(n) FROM (SELECT ${nodeId('User', 'p."id"')} AS "id", p."firstName",
          p."lastName", p."email", (SELECT "number" FROM "PhoneNumber" WHERE "userId" = p."id") AS "phoneNumber", p."extension", p."status",
          ${object('SELECT "name" FROM "Location" WHERE "id" = p."locationId"')} AS "location") n) AS "node"
          FROM (SELECT * FROM p ORDER BY "createdAt", "id" LIMIT 100) p ORDER BY p."createdAt", p."id"`)} AS "edges",
        (SELECT json_build_object('endCursor', (SELECT ${cursor('x."createdAt"', 'x."id"')} FROM (SELECT "createdAt", "id" FROM p ORDER BY "createdAt", "id" LIMIT 100) x
          ORDER BY x."createdAt" DESC, x."id" DESC LIMIT 1), 'hasNextPage', (SELECT count(*) > 100 FROM p))) AS "pageInfo") u))) AS customer`)}`,
    asked: (sizes) =>
      Array.from({ length: Math.min(40, sizes.customers / 100) }, (_, n) => (n + 1) * 100).flatMap((customer) =>
        Array.from({ length: sizes.usersOfLarge / 100 }, (_, page) => {
          const partner = partnerOf(sizes, customer);
          const last = page * 100;
          const id = idOf('customer', customer);
          const at = new Date(Date.UTC(2026, 0, 1) + customer * 7 * 60_000 + last * 1_000).toISOString();
          const user = idOf('user', customer * sizes.usersOfLarge + last);
          const after = page === 0 ? null : writeCursor(['createdAt', at, user]);
          return {
            partner,
            variables: { id: encodeNodeId('Customer', id), after },
            values: [id, idOf('partner', partner), page === 0 ? new Date(0).toISOString() : at, user],
          };
        }),
      ),
  },
  W6: {
    about: 'customers of a partner filtered, searched and sorted, with totalCount',
    query: `query W6($search: String!, $after: String) {
      customers(first: 20, after: $after, filter: { search: $search, statuses: [PROVISIONED] }, orderBy: { field: COMPANY_NAME, direction: ASC }) {
        totalCount
        nodes { id companyName status }
      }
    }`,
    sql: answer(`(SELECT json_build_object(
        'totalCount', (SELECT count(*) FROM "Customer" WHERE "partnerId" = $1 AND "status" = 'PROVISIONED'
          AND ("companyName" ILIKE $2 OR "adminEmail" ILIKE $2 OR "externalId" ILIKE $2)),
        'nodes', ${list(`SELECT ${listFields} FROM "Customer" c WHERE "partnerId" = $1 AND "status" = 'PROVISIONED'
          AND ("companyName" ILIKE $2 OR "adminEmail" ILIKE $2 OR "externalId" ILIKE $2) ORDER BY "companyName", "id" LIMIT 20`)})) AS customers`),
    asked: (sizes) =>
      Array.from({ length: 70 }, (_, n) => {
        const partner = 1 + (n % sizes.partners);
        const search = ['Acme', 'dental', 'Hotel', 'köhler', 'EXT-7', 'customer99', 'law'][n % 7] ?? '';
        return { partner, variables: { search, after: null }, values: [idOf('partner', partner), `%${search}%`] };
      }),
  },
};

export function partnerOf(sizes: Sizes, customer: number): number {
  return 1 + Math.floor((customer - 1) / (sizes.customers / sizes.partners));
}

function writeCursor(parts: readonly string[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}
