// What reading costs: a page of a hundred sends no more statements than a page of ten. And what may never reach the
// database at all: ids that are none.

import { execute, parse } from 'graphql';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import type { RequestContext } from '../../schema/context.ts';
import { schema } from '../../schema/index.ts';
import { encodeNodeId } from '../../schema/shared/global-id.ts';
import type { DomainContext } from '../../src/domain/context.ts';
import { createEventFeed } from '../../src/events/feed.ts';
import type { EventFeed } from '../../src/events/feed.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { fillCrowd } from './support/crowd.ts';
import type { Crowd } from './support/crowd.ts';
import { fillPartner } from './support/many-customers.ts';
import { nestedPages, openDrafts, rootPages } from './support/pages.ts';

let test: TestDatabase;
let feed: EventFeed;
let partnerId: string;
let foreignPartnerId: string;
/** Another partner: whose lists are long below the root. */
let crowdedPartnerId: string;
let crowd: Crowd;

beforeAll(async () => {
  test = await createTestDatabase();
  partnerId = await fillPartner(test.database, 'acme', 105);
  foreignPartnerId = await fillPartner(test.database, 'nordic', 1);
  crowdedPartnerId = await fillPartner(test.database, 'pacific', 105);
  crowd = await fillCrowd(test.database, crowdedPartnerId);
  feed = await createEventFeed({ database: test.database, url: test.url, onError: () => undefined });
});

afterAll(async () => {
  await feed.close();
  await test.drop();
});

function contextFor(viewerPartnerId: string): RequestContext {
  const domain: DomainContext = {
    database: test.database,
    get jobs(): never {
      throw new Error('reading enqueues nothing');
    },
    get directory(): never {
      throw new Error('these queries do not ask the platform');
    },
    now: () => new Date(),
    draftLifetimeMs: 60_000,
  };
  const viewer = { partnerId: viewerPartnerId, partnerSlug: 'x', subject: 'x', email: null, scopes: [] };
  return {
    viewer: { ...viewer, roles: ['FULL_ADMIN'] },
    domain,
    feed: feed.of(viewerPartnerId),
    requestId: 'test',
    resumeAfter: null,
    rowsBringWhatIsShown: false,
  };
}

async function ask(source: string, variableValues: Record<string, unknown> = {}, viewerPartnerId = partnerId) {
  const query = vi.spyOn(pg.Client.prototype, 'query');
  const contextValue = contextFor(viewerPartnerId);
  const result = await execute({ schema, document: parse(source), variableValues, contextValue });
  // The listening connection asks now and then whether it is still there.
  const statements = query.mock.calls.filter(([statement]: readonly unknown[]) => statement !== 'SELECT 1').length;
  query.mockRestore();
  return { result: { ...result }, statements };
}

const askOwn = (source: string, variables: Record<string, unknown>) => ask(source, variables, crowdedPartnerId);

/** Of all lists in the answer. */
function longestList(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const own = Array.isArray(value) ? value.length : 0;
  return Math.max(own, ...Object.values(value).map(longestList));
}

describe('a longer page costs no more statements', () => {
  it.each(Object.entries({ ...rootPages, ...nestedPages }))('%s', async (_name, source) => {
    const [short, ten, hundred] = [
      await askOwn(source, { ...crowd, n: 1 }),
      await askOwn(source, { ...crowd, n: 10 }),
      await askOwn(source, { ...crowd, n: 100 }),
    ];
    expect([short.result, ten.result, hundred.result].map(({ errors }) => errors)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(longestList(ten.result.data)).toBe(10);
    expect(longestList(hundred.result.data)).toBe(100);
    expect(hundred.statements).toBeLessThanOrEqual(ten.statements);
  });

  it('of drafts: three of a kind cost no more than one', async () => {
    const three = await ask(openDrafts);
    expect(three.result).not.toHaveProperty('errors');
    const one = await ask(openDrafts, {}, foreignPartnerId);
    expect(three.statements).toBeLessThanOrEqual(one.statements);
  });

  it('are measured on at least fifteen nested operations', () => {
    expect(Object.keys({ ...rootPages, ...nestedPages }).length).toBeGreaterThanOrEqual(15);
  });

  it('and a mere count loads nothing else', async () => {
    const { statements, result } = await ask('{ customers { totalCount } }');
    expect(result).toEqual({ data: { customers: { totalCount: 105 } } });
    expect(statements).toBe(1);
  });
});

const customerPage = z.object({
  data: z.object({
    customers: z.object({
      nodes: z.array(z.object({ id: z.string() })),
      pageInfo: z.object({
        hasNextPage: z.boolean(),
        hasPreviousPage: z.boolean(),
        startCursor: z.string().nullable(),
        endCursor: z.string().nullable(),
      }),
    }),
  }),
});

describe('paging', () => {
  it.each(['CREATED_AT', 'COMPANY_NAME', 'UPDATED_AT'])(
    'by %s meets every customer once, in both directions',
    async (field) => {
      const source = (args: string) => `query ($cursor: String) {
      customers(${args}, orderBy: { field: ${field}, direction: DESC }) {
        nodes { id }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      }
    }`;
      const onwards = await readAll(source('first: 20, after: $cursor'), 'hasNextPage', 'endCursor');
      const backwards = await readAll(source('last: 20, before: $cursor'), 'hasPreviousPage', 'startCursor');
      expect(new Set(onwards.flat()).size).toBe(105);
      expect(onwards.flat()).toHaveLength(105);
      expect(backwards.toReversed().flat()).toEqual(onwards.flat());
    },
  );

  it.each([
    ['first: 101', '`first` takes 0 to 100; 101 was asked for.'],
    ['first: -1', '`first` takes 0 to 100; -1 was asked for.'],
    ['last: 101', '`last` takes 0 to 100; 101 was asked for.'],
    ['first: 1, last: 1', 'Ask for `first` or for `last`, not for both.'],
    ['after: "nonsense"', '`after` is no cursor of this list in this order; pass one exactly as it was handed out.'],
  ])('refuses %s, also deep inside', async (args, message) => {
    for (const source of [
      `{ customers(${args}) { nodes { id } } }`,
      `{ customers(first: 1) { nodes { users(${args}) { nodes { id } } } } }`,
    ]) {
      const { errors } = (await ask(source)).result;
      expect(errors?.map((error) => [error.message, error.extensions['code']])).toEqual([[message, 'BAD_USER_INPUT']]);
    }
  });

  async function readAll(
    source: string,
    more: 'hasNextPage' | 'hasPreviousPage',
    next: 'endCursor' | 'startCursor',
  ): Promise<string[][]> {
    const found: string[][] = [];
    for (let cursor: unknown = null; cursor !== undefined;) {
      const { data } = customerPage.parse((await ask(source, { cursor })).result);
      found.push(data.customers.nodes.map(({ id }) => id));
      cursor = data.customers.pageInfo[more] ? data.customers.pageInfo[next] : undefined;
    }
    return found;
  }
});

describe('ids', () => {
  const bad = [
    '',
    'nonsense',
    encodeNodeId('Customer', '1'),
    encodeNodeId('Nothing', 'x'),
    encodeNodeId('Query', 'x'),
    'a\0b',
  ];
  const byId =
    'query ($id: ID!) { node(id: $id) { id } customer(id: $id) { id } template(id: $id) { id } operation(id: $id) { id } }';

  it.each(bad)('that are none look like missing ones: %j', async (id) => {
    const { result } = await ask(byId, { id });
    expect(result).toEqual({ data: { node: null, customer: null, template: null, operation: null } });
  });

  it('of foreign things look like missing ones', async () => {
    const own = await test.database.customer.findFirstOrThrow({ where: { partnerId } });
    const id = encodeNodeId('Customer', own.id);
    expect((await ask(byId, { id })).result).toMatchObject({
      data: { node: { id }, customer: { id }, template: null },
    });
    const { result } = await ask(byId, { id }, foreignPartnerId);
    expect(result).toEqual({ data: { node: null, customer: null, template: null, operation: null } });
  });
});

it('searches without regard to case, and takes no character for a pattern', async () => {
  const { result } = await ask(`{
    name: customers(filter: { search: "COMPANY 10" }) { totalCount }
    percent: customers(filter: { search: "%" }) { totalCount }
    underscore: customers(filter: { search: "Company_1" }) { totalCount }
    nothing: customers(filter: { search: "  " }) { totalCount }
  }`);
  expect(result).toEqual({
    data: {
      name: { totalCount: 6 },
      percent: { totalCount: 0 },
      underscore: { totalCount: 0 },
      nothing: { totalCount: 105 },
    },
  });
});
