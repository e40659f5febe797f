// Ids for rows that are written in bulk past Prisma, which would otherwise choose them.

import { randomBytes } from 'node:crypto';

/** A UUID of version 7 (RFC 9562) with the index as its counter: rows written at once sort as they were listed. */
export function newId(at: Date, index: number): string {
  const time = hex(at.getTime(), 12);
  const high = hex(0x7000 | (index >>> 14), 4);
  const low = hex(0x8000 | (index & 0x3fff), 4);
  return `${time.slice(0, 8)}-${time.slice(8)}-${high}-${low}-${randomBytes(6).toString('hex')}`;
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
