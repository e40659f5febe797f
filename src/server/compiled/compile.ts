// A query, put together once: which columns its rows are shown with, and how everything else of it is resolved and written.
// The schema's own resolvers do the work that only they know; what a column, a relation or an id of a node shows, the
// statement writes.

import { getArgumentValues, getNamedType, isLeafType, isObjectType, Kind } from 'graphql';
import type {
  DocumentNode,
  FieldNode,
  FragmentDefinitionNode,
  GraphQLAbstractType,
  GraphQLObjectType,
  GraphQLSchema,
  OperationDefinitionNode,
  SelectionSetNode,
} from 'graphql';
import { encodeNodeId } from '../../../schema/shared/global-id.ts';
import { fixedSelect, modelNameOf, refuseGuarded, selectFor, typeSelect } from './extensions.ts';
import type { Field } from './extensions.ts';
import { beforeOf, dependsOnVariables, resolving, resolvingRoot } from './field-values.ts';
import { forbiddenNull } from './leaves.ts';
import type { Model } from './models.ts';
import { prune } from './prune.ts';
import { isPromise, isRecord } from './records.ts';
import { foldedOf, seenRow } from './rows.ts';
import type { FoldedRow, Hole, Placed, RelationPart, Shape, TextPart } from './rows.ts';
import type { Place, Run } from './run.ts';
import { selectedFields } from './selection.ts';
import type { Selected, Source } from './selection.ts';
import { columnSql, isNodeId, textRelation } from './shown-as-text.ts';
import { raise, Unfoldable } from './unfoldable.ts';
import { Pieces, writeLeaf, writeObject, writeType } from './write.ts';
import type { FieldWriter, Write, Written } from './write.ts';

export interface Compiled {
  write(run: Run): Written;
}

type Shapes = Map<string, Shape[]>;
type Path = Place['info']['path'];

/** Throws Unfoldable. */
export function compile(
  schema: GraphQLSchema,
  models: ReadonlyMap<string, Model>,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): Compiled {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const source: Source = { schema, fragments };
  const query = schema.getQueryType();
  if (!query) throw new Unfoldable('there are no queries');
  let places = 0;
  let shapesMade = 0;

  function placeOf(
    parentType: GraphQLObjectType,
    { key, name, nodes }: Selected,
    prev: Path | undefined,
    shapes: Shapes,
  ): Place {
    const field: Field | undefined = parentType.getFields()[name];
    const [node] = nodes;
    if (!field || !node) throw new Unfoldable(`${parentType.name}.${name}`);
    return {
      number: places++,
      field,
      nodes,
      args: dependsOnVariables(node) ? null : getArgumentValues(field, node, {}),
      parentType,
      shapes,
      info: {
        fieldName: name,
        fieldNodes: nodes.map((one) => prune(source, getNamedType(field.type), one)),
        returnType: field.type,
        parentType,
        path: { prev, key, typename: parentType.name },
        schema,
        fragments: {},
        rootValue: undefined,
        operation,
      },
    };
  }

  /** @param shapes takes what is shown of rows that the resolver above finds */
  function writeNamed(
    type: GraphQLObjectType | GraphQLAbstractType,
    nodes: readonly FieldNode[],
    path: Path,
    shapes: Shapes,
  ): Write {
    const sets = nodes.flatMap(({ selectionSet }) => (selectionSet ? [selectionSet] : []));
    if (isObjectType(type)) {
      return modelNameOf(type) === undefined
        ? writeObject(fieldsOf(type, sets, path, shapes))
        : writeRow(type, sets, path, shapes);
    }
    const writers = new Map(
      schema.getPossibleTypes(type).map((one) => [one.name, writeNamed(one, nodes, path, shapes)]),
    );
    const { resolveType } = type;
    if (!resolveType) throw new Unfoldable(`nobody tells which ${type.name} something is`);
    const info: Place['info'] = { ...emptyInfo(type.name), path };
    return (value, run) => {
      const name = resolveType(value, run.context, { ...info, variableValues: {} }, type);
      const write = typeof name === 'string' ? writers.get(name) : undefined;
      if (!write) throw new Unfoldable(`a ${type.name} of an unknown type`);
      return write(value, run);
    };
  }

  function emptyInfo(fieldName: string): Omit<Place['info'], 'path'> {
    if (!query) throw new Unfoldable('there are no queries');
    return {
      fieldName,
      fieldNodes: [],
      returnType: query,
      parentType: query,
      schema,
      fragments: {},
      rootValue: undefined,
      operation,
    };
  }

  function writeFieldValue(place: Place, path: Path, shapes: Shapes): Write {
    const type = getNamedType(place.field.type);
    return writeType(
      place.field.type,
      isLeafType(type) ? writeLeaf(type) : writeNamed(type, place.nodes, path, shapes),
    );
  }

  /** Of what is no row: each field by its resolver. */
  function fieldsOf(
    type: GraphQLObjectType,
    sets: readonly SelectionSetNode[],
    path: Path | undefined,
    shapes: Shapes,
  ): FieldWriter[] {
    return selectedFields(source, type, sets).map((selected, n) => {
      const before = beforeOf(selected, n);
      if (selected.name === '__typename') return { before, write: () => JSON.stringify(type.name) };
      const isRoot = type === query;
      const below: Shapes = new Map();
      const place = placeOf(type, selected, path, below);
      if (!isRoot) refuseGuarded(type, place.field);
      const write = writeFieldValue(place, place.info.path, below);
      // The rows may come from a resolver further up: a connection's nodes do.
      for (const [model, found] of below) shapes.set(model, [...(shapes.get(model) ?? []), ...found]);
      return { before, write: isRoot ? resolvingRoot(place, write) : resolving(place, write) };
    });
  }

  function writeRow(type: GraphQLObjectType, sets: readonly SelectionSetNode[], path: Path, shapes: Shapes): Write {
    const model = models.get(modelNameOf(type) ?? '');
    if (!model) throw new Unfoldable(`${type.name} shows no rows`);
    const selected = selectedFields(source, type, sets);
    const parts: (TextPart | RelationPart | Hole)[] = [{ kind: 'text', before: '{', sql: null }];
    const writeHole = new Map<Hole, Write>();
    selected.forEach((one, n) => {
      const before = beforeOf(one, n);
      const field: Field | undefined = type.getFields()[one.name];
      if (one.name === '__typename') {
        parts.push({ kind: 'text', before: `${before}${JSON.stringify(type.name)}`, sql: null });
        return;
      }
      if (!field) throw new Unfoldable(`${type.name}.${one.name}`);
      refuseGuarded(type, field);
      const sql = columnSql(type, model, field);
      if (sql) {
        parts.push({ kind: 'text', before, sql });
        return;
      }
      const below: Shapes = new Map();
      const place = placeOf(type, one, path, below);
      const write = writeFieldValue(place, place.info.path, below);
      const relation = textRelation(place, below, before);
      if (relation) {
        parts.push(relation);
        return;
      }
      const fixed = fixedSelect(field);
      const hole: Hole = {
        kind: 'hole',
        before,
        select: fixed ? () => fixed : (variables) => selectFor(field, variables.argsOf(place), variables.context),
        shapes: below,
      };
      parts.push(hole);
      writeHole.set(hole, resolving(place, write));
    });
    parts.push({ kind: 'text', before: '}', sql: null });
    const shape: Shape = { model: model.name, parts, columns: typeSelect(type) ?? null };
    shapes.set(model.name, [...(shapes.get(model.name) ?? []), shape]);
    shapesMade++;
    const writeFolded = (value: object, row: FoldedRow, layout: readonly Placed[], run: Run): Written => {
      const pieces = new Pieces();
      for (const placed of layout) {
        if ('text' in placed) pieces.add(row.texts[placed.text] ?? '');
        else pieces.add((writeHole.get(placed.hole) ?? raise())(seenRow(value, placed.rows, row.texts), run));
      }
      return pieces.end();
    };
    const write: Write = (value, run) => {
      if (!isRecord(value)) throw new Unfoldable('a row that is no object');
      const row = foldedOf(value);
      const layout = row?.layouts.get(shape);
      return row && layout ? writeFolded(value, row, layout, run) : writeUnfolded()(value, run);
    };
    const writeUnfolded = lazily((): Write => {
      const fields = plainFields(type, model, selected, path);
      if (fields) return writeObject(fields);
      return (value, run) => {
        const id = isRecord(value) ? value['id'] : undefined;
        return typeof id === 'string' ? run.reload(shape, id).then((row) => write(row, run)) : raise();
      };
    });
    return write;
  }

  /** For rows that came by themselves, with nothing folded in: where their own columns tell all that is asked for. */
  function plainFields(
    type: GraphQLObjectType,
    model: Model,
    selected: readonly Selected[],
    path: Path,
  ): FieldWriter[] | null {
    const isTold = selected.every(({ name }) => {
      const field: Field | undefined = type.getFields()[name];
      return (
        !field || Object.keys(fixedSelect(field) ?? { nothing: true }).every((needed) => model.columns.has(needed))
      );
    });
    if (!isTold) return null;
    return selected.map((one, n) => {
      const before = beforeOf(one, n);
      if (one.name === '__typename') return { before, write: () => JSON.stringify(type.name) };
      const below: Shapes = new Map();
      const place = placeOf(type, one, path, below);
      if (isNodeId(type, place.field)) {
        return {
          before,
          write: (value) => {
            const id = isRecord(value) ? value['id'] : undefined;
            return typeof id === 'string' ? JSON.stringify(encodeNodeId(type.name, id)) : raise();
          },
        };
      }
      const needed = Object.keys(fixedSelect(place.field) ?? {});
      const write = resolving(place, writeFieldValue(place, place.info.path, below));
      return {
        before,
        write: (value, run) => {
          if (!isRecord(value) || needed.some((name) => value[name] === undefined))
            throw new Unfoldable('a row without its columns');
          return write(value, run);
        },
      };
    });
  }

  const fields = fieldsOf(query, [operation.selectionSet], undefined, new Map());
  if (shapesMade === 0) throw new Unfoldable('nothing here is read from rows');
  const writeData = writeObject(fields);
  return {
    write(run) {
      const written = writeData(undefined, run);
      return isPromise(written) ? written.then(refuseForbiddenNull) : refuseForbiddenNull(written);
    },
  };
}

function refuseForbiddenNull(text: string): string {
  if (text.includes(forbiddenNull)) throw new Unfoldable('null where none may be');
  return text;
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
