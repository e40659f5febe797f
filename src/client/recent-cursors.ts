// Remembers the cursors of the last updates, so that one that comes twice is noticed also where no version tells.

export interface RecentCursors {
  has(cursor: string): boolean;
  add(cursor: string): void;
  forget(): void;
}

const cursorsKept = 500;

export function createRecentCursors(): RecentCursors {
  const recent = new Set<string>();
  return {
    has: (cursor) => recent.has(cursor),
    add(cursor) {
      recent.add(cursor);
      const [oldest] = recent;
      if (recent.size > cursorsKept && oldest !== undefined) recent.delete(oldest);
    },
    forget: () => recent.clear(),
  };
}
