// Who may ask what: every root field is asked by people who may not, and nothing behind it is touched.

import {
  execute,
  getNamedType,
  isInputObjectType,
  isLeafType,
  isRequiredArgument,
  isRequiredInputField,
  isEnumType,
  isListType,
  getNullableType,
  parse,
  subscribe,
} from 'graphql';
import type { GraphQLField, GraphQLInputType } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { RequestContext } from '../../schema/context.ts';
import { schema } from '../../schema/index.ts';
import type { PartnerRole } from '../../src/domain/viewer.ts';

function contextOf(roles: readonly PartnerRole[] | null): RequestContext {
  const viewer = roles && {
    partnerId: '00000000-0000-7000-8000-000000000000',
    partnerSlug: 'acme',
    subject: 'somebody',
    email: null,
    roles,
    scopes: [],
  };
  return {
    viewer,
    get domain(): never {
      throw new Error('somebody without the right came as far as the domain');
    },
    get feed(): never {
      throw new Error('somebody without the right came as far as the events');
    },
    requestId: 'test',
    resumeAfter: null,
    rowsBringWhatIsShown: false,
  };
}

/** A value that the type accepts, as it is written in a document. */
function sample(type: GraphQLInputType): string {
  const bare = getNullableType(type);
  if (isListType(bare)) return '[]';
  if (isEnumType(bare)) return bare.getValues()[0]?.name ?? '';
  if (isInputObjectType(bare)) {
    const required = Object.values(bare.getFields()).filter(isRequiredInputField);
    return `{ ${required.map((field) => `${field.name}: ${sample(field.type)}`).join(', ')} }`;
  }
  return bare.name === 'Boolean' ? 'true' : '"x"';
}

function operationFor(kind: 'query' | 'mutation' | 'subscription', field: GraphQLField<unknown, unknown>) {
  const args = field.args.filter(isRequiredArgument).map((arg) => `${arg.name}: ${sample(arg.type)}`);
  const selection = isLeafType(getNamedType(field.type)) ? '' : '{ __typename }';
  return parse(`${kind} { ${field.name}${args.length > 0 ? `(${args.join(', ')})` : ''} ${selection} }`);
}

async function codesFor(
  kind: 'query' | 'mutation' | 'subscription',
  field: GraphQLField<unknown, unknown>,
  roles: readonly PartnerRole[] | null,
): Promise<unknown[]> {
  const request = { schema, document: operationFor(kind, field), contextValue: contextOf(roles) };
  const result = await (kind === 'subscription' ? subscribe(request) : execute(request));
  return 'errors' in result ? (result.errors ?? []).map(({ extensions }) => extensions['code']) : ['answered'];
}

const fields = (type: { getFields: () => Record<string, GraphQLField<unknown, unknown>> } | null | undefined) =>
  Object.values(type?.getFields() ?? {});
const rootFields = [
  ...fields(schema.getQueryType()).map((field) => ({ kind: 'query' as const, name: field.name, field })),
  ...fields(schema.getMutationType()).map((field) => ({ kind: 'mutation' as const, name: field.name, field })),
  ...fields(schema.getSubscriptionType()).map((field) => ({ kind: 'subscription' as const, name: field.name, field })),
];
const mutations = rootFields.filter(({ kind }) => kind === 'mutation');
const templateMutations = mutations.filter(({ name }) => /template|provisioningId/i.test(name));

describe('nobody gets an answer', () => {
  it.each(rootFields)('without having signed in: $kind $name', async ({ kind, field }) => {
    expect(await codesFor(kind, field, null)).toEqual(['UNAUTHENTICATED']);
  });

  it.each(rootFields)('without any role: $kind $name', async ({ kind, field }) => {
    expect(await codesFor(kind, field, [])).toEqual(['FORBIDDEN']);
  });

  it.each(mutations)('to $name as a read-only administrator', async ({ kind, field }) => {
    expect(await codesFor(kind, field, ['READ_ONLY_ADMIN'])).toEqual(['FORBIDDEN']);
  });

  it.each(templateMutations)('to $name without the right to manage templates', async ({ kind, field }) => {
    expect(await codesFor(kind, field, ['PROVISIONING_ADMIN'])).toEqual(['FORBIDDEN']);
  });
});

it('tells the schema to everybody', async () => {
  const result = await execute({
    schema,
    document: parse('{ __schema { queryType { name } } }'),
    contextValue: contextOf(null),
  });
  expect(result).toEqual({ data: { __schema: { queryType: { name: 'Query' } } } });
});
