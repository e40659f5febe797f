// What of a row needs none of our code: columns, ids of nodes, and relations whose rows need none either.

import { isNonNullType } from 'graphql';
import type { GraphQLObjectType } from 'graphql';
import { exposedName, relationName, selectFor, shown } from './extensions.ts';
import type { Field } from './extensions.ts';
import { forbiddenNull, leafSql, nodeIdSql } from './leaves.ts';
import type { Model } from './models.ts';
import { isRecord } from './records.ts';
import type { RelationPart, Shape } from './rows.ts';
import type { Place } from './run.ts';
import { raise, Unfoldable } from './unfoldable.ts';

export function columnSql(
  type: GraphQLObjectType,
  model: Model,
  field: Field,
): ((alias: string) => string) | undefined {
  if (isNodeId(type, field)) return (alias) => nodeIdSql(type.name, `${alias}."id"`);
  const column = model.columns.get(exposedName(field) ?? '');
  if (!column || leafSql(column, '', field.type) === undefined) return undefined;
  return (alias) => leafSql(column, `${alias}."${column.name}"`, field.type) ?? raise();
}

export function isNodeId(type: GraphQLObjectType, field: Field): boolean {
  return field.name === 'id' && type.getInterfaces().some(({ name }) => name === 'Node');
}

/** A relation whose rows our code need not see. */
export function textRelation(
  place: Place,
  below: ReadonlyMap<string, readonly Shape[]>,
  before: string,
): RelationPart | null {
  const shapes = [...below.values()].flat();
  const [shape] = shapes;
  if (shapes.length !== 1 || !shape || shape.parts.some(({ kind }) => kind === 'hole')) return null;
  const name = relationName(place.field);
  if (name === undefined) return null;
  return {
    kind: 'relation',
    before,
    name,
    shape,
    missing: isNonNullType(place.field.type) ? forbiddenNull : 'null',
    query(variables) {
      const wanted = selectFor(place.field, variables.argsOf(place), variables.context)[name];
      if (!isRecord(wanted) || Reflect.get(wanted, shown) !== true) throw new Unfoldable(`the relation ${name}`);
      return wanted;
    },
  };
}
