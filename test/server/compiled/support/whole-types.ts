// Queries that ask for every field of every type that is reached from a field of the root, down to a depth.

import { getNamedType, isAbstractType, isLeafType, isNonNullType, isObjectType, isRequiredArgument } from 'graphql';
import type { GraphQLField, GraphQLNamedType, GraphQLSchema } from 'graphql';

export interface WholeQuery {
  readonly field: string;
  readonly query: string;
  /** Of what it answers. */
  readonly type: string;
  /** Required ones, with their types. */
  readonly variables: ReadonlyMap<string, string>;
}

export function wholeQueries(schema: GraphQLSchema, depth: number, without: readonly string[]): WholeQuery[] {
  const fields = Object.values(schema.getQueryType()?.getFields() ?? {});
  return fields
    .filter(({ name }) => !without.includes(name))
    .map((field) => {
      const required = field.args.filter(isRequiredArgument);
      const declared = required.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
      const given = required.map(({ name }) => `${name}: $${name}`).join(', ');
      return {
        field: field.name,
        type: getNamedType(field.type).name,
        query: `query ${declared && `(${declared})`} { ${field.name}${given && `(${given})`} ${selectionOf(schema, getNamedType(field.type), depth)} }`,
        variables: new Map(required.map(({ name, type }) => [name, String(isNonNullType(type) ? type.ofType : type)])),
      };
    });
}

function selectionOf(schema: GraphQLSchema, type: GraphQLNamedType, depth: number): string {
  if (isLeafType(type)) return '';
  const possible = isAbstractType(type) ? schema.getPossibleTypes(type) : [];
  const fragments = possible.map((one) => `... on ${one.name} ${ownFields(schema, one, depth, `${one.name}_`)}`);
  const own = isObjectType(type) ? fieldsText(schema, type, depth, '') : '';
  return `{ __typename ${own} ${fragments.join(' ')} }`;
}

function ownFields(schema: GraphQLSchema, type: GraphQLNamedType, depth: number, prefix: string): string {
  return isObjectType(type) ? `{ ${fieldsText(schema, type, depth, prefix)} __typename }` : '';
}

/** @param prefix of aliases: types that share a fragment's place may disagree about a field's type */
function fieldsText(
  schema: GraphQLSchema,
  type: { getFields(): Record<string, GraphQLField<unknown, unknown>> },
  depth: number,
  prefix: string,
): string {
  return Object.values(type.getFields())
    .filter(({ args }) => !args.some(isRequiredArgument))
    .flatMap((field) => {
      const named = getNamedType(field.type);
      const name = prefix ? `${prefix}${field.name}: ${field.name}` : field.name;
      if (isLeafType(named)) return [name];
      // Connections and their edges are no depth of their own.
      const isPage = /Connection$|Edge$|^PageInfo$/.test(named.name);
      return depth > 0 || isPage ? [`${name} ${selectionOf(schema, named, isPage ? depth : depth - 1)}`] : [];
    })
    .join(' ');
}
