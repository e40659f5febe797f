// Bad cursors, told to the client by their codes.

import { CursorError } from '../../src/events/cursor.ts';
import { ApiError } from '../shared/api-error.ts';

export async function tellingBadCursors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CursorError) throw new ApiError(error.code, error.message);
    throw error;
  }
}
