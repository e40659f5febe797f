// Cursors are opaque, and only the partner's own pass.

import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { CursorError, decodeCursor, encodeCursor } from '../../src/events/cursor.ts';

const key = randomUUID();

describe('a cursor', () => {
  it.each([0n, 1n, 12_345n, 2n ** 62n])('brings back position %s', (position) => {
    expect(decodeCursor(key, encodeCursor(key, position))).toBe(position);
  });

  it('is refused when any of its characters was changed', () => {
    const cursor = encodeCursor(key, 77n);
    for (let index = 0; index < cursor.length; index++) {
      const other = cursor[index] === 'A' ? 'B' : 'A';
      expect(() => decodeCursor(key, cursor.slice(0, index) + other + cursor.slice(index + 1))).toThrow(CursorError);
    }
  });

  it("is refused under another partner's key", () => {
    expect(() => decodeCursor(randomUUID(), encodeCursor(key, 77n))).toThrow(CursorError);
  });

  it.each([
    '',
    'x',
    '77',
    `${encodeCursor(key, 77n)}=`,
    ` ${encodeCursor(key, 77n)}`,
    'ü'.repeat(32),
    'A'.repeat(100_000),
  ])('is refused as %j', (text) => {
    expect(() => decodeCursor(key, text)).toThrow(expect.objectContaining({ code: 'CURSOR_INVALID' }));
  });
});
