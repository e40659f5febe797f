// Questions to the platform that a query waits for.

import { askDirectory } from '../../src/domain/customer/ask-directory.ts';
import { ApiError } from './api-error.ts';

/** Fails with UNAVAILABLE, whatever the platform's trouble is. */
export async function askPlatform<T>(ask: () => Promise<T>): Promise<T> {
  const answer = await askDirectory([], ask);
  if ('problem' in answer) throw new ApiError('UNAVAILABLE', 'The platform could not be asked; try again later.');
  return answer.value;
}
