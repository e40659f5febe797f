// The database as resolvers are given it where rows are shown below: what they ask of a shown model by Prisma's words becomes
// one statement that brings the rows together with their finished JSON. Everything else is asked of Prisma.

import type { Database } from '../../database/client.ts';
import { viewerOf } from '../../../schema/context.ts';
import { conditionOf } from './conditions.ts';
import type { Model } from './models.ts';
import { readQuery, rowsOf } from './rows.ts';
import type { Query, Shape, Variables } from './rows.ts';
import type { ReadText } from './run.ts';
import { createStatement } from './statement.ts';
import { Unfoldable } from './unfoldable.ts';

export interface FoldingOptions {
  readonly run: Variables;
  readonly shapes: ReadonlyMap<string, readonly Shape[]>;
  readonly models: ReadonlyMap<string, Model>;
  readonly readText: ReadText;
}

type Method = (query: unknown) => Promise<unknown>;

export function foldingDatabase({ run, shapes, models, readText }: FoldingOptions): Database {
  const { context } = run;
  const { database } = context.domain;
  const { partnerId } = viewerOf(context);

  async function read(model: Model, query: Query, shapesOfModel: readonly Shape[]): Promise<object[]> {
    const statement = createStatement(models);
    const rows = rowsOf({ statement, model, query, shapes: shapesOfModel, variables: run, depth: 0 });
    return rows.read((await readText(partnerId, rows.sql, statement.values)) ?? '');
  }

  async function count(model: Model, query: Query): Promise<number> {
    const statement = createStatement(models);
    const alias = statement.alias();
    const condition = conditionOf(statement, model, alias, query.where);
    const text = `SELECT count(*) FROM "${model.name}" ${alias} WHERE ${condition}`;
    return Number(await readText(partnerId, text, statement.values));
  }

  function methodsOf(model: Model): ReadonlyMap<string | symbol, Method> {
    const methods = new Map<string | symbol, Method>([['count', async (query) => count(model, readQuery(query ?? {}))]]);
    const shown = shapes.get(model.name);
    if (!shown) return methods;
    const first: Method = async (query) => {
      const [row] = await read(model, { ...readQuery(query ?? {}), take: 1 }, shown);
      return row ?? null;
    };
    const firstOrThrow: Method = async (query) => {
      const row = await first(query);
      if (row === null) throw new Unfoldable('there is no such row');
      return row;
    };
    return methods
      .set('findMany', async (query) => read(model, readQuery(query ?? {}), shown))
      .set('findFirst', first)
      .set('findUnique', first)
      .set('findFirstOrThrow', firstOrThrow)
      .set('findUniqueOrThrow', firstOrThrow);
  }

  const delegates = new Map<string | symbol, object>();
  return new Proxy(database, {
    get(target, name) {
      const made = delegates.get(name);
      if (made) return made;
      const delegate: unknown = Reflect.get(target, name);
      const model = typeof name === 'string' ? models.get(name.charAt(0).toUpperCase() + name.slice(1)) : undefined;
      if (!model || typeof delegate !== 'object' || delegate === null) return delegate;
      const methods = methodsOf(model);
      const folding = new Proxy(delegate, {
        get: (own, method): unknown => methods.get(method) ?? Reflect.get(own, method),
      });
      delegates.set(name, folding);
      return folding;
    },
  });
}
