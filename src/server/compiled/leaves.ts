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
  /** Text that has none of the characters that part a row. */
  readonly sql: (place: string) => string;
  readonly read: (text: string) => unknown;
}

/** An empty text is null. */
export function rawColumn(column: Column): RawColumn {
  if (column.isList) return { sql: (place) => `to_json(${place})`, read: readJson };
  if (column.isEnum) return { sql: (place) => place, read: (text) => text };
  switch (column.type) {
    case 'String':
      return { sql: (place) => `to_json(${place})`, read: readString };
    case 'Int':
      return { sql: (place) => place, read: Number };
    case 'BigInt':
      return { sql: (place) => place, read: BigInt };
    case 'Boolean':
      return { sql: (place) => place, read: (text) => text === 't' };
    case 'DateTime':
      return {
        sql: (place) => `(extract(epoch FROM ${place}) * 1000)::bigint`,
        read: (text) => new Date(Number(text)),
      };
    case 'Json':
      return { sql: (place) => place, read: readJson };
    default:
      throw new Unfoldable(`a column of type ${column.type}`);
  }
}

function readJson(text: string): unknown {
  return JSON.parse(text);
}

function readString(text: string): unknown {
  return text.includes('\\') ? JSON.parse(text) : text.slice(1, -1);
}
