// What Pothos leaves on the schema about its fields and types: which column a field shows, what it selects, whose rows a type is.

import { isObjectType } from 'graphql';
import type { GraphQLField, GraphQLFieldResolver, GraphQLNamedType, GraphQLObjectType } from 'graphql';
import type { RequestContext } from '../../../schema/context.ts';
import type { Permission } from '../../domain/viewer.ts';
import { isRecord } from './records.ts';
import { Unfoldable } from './unfoldable.ts';

export type Field = GraphQLField<unknown, unknown>;
export type Resolve = GraphQLFieldResolver<unknown, unknown>;
export type Args = Readonly<Record<string, unknown>>;

/** As in Prisma's `select`; a relation that the selection goes on below is marked. */
export type Select = Readonly<Record<string, unknown>>;

/** The rows of this relation are what the field shows. */
export const shown: unique symbol = Symbol('shown');

/** The model whose rows this type shows; undefined for other types. */
export function modelNameOf(type: GraphQLNamedType): string | undefined {
  const name = type.extensions['pothosPrismaModel'];
  return isObjectType(type) && typeof name === 'string' ? name : undefined;
}

/** The columns that each row of the type is loaded with; undefined: all. */
export function typeSelect(type: GraphQLObjectType): readonly string[] | undefined {
  const select = type.extensions['pothosPrismaSelect'];
  return isRecord(select) ? Object.keys(select) : undefined;
}

export function exposedName(field: Field): string | undefined {
  const name = field.extensions['pothosExposedField'];
  return typeof name === 'string' ? name : undefined;
}

/** As it was written in the schema, without what the plugins put around it; undefined: the property of the same name. */
export function ownResolve(field: Field): Resolve | undefined {
  const resolve = field.extensions['pothosOriginalResolve'];
  return isResolve(resolve) ? resolve : undefined;
}

function isResolve(value: unknown): value is Resolve {
  return typeof value === 'function';
}

/**
 * What answers a field of the root, with the right that it takes; null where only the field as the plugins have made it knows
 * who may ask.
 */
export function rootResolve(
  type: GraphQLObjectType,
  field: Field,
): { permissions: Permission[]; resolve: Resolve } | null {
  const own = ownResolve(field);
  const permissions = [type, field].map(({ extensions }) => neededPermission(extensions['pothosOptions']));
  const known = permissions.filter((permission) => permission !== null);
  if (!own || known.length < permissions.length || hasArgMappers(field)) return null;
  return { permissions: known.filter((permission) => permission !== 'none'), resolve: own };
}

/** Null: it cannot be told beforehand. */
function neededPermission(options: unknown): Permission | 'none' | null {
  const scopes = isRecord(options) ? options['authScopes'] : undefined;
  if (scopes === undefined) return 'none';
  const [only, ...others] = isRecord(scopes) ? Object.entries(scopes) : [];
  if (only?.[1] !== true || others.length > 0) return null;
  return permissionNames.find((name) => name === only[0]) ?? null;
}

const permissionNames: readonly Permission[] = ['read', 'provision', 'manageTemplates'];

function hasArgMappers(field: Field): boolean {
  const mappers = field.extensions['pothosArgMappers'];
  return Array.isArray(mappers) && mappers.length > 0;
}

/** Below the root nobody is asked for rights, and no argument is read in another way than it was written. */
export function refuseGuarded(type: GraphQLObjectType, field: Field): void {
  for (const { extensions } of [type, field]) {
    const options = extensions['pothosOptions'];
    if (isRecord(options) && options['authScopes'] !== undefined) throw new Unfoldable(`rights for ${type.name}`);
  }
  if (hasArgMappers(field)) throw new Unfoldable(`arguments of ${field.name}`);
}

/** For a field that shows a relation as it is. */
export function relationName(field: Field): string | undefined {
  const relation = field.extensions['pothosPrismaRelationField'];
  return isRecord(relation) && typeof relation['name'] === 'string' ? relation['name'] : undefined;
}

/** What the field needs of its row; undefined where that is only known with its arguments. */
export function fixedSelect(field: Field): Select | undefined {
  const select = field.extensions['pothosPrismaSelect'];
  if (typeof select === 'function') return undefined;
  return isRecord(select) ? select : {};
}

export function selectFor(field: Field, args: Args, context: RequestContext): Select {
  const select = field.extensions['pothosPrismaSelect'];
  if (typeof select !== 'function') return fixedSelect(field) ?? {};
  const mark = (query: unknown): unknown => ({ ...(isRecord(query) ? query : {}), [shown]: true });
  const selected: unknown = Reflect.apply(select, undefined, [args, context, mark, () => new Set<string>()]);
  if (isRecord(selected) && isRecord(selected['select'])) return selected['select'];
  throw new Unfoldable(`the selection of ${field.name}`);
}
