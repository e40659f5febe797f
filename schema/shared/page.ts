// One page of a list: what the arguments ask for, as a query, and what the rows come to. Pure.

import { ApiError } from './api-error.ts';
import type { Direction, Order } from './order.ts';

export const pageLimits = { default: 20, most: 100 };

export interface PageArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

export interface Page<Row, Where, OrderBy> {
  /** One row more than was asked for tells whether there are more. */
  readonly take: number;
  /** All of them must hold. */
  readonly where: Where[];
  readonly orderBy: OrderBy[];
  readonly cut: (rows: readonly Row[]) => CutPage<Row>;
}

/** Cursors are written when somebody looks: most clients page by the last one alone. */
export interface CutPage<Row> {
  readonly edges: { readonly cursor: string; readonly node: Row }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

/** Throws BAD_USER_INPUT: a page that is not what was asked for would go unnoticed. */
export function readPage<Row, Where, OrderBy>(
  args: PageArguments,
  order: Order<Row, Where, OrderBy>,
  direction: Direction,
): Page<Row, Where, OrderBy> {
  const first = checkSize('first', args.first);
  const last = checkSize('last', args.last);
  if (first !== null && last !== null)
    throw new ApiError('BAD_USER_INPUT', 'Ask for `first` or for `last`, not for both.');
  const isBackward = last !== null || (first === null && hasValue(args.before) && !hasValue(args.after));
  const size = first ?? last ?? pageLimits.default;
  const onwards = direction === 'asc' ? 'gt' : 'lt';
  const backwards = direction === 'asc' ? 'lt' : 'gt';
  const bounds = [
    hasValue(args.after) ? beyond(order, 'after', args.after, onwards) : null,
    hasValue(args.before) ? beyond(order, 'before', args.before, backwards) : null,
  ];
  return {
    take: size + 1,
    where: bounds.filter((bound) => bound !== null),
    orderBy: order.by(isBackward ? opposite(direction) : direction),
    cut(rows) {
      const kept = rows.slice(0, size);
      if (isBackward) kept.reverse();
      const edges = kept.map((node) => new Edge(order, node));
      const hasMore = rows.length > size;
      return {
        edges,
        pageInfo: {
          hasNextPage: isBackward ? hasValue(args.before) : hasMore,
          hasPreviousPage: isBackward ? hasMore : hasValue(args.after),
          get startCursor() {
            return edges[0]?.cursor ?? null;
          },
          get endCursor() {
            return edges.at(-1)?.cursor ?? null;
          },
        },
      };
    },
  };
}

class Edge<Row> {
  readonly node: Row;
  readonly #order: Pick<Order<Row, unknown, unknown>, 'cursorOf'>;

  constructor(order: Pick<Order<Row, unknown, unknown>, 'cursorOf'>, node: Row) {
    this.#order = order;
    this.node = node;
  }

  get cursor(): string {
    return this.#order.cursorOf(this.node);
  }
}

export function checkSize(name: 'first' | 'last', size: number | null | undefined): number | null {
  if (size === null || size === undefined) return null;
  if (size >= 0 && size <= pageLimits.most) return size;
  throw new ApiError('BAD_USER_INPUT', `\`${name}\` takes 0 to ${pageLimits.most}; ${size} was asked for.`);
}

function beyond<Row, Where, OrderBy>(
  order: Order<Row, Where, OrderBy>,
  name: 'after' | 'before',
  cursor: string,
  side: 'gt' | 'lt',
): Where {
  const bound = order.beyond(cursor, side);
  if (bound !== null) return bound;
  throw new ApiError(
    'BAD_USER_INPUT',
    `\`${name}\` is no cursor of this list in this order; pass one exactly as it was handed out.`,
  );
}

function hasValue(cursor: string | null | undefined): cursor is string {
  return cursor !== null && cursor !== undefined;
}

function opposite(direction: Direction): Direction {
  return direction === 'asc' ? 'desc' : 'asc';
}
