// Free-text search as people type it: case does not matter, a part is enough, and no character is special.

/** Null: nothing was typed, so nothing is left out. */
export function searchCondition(search: string | null | undefined) {
  const text = (search ?? '').replaceAll('\0', '').trim();
  if (text === '') return null;
  // Prisma hands the pattern characters of LIKE through.
  return { contains: text.replace(/[\\%_]/g, '\\$&'), mode: 'insensitive' } as const;
}
