// How the value of a column is written as JSON by the database, and how it is read where our own code wants to see it.

import {
  GraphQLBoolean,
  GraphQLEnumType,
  GraphQLID,
  GraphQLInt,
  GraphQLString,
  isListType,
  isNonNullType,
} from 'graphql';
import type { GraphQLOutputType, GraphQLNamedType } from 'graphql';
import type { Column } from './models.ts';
import { Unfoldable } from './unfoldable.ts';

/** Stands in a text where GraphQL allows no null; no JSON has it. */
export const forbiddenNull = '\u001f';

const orNull = (sql: string, isNullable: boolean): string => `coalesce(${sql}, ${isNullable ? `'null'` : `E'\\x1f'`})`;

/** SQL for a column's JSON as a field of this type has it; undefined where the database would write something else. */
export function leafSql(column: Column, place: string, fieldType: GraphQLOutputType): string | undefined {
  const isNullable = !isNonNullType(fieldType);
  const type = isNonNullType(fieldType) ? fieldType.ofType : fieldType;
  if (isListType(type)) {
    const item = isNonNullType(type.ofType) ? type.ofType.ofType : type.ofType;
    if (!column.isList || !isWrittenAlike(column, item)) return undefined;
    return `coalesce(to_json(${place})::text, '[]')`;
  }
  if (column.isList || !isWrittenAlike(column, type)) return undefined;
  if (column.type === 'DateTime') {
    return orNull(`'"' || to_char(${place}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '"'`, isNullable);
  }
  return orNull(`to_json(${place})::text`, isNullable);
}

/** A time is read by its scalar, which only takes what JavaScript has made of it. */
function isWrittenAlike(column: Column, type: GraphQLNamedType | GraphQLOutputType): boolean {
  if (type instanceof GraphQLEnumType) {
    return (column.isEnum || column.type === 'String') && type.getValues().every(({ name, value }) => name === value);
  }
  if (type === GraphQLString || type === GraphQLID) return column.type === 'String' && !column.isEnum;
  if (type === GraphQLInt) return column.type === 'Int';
  if (type === GraphQLBoolean) return column.type === 'Boolean';
  return 'name' in type && type.name === 'DateTime' && column.type === 'DateTime' && !column.isList;
}

/** The id of a node, as schema/shared/global-id.ts writes it. */
export function nodeIdSql(typename: string, place: string): string {
  const plain = `convert_to('${typename}:' || ${place}, 'UTF8')`;
  return `'"' || translate(encode(${plain}, 'base64'), E'+/=\\n', '-_') || '"'`;
}

export interface RawColumn {
  /** Text that has none of the characters that part a row; an empty one is null. */
  readonly sql: (place: string) => string;
  readonly read: (text: string) => unknown;
  readonly empty: () => unknown;
}

export function rawColumn(column: Column): RawColumn {
  const empty = column.isList ? (): unknown => [] : (): unknown => null;
  const asIs = (place: string): string => place;
  const asJson = (place: string): string => `to_json(${place})`;
  if (column.isList) return { sql: asJson, read: readJson, empty };
  if (column.isEnum) return { sql: asIs, read: (text) => text, empty };
  switch (column.type) {
    case 'String':
      return { sql: asJson, read: readString, empty };
    case 'Int':
      return { sql: asIs, read: Number, empty };
    case 'BigInt':
      return { sql: asIs, read: BigInt, empty };
    case 'Boolean':
      return { sql: asIs, read: (text) => text === 't', empty };
    case 'DateTime':
      return { sql: (place) => `(extract(epoch FROM ${place}) * 1000)::bigint`, read: readTime, empty };
    case 'Json':
      return { sql: asIs, read: readJson, empty };
    default:
      throw new Unfoldable(`a column of type ${column.type}`);
  }
}

function readTime(text: string): Date {
  return new Date(Number(text));
}

function readJson(text: string): unknown {
  return JSON.parse(text);
}

function readString(text: string): unknown {
  return text.includes('\\') ? JSON.parse(text) : text.slice(1, -1);
}
