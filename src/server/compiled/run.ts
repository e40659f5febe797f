// One answer while it is made: the request's context and variables, and what each place in the document is given of them.

import DataLoader from 'dataloader';
import { getArgumentValues } from 'graphql';
import type { FieldNode, GraphQLObjectType, GraphQLResolveInfo } from 'graphql';
import type { RequestContext } from '../../../schema/context.ts';
import type { Args, Field } from './extensions.ts';
import { foldingDatabase } from './folding-database.ts';
import type { Model } from './models.ts';
import { createReader } from './reader.ts';
import type { ReadText } from './reader.ts';
import type { Shape, Variables } from './rows.ts';
import { Unfoldable } from './unfoldable.ts';

/** A field in the document. */
export interface Place {
  readonly number: number;
  readonly field: Field;
  readonly nodes: readonly FieldNode[];
  /** Null: they depend on variables. */
  readonly args: Args | null;
  readonly info: Omit<GraphQLResolveInfo, 'variableValues'>;
  readonly parentType: GraphQLObjectType;
  /** Of the rows that are shown below it and come from a query of its resolver, by model. */
  readonly shapes: ReadonlyMap<string, readonly Shape[]>;
}

export interface Run extends Variables {
  readonly values: Readonly<Record<string, unknown>>;
  infoOf(place: Place): GraphQLResolveInfo;
  contextOf(place: Place): RequestContext;
  /** The row as the shape shows it; those that are asked for together are read together. */
  reload(shape: Shape, id: string): Promise<object>;
}

export interface RunOptions {
  readonly context: RequestContext;
  readonly values: Readonly<Record<string, unknown>>;
  readonly models: ReadonlyMap<string, Model>;
  readonly readText: ReadText;
}

export function createRun({ context, values, models, readText }: RunOptions): Run {
  const args = new Map<Place, Args>();
  const infos = new Map<Place, GraphQLResolveInfo>();
  const contexts = new Map<Place, RequestContext>();
  const reloads = new Map<Shape, DataLoader<string, object>>();
  const run: Run = {
    context,
    values,
    argsOf(place) {
      if (place.args) return place.args;
      const known = args.get(place);
      if (known) return known;
      const [node] = place.nodes;
      const read: Args = node ? getArgumentValues(place.field, node, values) : {};
      args.set(place, read);
      return read;
    },
    infoOf(place) {
      const known = infos.get(place);
      if (known) return known;
      const info = { ...place.info, variableValues: { ...values } };
      infos.set(place, info);
      return info;
    },
    contextOf(place) {
      if (place.shapes.size === 0) return context;
      const known = contexts.get(place);
      if (known) return known;
      // One for all rows: what gathers their questions goes by the context.
      const database = foldingDatabase(run, reader, place.shapes);
      const made = { ...context, domain: { ...context.domain, database }, rowsBringWhatIsShown: true };
      contexts.set(place, made);
      return made;
    },
    reload(shape, id) {
      const loader = reloads.get(shape) ?? createReload(shape);
      reloads.set(shape, loader);
      return loader.load(id);
    },
  };
  const reader = createReader({ variables: run, models, readText });

  function createReload(shape: Shape): DataLoader<string, object> {
    return new DataLoader(async (ids) => {
      const rows = await reader.rows(shape.model, { select: { id: true }, where: { id: { in: [...ids] } } }, [shape]);
      const byId = new Map(rows.map((row) => [Reflect.get(row, 'id'), row]));
      return ids.map((one) => byId.get(one) ?? new Unfoldable('a row that is gone'));
    });
  }

  return run;
}
