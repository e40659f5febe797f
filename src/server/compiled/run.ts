// One answer while it is made: the request's context and variables, and what each place in the document is given of them.

import { getArgumentValues } from 'graphql';
import type { FieldNode, GraphQLObjectType, GraphQLResolveInfo } from 'graphql';
import type { RequestContext } from '../../../schema/context.ts';
import type { Args, Field } from './extensions.ts';
import { foldingDatabase } from './folding-database.ts';
import type { Model } from './models.ts';
import type { Shape, Variables } from './rows.ts';

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

/** Answers the statement's only value. */
export type ReadText = (partnerId: string, text: string, values: readonly (string | null)[]) => Promise<string | null>;

export interface Run extends Variables {
  readonly values: Readonly<Record<string, unknown>>;
  infoOf(place: Place): GraphQLResolveInfo;
  contextOf(place: Place): RequestContext;
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
      const database = foldingDatabase({ run, shapes: place.shapes, models, readText });
      const made = { ...context, domain: { ...context.domain, database } };
      contexts.set(place, made);
      return made;
    },
  };
  return run;
}
