// The database as resolvers are given it where rows are shown below: what they ask of a shown model by Prisma's words becomes
// one statement that brings the rows together with their finished JSON. Everything else is asked of Prisma.

import type { Database } from '../../database/client.ts';
import type { Reader } from './reader.ts';
import { readQuery } from './rows.ts';
import type { Shape, Variables } from './rows.ts';
import { Unfoldable } from './unfoldable.ts';

type Method = (query: unknown) => Promise<unknown>;

export function foldingDatabase(
  { context }: Variables,
  reader: Reader,
  shapes: ReadonlyMap<string, readonly Shape[]>,
): Database {
  function methodsOf(model: string): ReadonlyMap<string | symbol, Method> {
    const methods = new Map<string | symbol, Method>();
    methods.set('count', async (query) => reader.count(model, readQuery(query ?? {})));
    const shown = shapes.get(model);
    if (!shown) return methods;
    const first: Method = async (query) => {
      const [row] = await reader.rows(model, { ...readQuery(query ?? {}), take: 1 }, shown);
      return row ?? null;
    };
    const firstOrThrow: Method = async (query) => {
      const row = await first(query);
      if (row === null) throw new Unfoldable('there is no such row');
      return row;
    };
    return methods
      .set('findMany', async (query) => reader.rows(model, readQuery(query ?? {}), shown))
      .set('findFirst', first)
      .set('findUnique', first)
      .set('findFirstOrThrow', firstOrThrow)
      .set('findUniqueOrThrow', firstOrThrow);
  }

  const delegates = new Map<string | symbol, unknown>();
  return new Proxy(context.domain.database, {
    get(database, name) {
      if (delegates.has(name)) return delegates.get(name);
      const delegate: unknown = Reflect.get(database, name);
      if (typeof name !== 'string' || typeof delegate !== 'object' || delegate === null) return delegate;
      const methods = methodsOf(name.charAt(0).toUpperCase() + name.slice(1));
      const folding: unknown = new Proxy(delegate, {
        get: (own, method): unknown => methods.get(method) ?? Reflect.get(own, method),
      });
      delegates.set(name, folding);
      return folding;
    },
  });
}
