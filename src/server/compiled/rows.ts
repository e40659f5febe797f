// Rows as one text: each row's own columns for our code, and for what is shown the finished JSON between the places that our
// code fills. A row is parted by control characters, which no JSON has, other ones for each depth.

import type { RequestContext } from '../../../schema/context.ts';
import { conditionOf, limitOf, orderOf } from './conditions.ts';
import { shown } from './extensions.ts';
import type { Args, Select } from './extensions.ts';
import { rawColumn } from './leaves.ts';
import type { RawColumn } from './leaves.ts';
import { columnOf } from './models.ts';
import type { Model } from './models.ts';
import { isRecord } from './records.ts';
import type { Place } from './run.ts';
import type { Statement } from './statement.ts';
import { Unfoldable } from './unfoldable.ts';

/** What is shown of a row: texts that the database makes, and holes that our code fills. */
export interface Shape {
  readonly model: string;
  readonly parts: readonly (TextPart | RelationPart | Hole)[];
  /** Columns that the holes see; null: all. Without holes none is needed. */
  readonly columns: readonly string[] | null;
}

export interface TextPart {
  readonly kind: 'text';
  readonly before: string;
  /** Null: nothing follows. */
  readonly sql: ((alias: string) => string) | null;
}

/** Rows below that have no holes, and so are text. */
export interface RelationPart {
  readonly kind: 'relation';
  readonly before: string;
  readonly name: string;
  readonly query: (variables: Variables) => Select;
  readonly shape: Shape;
  readonly missing: string;
}

export interface Hole {
  readonly kind: 'hole';
  readonly before: string;
  readonly select: (variables: Variables) => Select;
  /** Of the rows that it shows, by model. */
  readonly shapes: ReadonlyMap<string, readonly Shape[]>;
}

/** What a selection may depend on. */
export interface Variables {
  readonly context: RequestContext;
  argsOf(place: Place): Args;
}

/** On a row: how it is shown. */
export const folded: unique symbol = Symbol('folded');

export interface FoldedRow {
  readonly texts: readonly string[];
  readonly layouts: ReadonlyMap<Shape, readonly Placed[]>;
}

export type Placed = { readonly text: number } | { readonly hole: Hole; readonly rows: readonly PlacedRows[] };

interface PlacedRows {
  readonly name: string;
  readonly place: number;
  readonly isList: boolean;
  readonly read: (text: string) => object[];
}

interface PlacedColumn extends Pick<RawColumn, 'read' | 'empty'> {
  readonly name: string;
  readonly place: number;
}

export interface Query {
  readonly select?: Select | undefined;
  readonly where?: unknown;
  readonly orderBy?: unknown;
  readonly take?: unknown;
}

export interface Rows {
  /** One text of all rows; null of none. */
  readonly sql: string;
  readonly read: (text: string) => object[];
}

const known = ['select', 'where', 'orderBy', 'take'];

export function readQuery(query: unknown): Query {
  if (!isRecord(query)) throw new Unfoldable('a query that is no object');
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && !known.includes(name)) throw new Unfoldable(`a query with ${name}`);
  }
  const { select } = query;
  if (select !== undefined && !isRecord(select)) throw new Unfoldable('a select that is no object');
  return { select, where: query['where'], orderBy: query['orderBy'], take: query['take'] };
}

export interface RowsOptions {
  readonly statement: Statement;
  readonly model: Model;
  readonly query: Query;
  readonly shapes: readonly Shape[];
  readonly variables: Variables;
  readonly depth: number;
  /** How these rows belong to one above. */
  readonly belongs?: (alias: string) => string;
}

export function rowsOf(options: RowsOptions): Rows {
  const { statement, model, query, shapes, variables, depth, belongs } = options;
  const alias = statement.alias();
  const expressions: string[] = [];
  const place = (sql: string): number => expressions.push(sql) - 1;
  const columns = new Map<string, PlacedColumn>();
  const nested: PlacedRows[] = [];

  function takeColumn(name: string): void {
    if (columns.has(name)) return;
    const { sql, read, empty } = rawColumn(columnOf(model, name));
    columns.set(name, { name, place: place(sql(`${alias}."${name}"`)), read, empty });
  }

  function takeSelect(select: Select, shapesOf: ReadonlyMap<string, readonly Shape[]>): PlacedRows[] {
    return Object.entries(select).flatMap(([name, wanted]) => {
      if (wanted === undefined || wanted === false) return [];
      const relation = model.relations.get(name);
      if (!relation) {
        takeColumn(name);
        return [];
      }
      const below = readQuery(wanted === true ? {} : wanted);
      const isShown = isRecord(wanted) && Reflect.get(wanted, shown) === true;
      const rows = rowsOf({
        statement,
        model: statement.model(relation.model),
        // Nothing selected by name: what is shown of them is all that is needed.
        query: isShown ? { ...below, select: below.select ?? {} } : below,
        shapes: isShown ? (shapesOf.get(relation.model) ?? []) : [],
        variables,
        depth: depth + 1,
        belongs: (inner) => `${inner}."${relation.other}" = ${alias}."${relation.own}"`,
      });
      return [{ name, place: place(`(${rows.sql})`), isList: relation.isList, read: rows.read }];
    });
  }

  const none: ReadonlyMap<string, readonly Shape[]> = new Map();
  if (query.select) nested.push(...takeSelect(query.select, none));
  else for (const name of model.columns.keys()) takeColumn(name);
  const layouts = new Map<Shape, readonly Placed[]>();
  for (const shape of shapes) {
    const layout: Placed[] = [];
    let texts: string[] = [];
    const endText = (): void => {
      if (texts.length > 0) layout.push({ text: place(joined(texts)) });
      texts = [];
    };
    if (shape.parts.some(({ kind }) => kind === 'hole')) {
      for (const name of shape.columns ?? model.columns.keys()) takeColumn(name);
    }
    for (const part of shape.parts) {
      texts.push(literal(part.before));
      if (part.kind === 'text') {
        if (part.sql) texts.push(part.sql(alias));
      } else if (part.kind === 'relation') {
        texts.push(relationText(options, alias, part));
      } else {
        endText();
        layout.push({ hole: part, rows: takeSelect(part.select(variables), part.shapes) });
      }
    }
    endText();
    layouts.set(shape, layout);
  }
  // One part alone could be empty, and pass for no row.
  if (expressions.length < 2) place(`'-'`);
  if (expressions.length < 2) place(`'-'`);

  const placedColumns = [...columns.values()];
  const [rowEnd, partEnd] = separators(depth);
  const row = joined(expressions.flatMap((sql, n) => (n === 0 ? [sql] : [separatorSql(partEnd), sql])));
  const condition = conditionOf(statement, model, alias, query.where);
  const from = `FROM "${model.name}" ${alias} WHERE ${belongs ? `${belongs(alias)} AND ` : ''}${condition}`;
  const order = orderOf(model, alias, query.orderBy);
  const limit = limitOf(query.take);
  return {
    sql: `SELECT string_agg(r, ${separatorSql(rowEnd)}) FROM (SELECT ${row} AS r ${from}${order}${limit}) q`,
    read: (text) => (text === '' ? [] : text.split(rowEnd).map(readRow)),
  };

  function readRow(text: string): object {
    const texts = text.split(partEnd);
    const row: Record<string | symbol, unknown> = {};
    for (const column of placedColumns) {
      const value = texts[column.place] ?? '';
      row[column.name] = value === '' ? column.empty() : column.read(value);
    }
    for (const rows of nested) row[rows.name] = nestedRows(rows, texts);
    const here: FoldedRow = { texts, layouts };
    row[folded] = here;
    return row;
  }
}

function nestedRows({ place, isList, read }: PlacedRows, texts: readonly string[]): unknown {
  const rows = read(texts[place] ?? '');
  return isList ? rows : (rows[0] ?? null);
}

/** One row below, or a list of them, as finished JSON. */
function relationText({ statement, model, variables }: RowsOptions, above: string, part: RelationPart): string {
  const relation = model.relations.get(part.name);
  if (!relation) throw new Unfoldable(`there is no relation ${part.name}`);
  const target = statement.model(relation.model);
  const alias = statement.alias();
  const query = readQuery(part.query(variables));
  const texts = part.shape.parts.flatMap((inner) => {
    if (inner.kind === 'hole') throw new Unfoldable('a hole in a text');
    const own =
      inner.kind === 'relation'
        ? [relationText({ statement, model: target, query, shapes: [], variables, depth: 0 }, alias, inner)]
        : inner.sql
          ? [inner.sql(alias)]
          : [];
    return [literal(inner.before), ...own];
  });
  const condition = conditionOf(statement, target, alias, query.where);
  const order = orderOf(target, alias, query.orderBy);
  const rows = `SELECT ${joined(texts)} AS r FROM "${target.name}" ${alias}
    WHERE ${alias}."${relation.other}" = ${above}."${relation.own}" AND ${condition}${order}${limitOf(query.take)}`;
  if (!relation.isList) return `coalesce((${rows}), ${separatorOr(part.missing)})`;
  return `'[' || coalesce((SELECT string_agg(r, ',') FROM (${rows}) q), '') || ']'`;
}

function separatorOr(text: string): string {
  return text.length === 1 ? separatorSql(text) : literal(text);
}

function literal(text: string): string {
  return `'${text.replaceAll(`'`, `''`)}'`;
}

/** A function takes a hundred arguments at most. */
function joined(texts: readonly string[]): string {
  const [only] = texts;
  if (texts.length === 1 && only !== undefined) return `concat(${only})`;
  if (texts.length <= 90) return `concat(${texts.join(', ')})`;
  const halves = [texts.slice(0, 90), texts.slice(90)];
  return `concat(${halves.map(joined).join(', ')})`;
}

const deepest = 13;

function separators(depth: number): readonly [string, string] {
  if (depth > deepest) throw new Unfoldable('rows nested too deep');
  return [String.fromCharCode(1 + 2 * depth), String.fromCharCode(2 + 2 * depth)];
}

function separatorSql(separator: string): string {
  return `E'\\x${separator.charCodeAt(0).toString(16).padStart(2, '0')}'`;
}

/** Undefined: a row that came by itself. */
export function foldedOf(value: Readonly<Record<string | symbol, unknown>>): FoldedRow | undefined {
  const found = value[folded];
  return isFolded(found) ? found : undefined;
}

function isFolded(value: unknown): value is FoldedRow {
  return typeof value === 'object' && value !== null && 'layouts' in value;
}

/** The row as a resolver sees it: with the rows below that the field selects. */
export function seenRow(row: object, below: readonly PlacedRows[], texts: readonly string[]): object {
  if (below.length === 0) return row;
  const seen: Record<string, unknown> = { ...row };
  for (const rows of below) seen[rows.name] = nestedRows(rows, texts);
  return seen;
}
