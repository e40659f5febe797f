// The compiled way answers byte for byte what ordinary execution answers: for every operation that we document or test with,
// and for queries that ask for everything there is.

import { globSync, readFileSync } from 'node:fs';
import { Kind, OperationTypeNode, parse, print, visit } from 'graphql';
import type { ASTNode, DocumentNode, FragmentDefinitionNode } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { schema } from '../../../schema/index.ts';
import { decodeNodeId, encodeNodeId } from '../../../schema/shared/global-id.ts';
import { startGateway } from '../../support/gateway.ts';
import type { Gateway } from '../../support/gateway.ts';
import { openBothWays } from './support/both-ways.ts';
import type { BothWays } from './support/both-ways.ts';
import { wholeQueries } from './support/whole-types.ts';

let gateway: Gateway;
let both: BothWays;
let partner: { id: string; slug: string };
let ids: string[];

/** They ask the platform, which is not there in this test. */
const askingThePlatform = ['findOrganizations', 'attachAssessment', 'sandboxMailbox'];
/** Nothing of them comes from rows that are shown: they are executed. */
const withoutRows = [
  ...['LogEnd', 'PstnProviders'],
  ...['countries', 'languages', 'packageOfferings', 'platform', 'pstnProviders', 'timeZones'],
];

beforeAll(async () => {
  gateway = await startGateway({ seed: 'demo' });
  const { database } = gateway;
  both = await openBothWays(database, gateway.databaseUrl);
  partner = await database.partner.findFirstOrThrow({
    where: { customers: { some: {} } },
    select: { id: true, slug: true },
  });
  ids = await idsOf(partner.id);
}, 120_000);

afterAll(async () => {
  await both.close();
  await gateway.close();
});

/** One of each kind of node, and two that name nothing. */
async function idsOf(partnerId: string): Promise<string[]> {
  const { database } = gateway;
  const where = { partnerId };
  const found = {
    Partner: [{ id: partnerId }],
    ServiceProviderAdmin: await database.serviceProviderAdmin.findMany({ where, take: 1 }),
    WholesaleSubscription: await database.wholesaleSubscription.findMany({ where, take: 1 }),
    OnboardingTemplate: await database.onboardingTemplate.findMany({ where, take: 1 }),
    TemplateDraft: await database.templateDraft.findMany({ where, take: 1 }),
    Customer: await database.customer.findMany({ where, take: 2 }),
    CustomerDraft: await database.customerDraft.findMany({ where, take: 1 }),
    SetupDraft: await database.setupDraft.findMany({ where, take: 1 }),
    AttachConsent: await database.attachConsent.findMany({ where, take: 1 }),
    Location: await database.location.findMany({ where, take: 1 }),
    PhoneNumber: await database.phoneNumber.findMany({ where, take: 1 }),
    User: await database.user.findMany({ where, take: 1 }),
    ProvisioningOperation: await database.provisioningOperation.findMany({ where, take: 1 }),
    ProvisioningEvent: await database.provisioningEvent.findMany({ where, take: 1 }),
  };
  const nodes = Object.entries(found).flatMap(([name, rows]) => rows.map(({ id }) => encodeNodeId(name, id)));
  return [...nodes, encodeNodeId('Nothing', '00000000-0000-7000-8000-000000000000')];
}

/** All that the operation may be asked with here: each id in turn, where it takes one. */
function variablesFor(variables: ReadonlyMap<string, string>, ofType: string | null): Record<string, unknown>[] {
  const takesId = [...variables.values()].includes('ID');
  const fitting = ids.filter((id) => ofType === null || [ofType, 'Nothing'].includes(decodeNodeId(id)?.typename ?? ''));
  return (takesId ? fitting : ['']).map((id) =>
    Object.fromEntries(
      [...variables].map(([name, type]) => [name, type === 'ID' ? id : type === 'Int' ? 5 : 'anything']),
    ),
  );
}

async function expectSame(
  source: string | DocumentNode,
  variables: ReadonlyMap<string, string>,
  { isRead = true, ofType = null }: { readonly isRead?: boolean; readonly ofType?: string | null } = {},
): Promise<void> {
  for (const given of variablesFor(variables, ofType)) {
    const { compiled, ordinary } = await both.ask(partner, source, given);
    if (!isRead || ordinary.startsWith('{"errors"')) expect(compiled, JSON.stringify(given)).toBeNull();
    else expect(compiled, JSON.stringify(given)).toBe(ordinary);
  }
}

const root = new URL('../../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const folders = ['src/server/graphiql/page/tabs', 'src/server/board/page/documents', 'test/api/operations'];
const files = folders.flatMap((folder) => globSync(`${folder}/*.graphql`, { cwd: root.pathname })).toSorted();

interface Documented {
  readonly name: string;
  readonly document: DocumentNode;
  readonly variables: ReadonlyMap<string, string>;
}

function documentedQueries(): Documented[] {
  const documents = [
    ...files.map((file) => parse(read(file))),
    ...[...read('README.md').matchAll(/```graphql\n(.*?)```/gs)].map(([, text]) => parse(text ?? '')),
  ];
  const fragments = new Map(
    documents
      .flatMap(({ definitions }) => definitions)
      .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );
  return documents
    .flatMap(({ definitions }) => definitions)
    .filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
    .filter(({ operation }) => operation === OperationTypeNode.QUERY)
    .map((operation) => ({
      name: operation.name?.value ?? 'without a name',
      document: { kind: Kind.DOCUMENT, definitions: [operation, ...spreadIn(operation, fragments)] },
      variables: new Map(
        (operation.variableDefinitions ?? []).flatMap(({ variable, type }) =>
          type.kind === Kind.NON_NULL_TYPE ? [[variable.name.value, print(type.type)] as const] : [],
        ),
      ),
    }));
}

/** With those that are spread in them. */
function spreadIn(
  definition: ASTNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  found = new Set<FragmentDefinitionNode>(),
): ReadonlySet<FragmentDefinitionNode> {
  visit(definition, {
    FragmentSpread({ name }) {
      const fragment = fragments.get(name.value);
      if (!fragment || found.has(fragment)) return;
      found.add(fragment);
      spreadIn(fragment, fragments, found);
    },
  });
  return found;
}

describe('every documented query', () => {
  const queries = documentedQueries();

  test('is found', () => {
    expect(queries.length).toBeGreaterThan(15);
  });

  test.each(queries)('$name is answered the same', async ({ name, document, variables }) => {
    await expectSame(document, variables, { isRead: !withoutRows.includes(name) });
  });
});

describe('everything there is below', () => {
  const queries = wholeQueries(schema, 2, [...askingThePlatform, ...withoutRows, 'node']);

  test.each(queries)('$field is answered the same', async ({ query, variables, type }) => {
    await expectSame(query, variables, { ofType: type });
  });

  test.each(wholeQueries(schema, 1, []).filter(({ field }) => field === 'node'))(
    'any $field is answered the same',
    async ({ query, variables }) => {
      await expectSame(query, variables);
    },
  );
});
