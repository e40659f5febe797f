// What resolvers hand to a connection type: the page that was loaded, or one that is loaded when somebody looks, and a
// count that is taken only when it is asked for.

import type { CutPage, Page } from './page.ts';

type TotalCount = () => Promise<number>;

/** For rows that came with their parent. */
export function connectionOf<Row, Where, OrderBy>(
  page: Page<Row, Where, OrderBy>,
  rows: readonly Row[],
  totalCount: TotalCount,
) {
  return { ...page.cut(rows), totalCount };
}

/** For a list at the root: who asks for totalCount alone pays for no rows. */
export function lazyConnection<Row, Where, OrderBy>(
  page: Page<Row, Where, OrderBy>,
  load: () => Promise<readonly Row[]>,
  totalCount: TotalCount,
) {
  let loading: Promise<CutPage<Row>> | null = null;
  const loaded = (): Promise<CutPage<Row>> => (loading ??= load().then(page.cut));
  return {
    get edges() {
      return loaded().then(({ edges }) => edges);
    },
    get pageInfo() {
      return loaded().then(({ pageInfo }) => pageInfo);
    },
    totalCount,
  };
}

/** Tells the Prisma plugin where in a connection its rows are selected, so that they are folded into the parent's query. */
export function rowsOf(typename: string) {
  return {
    pothosIndirectInclude: {
      getType: () => typename,
      paths: [[{ name: 'nodes' }], [{ name: 'edges' }, { name: 'node' }]],
    },
  };
}

export const totalCountDescription =
  'How many there are in the whole list, regardless of the page. Counted only when you ask for it.';
