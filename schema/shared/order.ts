// Stable orders for lists and the cursors that go with them. A cursor holds the place itself, not a row: paging goes on
// where it was even when that row is gone, and a page costs the same wherever it is. Pure.

import { z } from 'zod';
import { isUuid } from './global-id.ts';

export type Direction = 'asc' | 'desc';

/** Bounds as Prisma takes them. */
export type Bound<T> = { readonly gt: T } | { readonly gte: T } | { readonly lt: T } | { readonly lte: T };

export interface Order<Row, Where, OrderBy> {
  /** Of the cursor for this row. */
  readonly cursorOf: (row: Row) => string;
  /** The rows strictly beyond the cursor; null: the cursor is none of this order. */
  readonly beyond: (cursor: string, side: 'gt' | 'lt') => Where | null;
  readonly by: (direction: Direction) => OrderBy[];
}

/** How the values of a column are written into a cursor and read back. */
interface Codec<Value> {
  readonly write: (value: Value) => string;
  /** Null: not written by us. */
  readonly read: (text: string) => Value | null;
}

const timestamps: Codec<Date> = {
  write: (value) => value.toISOString(),
  read: (text) => {
    const time = new Date(text);
    // PostgreSQL cannot read every year that JavaScript can write.
    return time.getTime() >= 0 && text.length === 24 && time.toISOString() === text ? time : null;
  },
};
const texts: Codec<string> = { write: (value) => value, read: (text) => (text.includes('\0') ? null : text) };

/** Rows by one column, those with the same value by id. */
function columnOrder<Row extends { readonly id: string }, Value, ColumnWhere, ColumnOrder>(
  name: string,
  codec: Codec<Value>,
  valueOf: (row: Row) => Value,
  where: (bound: Bound<Value>) => ColumnWhere,
  by: (direction: Direction) => ColumnOrder,
) {
  return {
    cursorOf: (row: Row) => writeCursor([name, codec.write(valueOf(row)), row.id]),
    beyond(cursor: string, side: 'gt' | 'lt') {
      const [cursorName, text, id] = readCursor(cursor) ?? [];
      const value = text === undefined ? null : codec.read(text);
      if (cursorName !== name || value === null || id === undefined || !isUuid(id)) return null;
      // The first bound follows from the second; it is what lets an index find the place.
      return side === 'gt'
        ? { AND: [where({ gte: value }), { OR: [where({ gt: value }), { id: { gt: id } }] }] }
        : { AND: [where({ lte: value }), { OR: [where({ lt: value }), { id: { lt: id } }] }] };
    },
    by: (direction: Direction) => [by(direction), { id: direction }],
  };
}

export const byCreation = columnOrder(
  'createdAt',
  timestamps,
  (row: { readonly id: string; readonly createdAt: Date }) => row.createdAt,
  (createdAt) => ({ createdAt }),
  (createdAt) => ({ createdAt }),
);

export const byUpdate = columnOrder(
  'updatedAt',
  timestamps,
  (row: { readonly id: string; readonly updatedAt: Date }) => row.updatedAt,
  (updatedAt) => ({ updatedAt }),
  (updatedAt) => ({ updatedAt }),
);

export const byAcceptance = columnOrder(
  'acceptedAt',
  timestamps,
  (row: { readonly id: string; readonly acceptedAt: Date }) => row.acceptedAt,
  (acceptedAt) => ({ acceptedAt }),
  (acceptedAt) => ({ acceptedAt }),
);

export const byCompanyName = columnOrder(
  'companyName',
  texts,
  (row: { readonly id: string; readonly companyName: string }) => row.companyName,
  (companyName) => ({ companyName }),
  (companyName) => ({ companyName }),
);

const largestPosition = 2 ** 31 - 1;

/** Rows that are numbered within their parent. */
export const byPosition = {
  cursorOf: ({ position }: { readonly position: number }) => writeCursor(['position', String(position), '']),
  beyond(cursor: string, side: 'gt' | 'lt') {
    const [name, text] = readCursor(cursor) ?? [];
    const position = Number(text);
    const isPosition = Number.isInteger(position) && position >= 0 && position <= largestPosition;
    if (name !== 'position' || !isPosition) return null;
    return { position: side === 'gt' ? { gt: position } : { lt: position } };
  },
  by: (position: Direction) => [{ position }],
};

const cursorShape = z.tuple([z.string(), z.string(), z.string()]);

function writeCursor(parts: z.infer<typeof cursorShape>): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

function readCursor(cursor: string): z.infer<typeof cursorShape> | null {
  try {
    return cursorShape.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    return null;
  }
}
