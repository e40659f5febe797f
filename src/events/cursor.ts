// A cursor is a place in one partner's event log, opaque to clients: the position, and a seal under the partner's key, so
// that neither an invented cursor nor another partner's passes. Whether the log still reaches back to it is feed.ts's question.

import { createHmac, timingSafeEqual } from 'node:crypto';

export type CursorErrorCode = 'CURSOR_EXPIRED' | 'CURSOR_INVALID';

/** The message is for the client's developer; the server shows it with the code. */
export class CursorError extends Error {
  readonly code: CursorErrorCode;

  constructor(code: CursorErrorCode, message: string) {
    super(message);
    this.name = 'CursorError';
    this.code = code;
  }
}

export function invalidCursor(): CursorError {
  return new CursorError(
    'CURSOR_INVALID',
    'This is not a cursor of your event log. Send one exactly as it was handed out, or none to begin at the present state.',
  );
}

export function expiredCursor(): CursorError {
  return new CursorError(
    'CURSOR_EXPIRED',
    'The event log no longer reaches back to this cursor. Read the present state again and go on from the cursor that comes with it.',
  );
}

const positionBytes = 8;
const sealBytes = 16;

export function encodeCursor(cursorKey: string, position: bigint): string {
  const place = Buffer.alloc(positionBytes);
  place.writeBigInt64BE(position);
  return Buffer.concat([place, seal(cursorKey, place)]).toString('base64url');
}

/** Throws CursorError CURSOR_INVALID. */
export function decodeCursor(cursorKey: string, cursor: string): bigint {
  const bytes = Buffer.from(cursor, 'base64url');
  // Base64 has several spellings of the same bytes, and Node skips what is no base64 at all: only our own spelling counts.
  if (bytes.length !== positionBytes + sealBytes || bytes.toString('base64url') !== cursor) throw invalidCursor();
  const place = bytes.subarray(0, positionBytes);
  if (!timingSafeEqual(bytes.subarray(positionBytes), seal(cursorKey, place))) throw invalidCursor();
  return place.readBigInt64BE();
}

function seal(cursorKey: string, place: Buffer): Buffer {
  return createHmac('sha256', cursorKey).update('event cursor').update(place).digest().subarray(0, sealBytes);
}
