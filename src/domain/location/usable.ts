// A location that could not be created takes neither users nor numbers.

import { problem } from '../problem.ts';
import type { Problem } from '../problem.ts';

export function unusableLocation(name: string, path: readonly string[]): Problem {
  return problem(
    'INVALID_VALUE',
    path,
    `The location ${name} could not be created at the platform: retry the operation that creates it first.`,
  );
}
